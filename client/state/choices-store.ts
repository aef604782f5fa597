import type { Api } from '../connection/index.ts';
import { type Failure, failureFrom } from './failure.ts';
import { createStore, type ReadStore } from './store.ts';

export interface ChoicesState {
  /** null: not read yet. */
  readonly kinds: readonly string[] | null;
  readonly labels: readonly string[];
}

/** What can be asked for: kinds, labels and their values, as stored now. */
export interface ChoicesStore {
  readonly store: ReadStore<ChoicesState>;
  load(): Promise<void>;
  /** Values of a label within a selector; without it when the selector doesn't parse. */
  valuesOf(label: string, match: string): Promise<readonly string[]>;
  /** What the lab has against a selector; null: nothing. */
  checkSelector(match: string): Promise<Failure | null>;
}

type ChoicesApi = Pick<Api, 'readKinds' | 'readLabels' | 'readLabelValues'>;

export function createChoicesStore(api: ChoicesApi): ChoicesStore {
  const store = createStore<ChoicesState>({ kinds: null, labels: [] });
  return {
    store,
    async load() {
      // While the lab is away the banner says so; what was known stays.
      const [kinds, labels] = await Promise.all([
        api.readKinds().catch(() => undefined),
        api.readLabels().catch(() => undefined),
      ]);
      store.patch({ ...(kinds ?? {}), ...(labels ?? {}) });
    },
    async valuesOf(label, match) {
      const within = await api.readLabelValues(label, match).catch(() => undefined);
      const found = within ?? (await api.readLabelValues(label, '').catch(() => undefined));
      return found?.values ?? [];
    },
    async checkSelector(match) {
      try {
        await api.readLabelValues('service', match);
        return null;
      } catch (error) {
        const failure = failureFrom(error);
        return failure.code === 'bad-selector' ? failure : null;
      }
    },
  };
}
