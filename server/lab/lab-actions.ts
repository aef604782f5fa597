import { randomInt } from 'node:crypto';
import type { Chapter } from '../course/index.ts';
import { AppError } from '../errors.ts';
import type { LabActions } from '../http/index.ts';
import { chapterActions } from './chapter-actions.ts';
import type { Lab } from './lab.ts';
import type { LabProcesses, LabToolchain, LabWorkspaceFiles } from './ports.ts';
import type { SaveHistory } from './save-history.ts';
import type { Tasks } from './tasks.ts';

export interface LabActionsParts {
  readonly lab: Lab;
  readonly chapters: readonly Chapter[];
  readonly workspace: LabWorkspaceFiles;
  readonly toolchain: LabToolchain;
  readonly processes: LabProcesses;
  readonly history: SaveHistory;
  readonly tasks: Tasks;
}

/** The page's requests, one method a route, carried out on the lab. */
export function createLabActions(parts: LabActionsParts): LabActions {
  const { lab } = parts;
  return {
    ...chapterActions(parts.chapters, lab.course.exercises),
    ...courseActions(parts),
    ...workspaceActions(parts),
    ...runActions(parts),
    getState: async () => lab.state.get(),
  };
}

function courseActions({ lab, history }: LabActionsParts) {
  const { course, work } = lab;
  return {
    listExercises: async () => course.list(),
    getExercise: (slug) => course.view(slug),
    async openExercise(slug) {
      const exercise = course.find(slug);
      await course.started(slug);
      await lab.remember(slug);
      // Without Go nothing runs, but lesson, code and questions are there; while it is looked for, the start opens it.
      if (lab.state.get().go.ok) await work.open(exercise);
      else lab.state.change({ exercise: slug, save: null });
    },
    async startCheck(slug, { seed }) {
      requireGo(lab);
      await work.open(course.find(slug));
      work.saved([], { write: 0, format: 0 }, seed);
    },
    async judge(slug, { seed, files }, signal) {
      requireGo(lab);
      const exercise = course.find(slug);
      const state = await candidateFiles(lab, files);
      const verdict = await work.judge(exercise, state, seed ?? randomInt(2 ** 31), signal);
      if (!files) await lab.judged(slug, verdict);
      return verdict;
    },
    takeHint: (slug) => course.hint(slug),
    openInstrument: (slug, { name }) => course.openInstrument(slug, name),
    predict: (slug, prediction) => course.predict(slug, prediction),
    answerQuestion: (slug, answer) => course.answer(slug, answer),
    async resetExercise(slug) {
      const answer = await course.reset(slug);
      work.saved([`${course.find(slug).file.service}/`], { write: 0, format: 0 });
      return answer;
    },
    getProgress: async () => course.progress(),
    skipExercise: (slug) => course.skip(slug),
    getChapterTest: async (chapter) => course.chapterTest(chapter),
    takeChapterTest: (chapter, answers) => course.takeChapterTest(chapter, answers),
    reviewQuestion: (slug, answer) => course.review(slug, answer),
    getSolution: (slug) => course.solution(slug),
    listSaves: async () => history.list(),
  } satisfies Partial<LabActions>;
}

/** The workspace's state, or the installed one under the files that came with the request. */
async function candidateFiles(lab: Lab, files: Readonly<Record<string, string>> | undefined) {
  if (!files) return lab.workspaceFiles();
  const overlay = Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)] as const);
  return new Map([...(await lab.installedFiles()), ...overlay]);
}

function workspaceActions({ lab, workspace, toolchain, history }: LabActionsParts) {
  return {
    listFiles: () => workspace.listFiles(),
    readFile: (path) => workspace.readFile(path),
    async saveFile(request) {
      const started = performance.now();
      const formatted = await formatGo(request.path, request.text, { lab, toolchain });
      const written = performance.now();
      const { path, version } = await workspace.writeFile({ ...request, text: formatted });
      const millis = { format: Math.round(written - started), write: Math.round(performance.now() - written) };
      lab.state.change({ files: { [path]: version } });
      lab.work.saved([path], millis);
      return { path, version, text: formatted, formatted: formatted !== request.text };
    },
    async restoreSave(id) {
      const state = await candidateFiles(lab, history.texts(id));
      const { changed } = await workspace.reset(state);
      await lab.tellVersions(changed);
      lab.work.saved(changed, { write: 0, format: 0 });
    },
  } satisfies Partial<LabActions>;
}

/** gofmt'd when it parses; text that doesn't is saved as it is, and the build says where it is wrong. */
async function formatGo(
  path: string,
  text: string,
  { lab, toolchain }: Pick<LabActionsParts, 'lab' | 'toolchain'>,
): Promise<string> {
  if (!path.endsWith('.go') || !lab.state.get().go.ok) return text;
  const outcome = await toolchain.format(text);
  return outcome.ok ? outcome.text : text;
}

function runActions({ lab, processes, tasks }: LabActionsParts) {
  return {
    async driveLoad(command) {
      const traffic = lab.work.practice?.traffic;
      if (!traffic) return driveQuietLoad(lab, command.do);
      if (command.do === 'one') return { ok: true, answers: await traffic.one() };
      if (command.do === 'rate') traffic.setRate(command.value);
      else if (command.do === 'burst') traffic.burst(command.requests);
      else if (command.do === 'pause') traffic.pause();
      else traffic.resume();
      lab.work.showLoad();
      return { ok: true };
    },
    driveFleet: (command) => (command.do === 'pause' ? lab.pauseAll() : lab.resumeAll()),
    async readLog(run) {
      const log = processes.log(run);
      if (!log) throw new AppError('not-found', `There is no run ${run}, or its log is gone.`);
      return { run, ...log };
    },
    async startTask(task) {
      requireGo(lab);
      return { task: tasks.start(task) };
    },
    stopTask: async (task) => tasks.stop(task),
  } satisfies Partial<LabActions>;
}

/** Without an open exercise there is only the fleet's quiet traffic, all of it together. */
function driveQuietLoad(lab: Lab, what: string): { ok: true } {
  if (what !== 'pause' && what !== 'resume') {
    throw new AppError('not-found', 'No exercise is open: open one first, then its load can be driven.');
  }
  lab.fleet.setQuiet(what === 'pause');
  return { ok: true };
}

function requireGo(lab: Lab): void {
  const { go } = lab.state.get();
  if (!go.ok) throw new AppError('go-missing', go.message ?? 'Go is missing.');
}
