import { useId } from 'react';
import type { ExerciseView } from '../../protocol/index.ts';
import { Icon } from '../ui/index.ts';
import { InlineMarkdown } from './markdown-text.tsx';

export interface QuestionCardProps {
  readonly question: ExerciseView['questions'][number];
  readonly onAnswer: (chosen: number) => void;
}

/** One question with its options; the answer and its reason show after choosing. */
export function QuestionCard({ question, onAnswer }: QuestionCardProps) {
  const name = useId();
  const { answer } = question;
  return (
    <fieldset className="lesson-card question-card">
      <legend>
        <InlineMarkdown text={question.text} />
      </legend>
      {question.options.map((option, index) => (
        <label key={option} data-mark={markOf(answer, index)}>
          <input
            type="radio"
            name={name}
            checked={answer?.chosen === index}
            disabled={answer !== null}
            onChange={() => onAnswer(index)}
          />
          <InlineMarkdown text={option} />
          {markOf(answer, index) === 'right' && <Icon name="check" />}
          {markOf(answer, index) === 'wrong' && <Icon name="close" />}
        </label>
      ))}
      {answer && (
        <p role="status">
          <strong>{answer.chosen === answer.right ? 'Right. ' : 'Not this one. '}</strong>
          <InlineMarkdown text={answer.explain} />
        </p>
      )}
    </fieldset>
  );
}

function markOf(answer: QuestionCardProps['question']['answer'], index: number): 'right' | 'wrong' | undefined {
  if (answer === null) return undefined;
  if (answer.right === index) return 'right';
  return answer.chosen === index ? 'wrong' : undefined;
}
