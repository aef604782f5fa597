import type { CourseProgress, ReviewCard } from '../../protocol/index.ts';
import { QuestionCard } from '../course/index.ts';
import type { ProgressState } from '../state/index.ts';
import { Button, formatMoment } from '../ui/index.ts';

export interface ReviewPanelProps {
  readonly progress: CourseProgress;
  readonly answered: ProgressState['answered'];
  readonly onReview: (card: ReviewCard, chosen: number) => Promise<void>;
  readonly onNext: () => void;
}

/** One card at a time, a minute each: questions of the lessons that come back, later after each right answer. */
export function ReviewPanel({ progress, answered, onReview, onNext }: ReviewPanelProps) {
  const { due, nextDueMillis } = progress;
  const card = answered?.card ?? due[0];
  const more = answered === null ? due.length - 1 : due.length;
  return (
    <section className="progress-panel" aria-label="Review">
      <h2>Review</h2>
      {card === undefined ? (
        <p>{nothingDue(nextDueMillis)}</p>
      ) : (
        <>
          <p className="progress-quiet">
            {card.title} · a minute{more > 0 ? `, ${more} more after it` : ''}
          </p>
          <QuestionCard
            key={`${card.exercise} ${card.question.id}`}
            question={{ ...card.question, answer: answerOf(answered) }}
            onAnswer={(chosen) => void onReview(card, chosen)}
          />
          {answered && (
            <p className="progress-next">
              <span>Comes back at {formatMoment(answered.outcome.dueMillis, Date.now())}</span>
              <Button look="primary" onClick={onNext}>
                {due.length > 0 ? 'Next card' : 'Done'}
              </Button>
            </p>
          )}
        </>
      )}
    </section>
  );
}

function answerOf(answered: ProgressState['answered']) {
  return answered && { chosen: answered.chosen, right: answered.outcome.right, explain: answered.outcome.explain };
}

function nothingDue(nextDueMillis: number | null): string {
  return nextDueMillis === null
    ? 'Questions that you answer in the lessons come back here, a minute each.'
    : `Nothing is due. The next question comes back ${formatMoment(nextDueMillis, Date.now())}.`;
}
