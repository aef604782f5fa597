import type {
  ChapterAnswers,
  ChapterOutcome,
  ChapterTest,
  CourseProgress,
  ReviewCard,
  ReviewOutcome,
} from '../../protocol/index.ts';
import type { Api } from '../connection/index.ts';
import type { Notices } from './notices.ts';
import { createStore, type ReadStore } from './store.ts';

export type ProgressState = {
  /** Null until the first answer. */
  progress: CourseProgress | null;
  /** A card that was answered and is still looked at. */
  answered: { card: ReviewCard; chosen: number; outcome: ReviewOutcome } | null;
};

export type ProgressStore = {
  store: ReadStore<ProgressState>;
  load(): Promise<void>;
  review(card: ReviewCard, chosen: number): Promise<void>;
  /** On to the next card. */
  next(): void;
  readTest(chapter: string): Promise<ChapterTest | undefined>;
  takeTest(chapter: string, answers: ChapterAnswers): Promise<ChapterOutcome | undefined>;
};

type ProgressApi = Pick<Api, 'readProgress' | 'reviewQuestion' | 'readChapterTest' | 'takeChapterTest'>;

/** What was done in the course, and the cards that are due. */
export function createProgressStore(api: ProgressApi, notices: Pick<Notices, 'attempt'>): ProgressStore {
  const store = createStore<ProgressState>({ progress: null, answered: null });
  const load = async () => {
    const progress = await notices.attempt('Read the progress', () => api.readProgress());
    if (progress) store.patch({ progress });
  };
  return {
    store,
    load,
    async review(card, chosen) {
      const answer = { question: card.question.id, chosen };
      const outcome = await notices.attempt('Answer the card', () => api.reviewQuestion(card.exercise, answer));
      if (outcome) store.patch({ answered: { card, chosen, outcome } });
      await load();
    },
    next: () => store.patch({ answered: null }),
    readTest: (chapter) => notices.attempt('Read the questions', () => api.readChapterTest(chapter)),
    async takeTest(chapter, answers) {
      const outcome = await notices.attempt('Hand in the answers', () => api.takeChapterTest(chapter, answers));
      if (outcome?.passed) await load();
      return outcome;
    },
  };
}
