import type { SlideWidget } from '../../protocol/index.ts';
import { QuestionCard } from '../course/index.ts';
import { type ChaptersStore, useStore } from '../state/index.ts';

export interface QuizWidgetProps {
  readonly quiz: Extract<SlideWidget, { widget: 'quiz' }>;
  readonly chapter: string;
  readonly chapters: ChaptersStore;
}

/** A question that is answered in place. */
export function QuizWidget({ quiz, chapter, chapters }: QuizWidgetProps) {
  const { question, options, right, explain } = quiz;
  const key = `${chapter} ${question}`;
  const chosen = useStore(chapters.store, ({ answers }) => answers[key]);
  const answer = chosen === undefined ? null : { chosen, right, explain };
  return (
    <QuestionCard
      question={{ id: key, text: question, options, answer }}
      onAnswer={(option) => chapters.answer(key, option)}
    />
  );
}
