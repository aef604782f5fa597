import type { ChapterSummary, ChapterView } from '../../protocol/index.ts';
import type { Api } from '../connection/index.ts';
import { type Failure, failureFrom } from './failure.ts';
import type { Notices } from './notices.ts';
import { createStore, type ReadStore } from './store.ts';

export type ChaptersState = {
  /** Those that have slides; null until the first answer. */
  chapters: readonly ChapterSummary[] | null;
  chapter: ChapterView | null;
  /** Why the chapter that was asked for isn't there. */
  failure: Failure | null;
  /** Key of a question → index of the chosen option. */
  answers: Readonly<Record<string, number>>;
};

export type ChaptersStore = {
  store: ReadStore<ChaptersState>;
  load(): Promise<void>;
  open(id: string): Promise<void>;
  /** The first answer stays. */
  answer(key: string, chosen: number): void;
};

const KEY = 'flamelab.slides';

/** The chapters' slides. Answers to their questions are kept as long as `memory` keeps them: the tab's session. */
export function createChaptersStore(
  api: Pick<Api, 'listChapters' | 'readChapter'>,
  notices: Pick<Notices, 'attempt'>,
  memory: Pick<Storage, 'getItem' | 'setItem'>,
): ChaptersStore {
  const answers = answersFrom(memory.getItem(KEY));
  const store = createStore<ChaptersState>({ chapters: null, chapter: null, failure: null, answers });
  let asked = '';
  return {
    store,
    async load() {
      const answer = await notices.attempt('Load the chapters', () => api.listChapters());
      if (answer) store.patch({ chapters: answer.chapters });
    },
    async open(id) {
      asked = id;
      if (store.get().chapter?.id !== id) store.patch({ chapter: null, failure: null });
      try {
        const chapter = await api.readChapter(id);
        if (asked === id) store.patch({ chapter, failure: null });
      } catch (error) {
        if (asked === id) store.patch({ failure: failureFrom(error) });
      }
    },
    answer(key, chosen) {
      const known = store.get().answers;
      if (known[key] !== undefined) return;
      const next = { ...known, [key]: chosen };
      store.patch({ answers: next });
      memory.setItem(KEY, JSON.stringify(next));
    },
  };
}

/** What was kept, as far as it is in the agreed form. */
function answersFrom(kept: string | null): Record<string, number> {
  try {
    const parsed: unknown = JSON.parse(kept ?? '{}');
    const entries = typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : [];
    return Object.fromEntries(
      entries.filter((entry): entry is [string, number] => Number.isInteger(entry[1]) && entry[1] >= 0),
    );
  } catch {
    return {};
  }
}
