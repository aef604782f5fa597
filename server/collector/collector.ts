import { DEFAULT_SAMPLING, type Sampling, type Target } from '../../protocol/index.ts';
import { chooseInstances } from './choose-instances.ts';
import { sleep } from './sleep.ts';
import { type LoopParts, TargetLoop, type TargetSpec } from './target-loop.ts';

export interface Collector {
  /** Starts scraping; the disposer ends it. A target of the same name is replaced. */
  add(spec: TargetSpec, options?: { focus?: boolean }): () => Promise<void>;
  /** In focus: back-to-back CPU windows, and the rest every 5 s. */
  setFocus(name: string, focus: boolean): void;
  pause(): Promise<void>;
  resume(): void;
  targets(): Target[];
  find(name: string): TargetLoop | null;
  sampling(): Sampling;
  /** Every target outside of focus begins again with it. */
  setSampling(sampling: Sampling): void;
  close(): Promise<void>;
}

export function createCollector(parts: LoopParts): Collector {
  const loops = new Map<string, TargetLoop>();
  const focused = new Set<string>();
  let paused = false;
  let sampling = DEFAULT_SAMPLING;

  const periodMillis = (): number => sampling.periodSeconds * 1_000;
  const chosenNow = (): Set<string> => {
    const shared = [...loops.values()].filter(({ spec, focus }) => !focus && !spec.always).map(({ spec }) => spec.name);
    return chooseInstances(shared, sampling.instances, Math.floor(parts.clock.now() / periodMillis()));
  };
  const isChosen = (spec: TargetSpec, chosen = chosenNow()): boolean => spec.always === true || chosen.has(spec.name);
  const waitForTurn = async (spec: TargetSpec, signal: AbortSignal): Promise<number | null> => {
    if (sampling.instances === 1) return null;
    // Targets that are added one after another are chosen among together.
    await Promise.resolve();
    if (isChosen(spec)) return null;
    while (!signal.aborted && !isChosen(spec)) {
      await sleep(parts.clock, periodMillis() - (parts.clock.now() % periodMillis()), signal);
    }
    return Math.floor(parts.clock.now() / periodMillis());
  };
  const remove = async (name: string, loop: TargetLoop): Promise<void> => {
    if (loops.get(name) === loop) {
      loops.delete(name);
      focused.delete(name);
    }
    await loop.stop();
    parts.events.healthChanged();
  };

  return {
    add(spec, { focus = false } = {}) {
      const previous = loops.get(spec.name);
      if (previous) void previous.stop();
      const loop = new TargetLoop(spec, {
        ...parts,
        turns: { wait: (signal) => waitForTurn(spec, signal) },
        time: () => sampling.time,
      });
      loops.set(spec.name, loop);
      if (focus) focused.add(spec.name);
      if (!paused) loop.start(focus);
      parts.events.healthChanged();
      return () => remove(spec.name, loop);
    },
    setFocus(name, focus) {
      const loop = loops.get(name);
      if (!loop || focused.has(name) === focus) return;
      if (focus) focused.add(name);
      else focused.delete(name);
      if (!paused) loop.start(focus);
    },
    async pause() {
      paused = true;
      await Promise.all([...loops.values()].map((loop) => loop.stop()));
      parts.events.healthChanged();
    },
    resume() {
      paused = false;
      for (const [name, loop] of loops) loop.start(focused.has(name));
      parts.events.healthChanged();
    },
    targets() {
      const chosen = chosenNow();
      return [...loops.values()].map((loop) => loop.view(isChosen(loop.spec, chosen)));
    },
    find: (name) => loops.get(name) ?? null,
    sampling: () => sampling,
    setSampling(next) {
      sampling = next;
      if (!paused) for (const loop of loops.values()) if (!loop.focus) loop.restart();
      parts.events.healthChanged();
    },
    async close() {
      await Promise.all([...loops.values()].map((loop) => loop.stop()));
      loops.clear();
    },
  };
}
