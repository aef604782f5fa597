import { randomInt } from 'node:crypto';
import type { CheckView, SaveView, Verdict } from '../../protocol/index.ts';
import type { Exercise } from '../course/index.ts';
import { loadOverlay } from '../course/index.ts';
import { AppError } from '../errors.ts';
import { type CheckParts, checkCandidate } from './check-candidate.ts';
import { errorVerdict } from './error-verdict.ts';
import type { FleetKeeper } from './fleet-keeper.ts';
import type { LabStateHolder } from './lab-state.ts';
import type { Files, LabWorkspace } from './ports.ts';
import { Practice, type PracticeParts } from './practice.ts';
import type { SaveHistory } from './save-history.ts';
import { followSave, type SavePathParts, type SaveRequestOnPath } from './save-path.ts';

export interface WorkParts {
  readonly state: LabStateHolder;
  readonly practice: PracticeParts;
  readonly savePath: Omit<SavePathParts, 'publish'>;
  readonly check: CheckParts;
  readonly history: SaveHistory;
  readonly workspace: LabWorkspace;
  readonly fleet: FleetKeeper;
  learnerTexts(): Promise<Record<string, string>>;
  judged(slug: string, verdict: Verdict): Promise<void>;
  log(message: string): void;
}

/** Windows of the picture before the verdict's own runs take the machine: the first short one and a whole one. */
const PICTURE_WINDOWS = 2;

/**
 * The exercise that is worked on: opens it, follows each save to its picture and its verdict. A newer save ends what an
 * older one was doing. Checks run one at a time, with all other traffic paused.
 */
export class Work {
  readonly #parts: WorkParts;
  #practice: Practice | null = null;
  #abort = new AbortController();
  #checks: Promise<unknown> = Promise.resolve();
  #changing: Promise<unknown> = Promise.resolve();
  #ended: { save: string; fields: Pick<SaveView, 'twin' | 'error'> } | null = null;

  constructor(parts: WorkParts) {
    this.#parts = parts;
  }

  get practice(): Practice | null {
    return this.#practice;
  }

  /** Takes an exercise into focus; null ends the one that is open. Calls are carried out one after another. */
  open(exercise: Exercise | null): Promise<void> {
    const next = this.#changing.then(() => this.#open(exercise));
    this.#changing = next.catch(() => {});
    return next;
  }

