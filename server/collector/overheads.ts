import type { Overhead, OverheadRequest } from '../../protocol/index.ts';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Collector } from './collector.ts';
import { computeOverhead, type PeriodPair } from './compute-overhead.ts';
import { measureOverhead } from './measure-overhead.ts';
import { scrapeCounters } from './scrape.ts';
import type { TargetLoop } from './target-loop.ts';

/** Measurements of what collecting costs, one at a time, since a second one would disturb the first. */
export interface Overheads {
  /** Begins; its course is in `find`. Throws `busy`, `not-found`, or `bad-request` for a target that can't be measured. */
  start(name: string, request: OverheadRequest): void;
  find(name: string): Overhead | null;
  close(): Promise<void>;
}

export interface OverheadsParts {
  readonly collector: Pick<Collector, 'find'>;
  readonly clock: Clock;
  /** Keeps enough traffic on a service meanwhile; the function ends that. */
  keepBusy(service: string): () => void;
}

const COUNTERS = { timeoutMillis: 5_000, maxBytes: 100_000 };

export function createOverheads({ collector, clock, keepBusy }: OverheadsParts): Overheads {
  const views = new Map<string, Overhead>();
  let running: { readonly name: string; readonly abort: AbortController; readonly done: Promise<void> } | null = null;

  const run = async (loop: TargetLoop, { pairs, periodSeconds }: OverheadRequest, signal: AbortSignal) => {
    const { name } = loop.spec;
    const quiet = keepBusy(loop.spec.labels.service ?? '');
    const taken: PeriodPair[] = [];
    const show = (state: Overhead['state'], error: string | null = null): void => {
      const periodMillis = periodSeconds * 1_000;
      const view = { state, error, pairsDone: taken.length, pairsWanted: pairs, periodMillis, atMillis: clock.now() };
      views.set(name, { ...view, ...computeOverhead(taken) });
    };
    show('running');
    try {
      const address = await loop.address.get();
      const parts = {
        clock,
        signal,
        holdBack: () => loop.holdBack(),
        goOn: () => loop.goOn(),
        readCounters: () => scrapeCounters(address, { ...COUNTERS, signal }),
      };
      for await (const pair of measureOverhead(parts, { pairs, periodMillis: periodSeconds * 1_000 })) {
        taken.push(pair);
        show('running');
      }
      if (signal.aborted) show('failed', 'It was stopped.');
      else show('done');
    } catch (cause) {
      show('failed', cause instanceof Error ? cause.message : String(cause));
    } finally {
      quiet();
    }
  };

  return {
    start(name, request) {
      const loop = collector.find(name);
      if (!loop) throw new AppError('not-found', `There is no target ${name}.`);
      if (!loop.spec.ownWindows)
        throw new AppError(
          'bad-request',
          `The CPU time of ${name} isn't known here: overhead is measured on the lab's own services.`,
        );
      if (running) throw new AppError('busy', `The overhead of ${running.name} is being measured: one at a time.`);
      const abort = new AbortController();
      const done = run(loop, request, abort.signal).finally(() => {
        running = null;
      });
      running = { name, abort, done };
    },
    find: (name) => views.get(name) ?? null,
    async close() {
      running?.abort.abort();
      await running?.done;
    },
  };
}
