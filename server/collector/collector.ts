import type { Target } from '../../protocol/index.ts';
import { type LoopParts, TargetLoop, type TargetSpec } from './target-loop.ts';

export interface Collector {
  /** Starts scraping; the disposer ends it. A target of the same name is replaced. */
  add(spec: TargetSpec, options?: { focus?: boolean }): () => Promise<void>;
  /** In focus: back-to-back CPU windows, and the rest every 5 s. */
  setFocus(name: string, focus: boolean): void;
  pause(): Promise<void>;
  resume(): void;
  targets(): Target[];
  close(): Promise<void>;
}

export function createCollector(parts: LoopParts): Collector {
  const loops = new Map<string, TargetLoop>();
  const focused = new Set<string>();
  let paused = false;

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
      const loop = new TargetLoop(spec, parts);
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
    targets: () => [...loops.values()].map((loop) => loop.view()),
    async close() {
      await Promise.all([...loops.values()].map((loop) => loop.stop()));
      loops.clear();
    },
  };
}