  async #open(exercise: Exercise | null): Promise<void> {
    if (exercise && this.#practice?.exercise.slug === exercise.slug) return;
    const { state, history, practice: practiceParts } = this.#parts;
    this.#abort.abort();
    this.#ended = null;
    const previous = this.#practice;
    this.#practice = null;
    await previous?.close();
    const save = exercise ? (history.list(exercise.slug)[0] ?? null) : null;
    state.change({ exercise: exercise?.slug ?? null, save: save && { ...save, twin: null } });
    if (!exercise) return;
    const practice = new Practice(exercise, await loadOverlay(exercise, 'start'), practiceParts);
    this.#practice = practice;
    await practice.open();
    this.showLoad();
    if (!this.#abort.signal.aborted) return; // a save came meanwhile
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#resume(practice, save, signal).catch((cause) => {
      if (!signal.aborted) this.#report('resumed', cause);
    });
  }

  /** What the learner has changed runs beside the baseline again, as before the exercise was closed; nobody judges it anew. */
  async #resume(practice: Practice, last: SaveView | null, signal: AbortSignal): Promise<void> {
    const { savePath, workspace, history, state } = this.#parts;
    const files = await workspace.readAll();
    const built = await savePath.toolchain.build({ service: practice.exercise.file.service, files, signal });
    if (signal.aborted || (built.ok && built.build.id === practice.baseline?.build.id)) return;
    const asLast = last !== null && isEqual(history.texts(last.id), await this.#parts.learnerTexts());
    const kept = asLast ? { atMillis: last.atMillis, files: last.files, check: last.check } : {};
    const publish = (view: SaveView): void => {
      if (!signal.aborted) state.change({ save: this.#asItIs({ ...view, ...kept }) });
    };
    const id = last?.id ?? history.nextId();
    const request = { id, practice, files: Promise.resolve(files), names: [], millis: { write: 0, format: 0 }, signal };
    await followSave(request, { ...savePath, publish }).finally(() => practice.calm());
  }

  #report(what: string, cause: unknown): void {
    this.#parts.log(`The save could not be ${what}: ${cause instanceof Error ? cause.stack : String(cause)}`);
  }

  /** Something that ran may have ended: if it is the candidate, the page is told why, and which one runs in its place. */
  async noticeRuns(): Promise<void> {
    const practice = this.#practice;
    const ended = await practice?.replaceEnded();
    if (!ended || practice !== this.#practice) return;
    const { state } = this.#parts;
    const { save } = state.get();
    if (!save?.twin || save.exercise !== practice?.exercise.slug) return;
    this.#ended = { save: save.id, fields: { twin: ended.twin, error: `It ran, and then ended: ${ended.reason}` } };
    state.change({ save: this.#asItIs(save) });
  }

  /** A save whose candidate ended stays so, whatever its path and its check still say. */
  #asItIs(view: SaveView): SaveView {
    return this.#ended?.save === view.id ? { ...view, ...this.#ended.fields } : view;
  }

  showLoad(): void {
    const traffic = this.#practice?.traffic;
    this.#parts.state.change({ load: { rate: traffic?.rate ?? 0, paused: traffic?.paused ?? false } });
  }

  /** Files were written; returns at once, the rest is published. `seed` repeats an earlier check. */
  saved(names: readonly string[], millis: { write: number; format: number }, seed = randomInt(2 ** 31)): void {
    const practice = this.#practice;
    if (!practice || !isOfService(names, practice.exercise.file.service)) return;
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#follow(practice, { names, millis, seed, signal }).catch((cause) => {
      if (!signal.aborted) this.#report('followed', cause);
    });
  }

  /** Judges a source state by itself, beside what the page shows, after the checks that are under way. */
  judge(exercise: Exercise, files: Files, seed: number, signal: AbortSignal): Promise<Verdict> {
    const { state, check } = this.#parts;
    const report = (progress: Pick<CheckView, 'phase' | 'gates'>): void =>
      state.change({ judging: { exercise: exercise.slug, seed, ...progress } });
    return this.#exclusively(() =>
      checkCandidate({ exercise, files, seed, signal, report }, check).finally(() => state.change({ judging: null })),
    );
  }

  async close(): Promise<void> {
    this.#abort.abort();
    await this.#changing;
    await this.#practice?.close();
    this.#practice = null;
    await this.#checks.catch(() => {});
  }

  async #follow(
    practice: Practice,
    save: { names: readonly string[]; millis: { write: number; format: number }; seed: number; signal: AbortSignal },
  ): Promise<void> {
    const { history, workspace, state } = this.#parts;
    const id = history.nextId();
    const publish = (view: SaveView): void => {
      if (!save.signal.aborted) state.change({ save: this.#asItIs(view) });
    };
    const files = workspace.readAll();
    const texts = this.#parts.learnerTexts();
    const view = await this.#followToPicture({ id, practice, files, ...save }, publish, texts);
    if (!view.twin) return;
    const check = await this.#check(practice, view, await files, save, publish);
    await history.put({ ...view, check }, await texts);
  }

  /** The save is in the history as soon as its first frames are there, whatever becomes of it then. */
  async #followToPicture(
    request: SaveRequestOnPath,
    publish: (view: SaveView) => void,
    texts: Promise<Record<string, string>>,
  ): Promise<SaveView> {
    const { history, savePath } = this.#parts;
    try {
      const view = await followSave(request, { ...savePath, publish });
      await history.put(view, await texts);
      if (view.twin) await savePath.waitForWindow(view.twin.candidate.instance, PICTURE_WINDOWS, request.signal);
      return view;
    } finally {
      request.practice.calm();
    }
  }

  async #check(
    practice: Practice,
    view: SaveView,
    files: Files,
    { seed, signal }: { seed: number; signal: AbortSignal },
    publish: (view: SaveView) => void,
  ): Promise<CheckView> {
    const { exercise } = practice;
    const baseline = view.twin?.baseline.instance ?? '';
    const candidate = view.twin?.candidate.instance ?? '';
    const instances = { baseline, candidate, reference: `${exercise.slug}-reference` };
    const open = errorVerdict(exercise.slug, seed, 0, '').gates;
    const report = ({ phase, gates }: { phase: string; gates: CheckView['gates'] }): void =>
      publish({ ...view, check: { running: true, phase, seed, gates, verdict: null } });
    report({ phase: 'waiting for another check', gates: open });
    const judge = () => checkCandidate({ exercise, files, seed, signal, instances, report }, this.#parts.check);
    const verdict = await this.#exclusively(judge).catch((cause) => {
      signal.throwIfAborted();
      return errorVerdict(exercise.slug, seed, 0, cause instanceof Error ? cause.message : String(cause));
    });
    const check: CheckView = { running: false, phase: 'done', seed, gates: verdict.gates, verdict };
    publish({ ...view, check });
    await this.#parts.judged(exercise.slug, verdict);
    return check;
  }

  #exclusively<T>(task: () => Promise<T>): Promise<T> {
    const run = this.#checks.then(async () => {
      const quiet = this.#parts.fleet.hush();
      try {
        return await task();
      } finally {
        quiet();
      }
    });
    this.#checks = run.catch(() => {});
    return run;
  }
}

/** No names = the whole state, as for a check by hand. */
function isOfService(names: readonly string[], service: string): boolean {
  return (
    names.length === 0 ||
    names.some((name) => name.startsWith(`${service}/`) || name.startsWith('internal/') || name === 'go.mod')
  );
}

function isEqual(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

export function requireExercise(exercises: readonly Exercise[], slug: string): Exercise {
  const exercise = exercises.find((candidate) => candidate.slug === slug);
  if (exercise) return exercise;
  const known = exercises.map((candidate) => candidate.slug).join(', ');
  throw new AppError('not-found', `There is no exercise ${slug}; there are ${known}.`);
}
