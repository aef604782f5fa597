import { AppError } from '../errors.ts';
import type { LabToolchain } from './ports.ts';

export interface Tasks {
  /** Starts a service's tests or benchmarks in the workspace; its output comes as `task:written`. */
  start(task: { service: string; run: 'test' | 'bench' }): string;
  stop(task: string): void;
  close(): Promise<void>;
}

const MOST_AT_ONCE = 2;

export function createTasks(parts: {
  toolchain: LabToolchain;
  workspaceDir: string;
  written(task: string, text: string): void;
  ended(task: string, exit: number | null): void;
}): Tasks {
  const running = new Map<string, { abort: AbortController; done: Promise<void> }>();
  let count = 0;

  const follow = async (
    task: string,
    spec: { service: string; run: 'test' | 'bench' },
    signal: AbortSignal,
  ): Promise<void> => {
    const write = (text: string): void => parts.written(task, text);
    try {
      const { exit, why } = await parts.toolchain.startGoTask({
        dir: parts.workspaceDir,
        ...spec,
        onOutput: write,
        signal,
      });
      if (why) write(`\n${why}\n`);
      parts.ended(task, exit);
    } catch (cause) {
      write(`\n${cause instanceof Error ? cause.message : String(cause)}\n`);
      parts.ended(task, null);
    } finally {
      running.delete(task);
    }
  };

  return {
    start(spec) {
      if (running.size >= MOST_AT_ONCE)
        throw new AppError('busy', `${MOST_AT_ONCE} tasks run already: stop one, or wait for it.`);
      count += 1;
      const task = `${spec.service}-${spec.run}-${count}`;
      const abort = new AbortController();
      running.set(task, { abort, done: follow(task, spec, abort.signal) });
      return task;
    },
    stop(task) {
      const found = running.get(task);
      if (!found) throw new AppError('not-found', `The task ${task} isn't running.`);
      found.abort.abort();
    },
    async close() {
      for (const { abort } of running.values()) abort.abort();
      await Promise.all([...running.values()].map(({ done }) => done));
    },
  };
}
