import { randomInt } from 'node:crypto';
import { PROFILE_KINDS } from '../../../protocol/index.ts';
import type { PlaceOptions } from '../../cli.ts';
import { systemClock } from '../../clock.ts';
import { resolveConfig } from '../../config.ts';
import { errorVerdict } from '../../lab/index.ts';
import type { Profile } from '../../profile/index.ts';
import { type CheckListener, judge } from '../check.ts';
import { resetExercise, takeHint } from '../course-commands.ts';
import { describeExercises } from '../list.ts';
import { openCourse } from '../open-course.ts';
import { drawScreen } from './draw-screen.ts';
import { messageOf, type WatchFace } from './face.ts';
import { keepTerminal } from './keep-terminal.ts';
import { profileOfLab, viewProfiles } from './newest-profile.ts';
import { openScreen, type Screen } from './screen.ts';
import type { PaneSize, ScreenState } from './screen-state.ts';
import { turnView } from './turn-view.ts';

const TICK_MILLIS = 1_000;

interface ScreenFaceOptions {
  /** The kinds of profiles that an exercise is about; the first is shown first. */
  kindsOf(slug: string): readonly string[];
  quit(): void;
}

/** Takes the whole terminal until it is closed. */
export function openScreenFace(flags: PlaceOptions, options: ScreenFaceOptions): WatchFace {
  const face = new ScreenFace(flags, options);
  const release = keepTerminal(options.quit);
  return {
    begin: (slug, why) => face.begin(slug, why),
    check: (slug, signal) => face.check(slug, signal),
    show: (what, slug) => face.show(what, slug),
    failed: (cause) => face.failed(cause),
    press: (key) => face.press(key),
    close() {
      face.close();
      release();
    },
  };
}

class ScreenFace implements WatchFace {
  readonly #flags: PlaceOptions;
  readonly #kindsOf: ScreenFaceOptions['kindsOf'];
  readonly #screen: Screen;
  #state = startState('', '');
  #pane: PaneSize = { length: 0, height: 0 };
  /** Kind → windows of the newest check, when it is one in this process. */
  #collected = new Map<string, Profile[]>();
  #looking: Promise<void> | null = null;
  #isOpen = true;
  #stopTicking = (): void => {};

  constructor(flags: PlaceOptions, { kindsOf }: ScreenFaceOptions) {
    this.#flags = flags;
    this.#kindsOf = kindsOf;
    this.#screen = openScreen({
      output: process.stdout,
      clock: systemClock,
      colour: !process.env.NO_COLOR,
      draw: (size) => {
        const { lines, pane } = drawScreen(this.#state, size, systemClock.now());
        this.#pane = pane;
        return lines;
      },
    });
    this.#tick();
  }

  begin(slug: string, why: string): void {
    const { exercise, view, profile, text } = this.#state;
    const start = startState(slug, why);
    if (slug === exercise) {
      this.#change({ ...start, view, profile, text });
      return;
    }
    this.#change({ ...start, view: { ...start.view, kind: this.#kindsOf(slug)[0] ?? 'cpu' } });
  }

  async check(slug: string, signal: AbortSignal): Promise<void> {
    const startedMillis = systemClock.now();
    const collected = new Map<string, Profile[]>();
    this.#collected = collected;
    const run = (phase: string, endedMillis: number | null = null): ScreenState['run'] => {
      return { phase, startedMillis, endedMillis };
    };
    const listener: CheckListener = {
      reported: ({ phase, gates }) => signal.aborted || this.#change({ run: run(phase), gates }),
      profiled: (kind, profile) => signal.aborted || collected.set(kind, [...(collected.get(kind) ?? []), profile]),
    };
    this.#change({ run: run('getting ready') });
    try {
      const verdict = await judge(slug, this.#flags, { seed: randomInt(2 ** 31), signal, listener });
      if (signal.aborted) return;
      this.#change({ verdict, gates: verdict.gates, run: run('judged', systemClock.now()) });
      await this.#lookAgain();
    } catch (cause) {
      if (signal.aborted) return;
      this.#change({ run: run('no verdict', systemClock.now()) });
      this.failed(cause);
    }
  }

  async show(what: 'hint' | 'list' | 'reset', slug: string): Promise<void> {
    const texts = {
      hint: () => takeHint(slug, this.#flags),
      list: async () => describeExercises((await openCourse(resolveConfig(this.#flags))).list()).trimStart(),
      reset: () => resetExercise(slug, this.#flags),
    };
    const titles = { hint: `hints for ${slug}`, list: 'exercises', reset: `reset of ${slug}` };
    try {
      const body = await texts[what]();
      this.#change({ text: { title: titles[what], body }, view: { ...this.#state.view, shows: 'text', scroll: 0 } });
    } catch (cause) {
      this.failed(cause);
    }
  }

  failed(cause: unknown): void {
    this.#change({ problem: messageOf(cause) });
  }

  press(key: string): void {
    const before = this.#state.view;
    const kinds = [...new Set([...this.#kindsOf(this.#state.exercise), ...PROFILE_KINDS])];
    const view = turnView(before, key, { kinds, pane: this.#pane });
    this.#change(view.kind === before.kind ? { view } : { view, profile: null });
    if (view.kind !== before.kind) void this.#lookAgain();
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#stopTicking();
    this.#screen.close();
  }

  #change(fields: Partial<ScreenState>): void {
    this.#state = { ...this.#state, ...fields };
    if (this.#isOpen) this.#screen.changed();
  }

  /** Seconds go on, and newer profiles come, while a check runs. */
  #tick(): void {
    this.#stopTicking = systemClock.after(TICK_MILLIS, () => this.#tick());
    if (this.#state.run.endedMillis !== null || this.#state.exercise === '') return;
    this.#change({});
    void this.#look();
  }

  async #lookAgain(): Promise<void> {
    await this.#looking;
    await this.#look();
  }

  #look(): Promise<void> {
    this.#looking ??= this.#findProfile()
      .catch((cause) => this.failed(cause))
      .finally(() => {
        this.#looking = null;
      });
    return this.#looking;
  }

  /** Shows the newest profile of the kind that is wanted; without a newer one, the one that is shown stays. */
  async #findProfile(): Promise<void> {
    const { exercise: slug, view, run } = this.#state;
    const { kind } = view;
    const own = this.#collected.get(kind);
    const profile = own
      ? viewProfiles(kind, own)
      : await profileOfLab(this.#flags, { slug, kind, sinceMillis: run.startedMillis }).catch(() => null);
    if (profile && this.#state.exercise === slug && this.#state.view.kind === kind) this.#change({ profile });
  }
}

function startState(exercise: string, phase: string): ScreenState {
  return {
    exercise,
    run: { phase, startedMillis: systemClock.now(), endedMillis: null },
    gates: errorVerdict(exercise, 0, 0, '').gates,
    verdict: null,
    problem: '',
    view: { shows: 'flame', kind: 'cpu', scroll: 0 },
    profile: null,
    text: { title: '', body: '' },
  };
}
