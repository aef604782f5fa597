import type { z } from 'zod';
import type {
  ChapterAnswers,
  ChapterOutcome,
  ChapterSummary,
  ChapterTest,
  ChapterView,
  CourseProgress,
  ExerciseSummary,
  ExerciseView,
  HoverAnswer,
  HoverRequest,
  LabState,
  NewTarget,
  OverheadRequest,
  ProblemsAnswer,
  ProblemsRequest,
  Recorder,
  RecorderRequest,
  ReviewOutcome,
  routeAnswers,
  routeBodies,
  Sampling,
  SaveAnswer,
  SaveRequest,
  SaveView,
  SolutionView,
  Target,
  Trace,
  TracedGraph,
  TraceGraph,
  TraceList,
  TraceViewer,
  Verdict,
  WorkspaceFile,
  WorkspaceText,
} from '../../protocol/index.ts';

type Body<N extends keyof typeof routeBodies> = z.infer<(typeof routeBodies)[N]>;
type Answer<N extends keyof typeof routeAnswers> = z.infer<(typeof routeAnswers)[N]>;

/**
 * What the page can ask of the lab, one method per route of protocol/routes.ts; main.ts supplies it. A refusal is an AppError
 * (`not-found` for an unknown chapter, exercise, save, run or task; `bad-path`, `version-conflict`, `busy`, `go-missing`). Methods that
 * start something return when it has started; its course is told by the socket.
 */
export interface LabActions {
  getState(): Promise<LabState>;

  listChapters(): Promise<readonly ChapterSummary[]>;
  getChapter(id: string): Promise<ChapterView>;

  listExercises(): Promise<readonly ExerciseSummary[]>;
  getExercise(slug: string): Promise<ExerciseView>;
  /** Takes the exercise into focus. */
  openExercise(slug: string): Promise<void>;
  startCheck(slug: string, options: Body<'POST /api/exercises/:slug/check'>): Promise<void>;
  /** Judges and resolves with the verdict: for commands, which wait for it. Rejects when the signal aborts. */
  judge(slug: string, request: Body<'POST /api/exercises/:slug/verdict'>, signal: AbortSignal): Promise<Verdict>;
  takeHint(slug: string): Promise<ExerciseView>;
  openInstrument(slug: string, instrument: Body<'POST /api/exercises/:slug/instrument'>): Promise<ExerciseView>;
  predict(slug: string, prediction: Body<'POST /api/exercises/:slug/predict'>): Promise<ExerciseView>;
  answerQuestion(slug: string, answer: Body<'POST /api/exercises/:slug/answer'>): Promise<ExerciseView>;
  resetExercise(slug: string): Promise<Answer<'POST /api/exercises/:slug/reset'>>;
  getSolution(slug: string): Promise<SolutionView>;
  getProgress(): Promise<CourseProgress>;
  /** Rejects `bad-request` for a question that isn't due. */
  reviewQuestion(slug: string, answer: Body<'POST /api/exercises/:slug/review'>): Promise<ReviewOutcome>;
  skipExercise(slug: string): Promise<ExerciseView>;
  getChapterTest(chapter: string): Promise<ChapterTest>;
  takeChapterTest(chapter: string, answers: ChapterAnswers): Promise<ChapterOutcome>;

  listFiles(): Promise<readonly WorkspaceFile[]>;
  readFile(path: string): Promise<WorkspaceText>;
  /** Rejects `version-conflict` with a SaveConflict as detail. */
  saveFile(request: SaveRequest): Promise<SaveAnswer>;
  listSaves(): Promise<readonly SaveView[]>;
  restoreSave(id: string): Promise<void>;

  driveLoad(command: Body<'POST /api/load'>): Promise<Answer<'POST /api/load'>>;
  driveFleet(command: Body<'POST /api/fleet'>): Promise<void>;
  readLog(run: string): Promise<Answer<'GET /api/logs'>>;
  startTask(task: Body<'POST /api/tasks'>): Promise<Answer<'POST /api/tasks'>>;
  stopTask(task: string): Promise<void>;
}

/** The endpoints that are scraped; main.ts supplies it from the collector. */
export interface TargetActions {
  listTargets(): Promise<{ readonly targets: Target[]; readonly sampling: Sampling }>;
  /** Rejects `bad-request` for an address that must not or can't be scraped. */
  addTarget(target: NewTarget): Promise<Target>;
  /** Rejects `not-found`, or `forbidden` for one that nobody attached. */
  removeTarget(name: string): Promise<void>;
  /** Begins a measurement; rejects `busy` while one is under way. */
  measureOverhead(name: string, request: OverheadRequest): Promise<void>;
  setSampling(change: Body<'POST /api/sampling'>): Promise<Sampling>;
}

/** What a Go language server knows of a text; main.ts supplies it. Rejects `bad-path` for what is no Go file of the workspace. */
export interface CodeActions {
  hover(request: HoverRequest): Promise<HoverAnswer>;
  problems(request: ProblemsRequest): Promise<ProblemsAnswer>;
}

/** Execution traces of targets; main.ts supplies it. Rejects `not-found` for a trace or target that is gone. */
export interface TraceActions {
  listTraces(): Promise<TraceList>;
  /** Resolves when the trace is there. Rejects `busy` while another is being taken, `no-data`, `malformed-trace`, `over-limit`. */
  recordTrace(wanted: {
    readonly service: string | null;
    readonly instance: string | null;
    readonly kind: 'trace' | 'flight';
    readonly seconds: number;
  }): Promise<Trace>;
  driveRecorder(request: RecorderRequest): Promise<Recorder>;
  /** `name` is plain ASCII. */
  downloadTrace(id: string): Promise<{ readonly file: string; readonly name: string }>;
  /** Rejects `go-missing`, `malformed-trace`, `over-limit`. */
  drawTrace(id: string, graph: TraceGraph): Promise<TracedGraph>;
  /** Starts Go's own viewer. */
  viewTrace(id: string): Promise<TraceViewer>;
  removeTrace(id: string): Promise<void>;
}
