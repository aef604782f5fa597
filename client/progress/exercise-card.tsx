import { type CourseProgress, isOpenExercise, type Verdict } from '../../protocol/index.ts';
import { StateMark } from '../course/index.ts';
import { Button, keepUnits } from '../ui/index.ts';
import { DifferenceBar, VerdictMark } from '../verdict/index.ts';

export interface ExerciseCardProps {
  readonly exercise: CourseProgress['exercises'][number];
  readonly onOpen: () => void;
}

/** One exercise: its proof when there is one, else how far it is. */
export function ExerciseCard({ exercise, onOpen }: ExerciseCardProps) {
  const { title, state, proof, last } = exercise;
  return (
    <li className="progress-card" data-state={state}>
      <header>
        <StateMark state={state} />
        <h3>{title}</h3>
        <Button
          look={isOpenExercise({ state }) ? 'plain' : 'quiet'}
          aria-label={`${verbOf(state)} ${title}`}
          onClick={onOpen}
        >
          {verbOf(state)}
        </Button>
      </header>
      {proof ? <Proof proof={proof} /> : <Newest last={last} minutes={exercise.minutes} />}
      <p className="progress-facts">{factsOf(exercise)}</p>
    </li>
  );
}

function Proof({ proof }: { readonly proof: Verdict }) {
  return (
    <>
      {proof.difference && <DifferenceBar difference={proof.difference} />}
      <p>{keepUnits(proof.summary)}</p>
      <p className="progress-gates">
        {proof.gates.map(({ id, title, pass }) => (
          <abbr key={id} title={title} data-pass={pass}>
            {id}
          </abbr>
        ))}
        <span>
          seed <code>{proof.seed}</code>
        </span>
      </p>
    </>
  );
}

function Newest({ last, minutes }: { readonly last: Verdict | null; readonly minutes: number }) {
  if (last === null) return <p className="progress-quiet">About {minutes} minutes.</p>;
  return (
    <>
      <p>
        <VerdictMark verdict={last.verdict} />
      </p>
      <p>{keepUnits(last.summary)}</p>
    </>
  );
}

function verbOf(state: ExerciseCardProps['exercise']['state']): string {
  if (state === 'new') return 'Start';
  return state === 'started' || state === 'attempted' ? 'Go on' : 'Open';
}

/** "3 checks · 1 of 4 hints · predicted right · 2 of 2 questions right" */
function factsOf({ state, attempts, hints, prediction, questions }: ExerciseCardProps['exercise']): string {
  const facts: string[] = [];
  if (state === 'skipped') facts.push('skipped');
  if (state === 'tested-out') facts.push('tested out');
  if (attempts > 0) facts.push(attempts === 1 ? '1 check' : `${attempts} checks`);
  if (hints.shown > 0) facts.push(`${hints.shown} of ${hints.total} hints`);
  if (prediction?.truth) facts.push(prediction.truth.right ? 'predicted right' : 'predicted something else');
  if (questions.answered > 0) facts.push(`${questions.right} of ${questions.total} questions right`);
  return facts.join(' · ');
}
