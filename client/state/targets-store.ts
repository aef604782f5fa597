import type { NewTarget, Sampling, Target } from '../../protocol/index.ts';
import type { Api } from '../connection/index.ts';
import type { Notices } from './notices.ts';
import { readAgain } from './read-again.ts';
import { createStore, type ReadStore } from './store.ts';
import type { Timers } from './timers.ts';

export type TargetsState = {
  /** What fails comes first. Null until the first answer. */
  targets: readonly Target[] | null;
  sampling: Sampling | null;
  /** Why the last attach was refused, for the form to show beside what was typed. */
  refusal: string | null;
  attaching: boolean;
};

export type TargetsStore = {
  store: ReadStore<TargetsState>;
  /** Reads now and again every few seconds, until stopped: health has no event of its own. */
  watch(): () => void;
  /** True when it is attached; else `refusal` says why not. */
  attach(target: NewTarget): Promise<boolean>;
  remove(name: string): Promise<void>;
  measure(name: string): Promise<void>;
  setSampling(change: Partial<Sampling>): Promise<void>;
};

type TargetsApi = Pick<Api, 'readTargets' | 'attachTarget' | 'removeTarget' | 'measureOverhead' | 'setSampling'>;
const EVERY_MILLIS = 3_000;

/** Failing as a whole, then in some kind, then the rest; else in the lab's order. */
function failingFirst(targets: readonly Target[]): readonly Target[] {
  const rank = ({ health, kindHealth }: Target) => {
    if (health === 'backing-off') return 0;
    return kindHealth.some(({ state }) => state === 'failing') ? 1 : 2;
  };
  return targets.toSorted((a, b) => rank(a) - rank(b));
}

export function createTargetsStore(
  api: TargetsApi,
  notices: Pick<Notices, 'attempt' | 'tell'>,
  timers: Timers,
): TargetsStore {
  const store = createStore<TargetsState>({ targets: null, sampling: null, refusal: null, attaching: false });
  const read = async (isWanted = () => true) => {
    // While the lab is away the banner says so; the last known list stays.
    const answer = await api.readTargets().catch(() => undefined);
    if (answer && isWanted()) store.patch({ ...answer, targets: failingFirst(answer.targets) });
  };
  return {
    store,
    watch: () => readAgain(read, EVERY_MILLIS, timers),
    async attach(target) {
      store.patch({ attaching: true, refusal: null });
      try {
        const { name } = await api.attachTarget(target);
        notices.tell(`${name} is attached: its first profiles come in a moment.`);
        await read();
        return true;
      } catch (error) {
        store.patch({ refusal: error instanceof Error ? error.message : String(error) });
        return false;
      } finally {
        store.patch({ attaching: false });
      }
    },
    async remove(name) {
      await notices.attempt(`Remove ${name}`, () => api.removeTarget(name));
      await read();
    },
    async measure(name) {
      await notices.attempt('Measure the overhead', () => api.measureOverhead(name));
      await read();
    },
    async setSampling(change) {
      const sampling = await notices.attempt('Change the sampling', () => api.setSampling(change));
      if (sampling) store.patch({ sampling });
      await read();
    },
  };
}
