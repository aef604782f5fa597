import { useEffect, useState } from 'react';
import type { ChapterAnswers, ChapterOutcome, ChapterTest } from '../../protocol/index.ts';
import { InlineMarkdown } from '../course/index.ts';
import { Button } from '../ui/index.ts';

export interface TestOutPanelProps {
  readonly chapter: string;
  readonly onRead: (chapter: string) => Promise<ChapterTest | undefined>;
  readonly onHandIn: (chapter: string, answers: ChapterAnswers) => Promise<ChapterOutcome | undefined>;
  readonly onClose: () => void;
}

/** All questions of a chapter at once; only all right ones count, and which were wrong isn't said. */
export function TestOutPanel({ chapter, onRead, onHandIn, onClose }: TestOutPanelProps) {
  const [test, setTest] = useState<ChapterTest | null>(null);
  const [chosen, setChosen] = useState<Readonly<Record<string, number>>>({});
  const [outcome, setOutcome] = useState<ChapterOutcome | null>(null);
  useEffect(() => void onRead(chapter).then((read) => read && setTest(read)), [chapter, onRead]);
  if (test === null) return <p className="progress-quiet">Reading the questions …</p>;
  const answers = test.cards.flatMap(({ exercise, question }) => {
    const choice = chosen[`${exercise} ${question.id}`];
    return choice === undefined ? [] : [{ exercise, question: question.id, chosen: choice }];
  });
  const left = test.cards.length - answers.length;
  const handIn = async () => {
    const handed = await onHandIn(chapter, { answers });
    if (handed) setOutcome(handed);
  };
  return (
    <div className="test-out">
      <p className="progress-quiet">
        {test.cards.length} questions from the lessons. All of them right, and the chapter’s exercises count as tested
        out; they stay here to be done anyway.
      </p>
      {test.cards.map(({ exercise, title, question }) => {
        const key = `${exercise} ${question.id}`;
        return (
          <fieldset key={key} className="lesson-card question-card">
            <legend>
              <span className="test-out-from">{title}</span>
              <InlineMarkdown text={question.text} />
            </legend>
            {question.options.map((option, index) => (
              <label key={option}>
                <input
                  type="radio"
                  name={key}
                  checked={chosen[key] === index}
                  onChange={() => {
                    setChosen({ ...chosen, [key]: index });
                    setOutcome(null);
                  }}
                />
                <InlineMarkdown text={option} />
              </label>
            ))}
          </fieldset>
        );
      })}
      <p className="progress-next">
        <span role="status">{outcomeWords(outcome, left)}</span>
        <Button look="quiet" onClick={onClose}>
          Back to the exercises
        </Button>
        <Button look="primary" disabled={left > 0 || outcome !== null} onClick={() => void handIn()}>
          Hand in
        </Button>
      </p>
    </div>
  );
}

function outcomeWords(outcome: ChapterOutcome | null, left: number): string {
  if (outcome?.passed) return 'All right: the chapter is tested out.';
  if (outcome) return `${outcome.right} of ${outcome.total} are right. The lessons say which, and why.`;
  return left === 0 ? 'All answered.' : `${left} still to answer.`;
}
