import { type CourseStore, type TerminalStore, useStore } from '../state/index.ts';
import { Button, EmptyState } from '../ui/index.ts';
import { HintLadder } from './hint-ladder.tsx';
import { InstrumentCard } from './instrument-card.tsx';
import { LessonEnd } from './lesson-end.tsx';
import { INSTRUMENT_HEADING, lessonAround } from './lesson-parts.ts';
import { MarkdownText } from './markdown-text.tsx';
import { PredictionCard } from './prediction-card.tsx';
import { QuestionCard } from './question-card.tsx';
import './lesson.css';

export interface LessonPanelProps {
  readonly course: CourseStore;
  readonly terminals: Pick<TerminalStore, 'run'>;
  /** The workspace has been reset: where the own files were kept. */
  readonly onReset: (keptAs: string | null) => void;
  /** A command was started: the terminal should be in front. */
  readonly onRun: () => void;
  /** An instrument was opened: its graph should be in front. */
  readonly onInstrument: (name: string) => void;
}

export function LessonPanel({ course, terminals, onReset, onRun, onInstrument }: LessonPanelProps) {
  const { exercise, marked, exercises, opening } = useStore(course.store, (state) => state);
  if (!exercise) {
    const waiting = exercises === null || opening !== null;
    const next = exercises?.find((one) => one.state !== 'fixed') ?? exercises?.[0];
    if (waiting || !next) return <EmptyState icon="flame" title="Loading the course …" />;
    return (
      <EmptyState
        icon="flame"
        title="Real services, real profiles"
        action={
          <Button look="primary" onClick={() => void course.open(next.slug)}>
            Start with “{next.title}”
          </Button>
        }
      >
        Find what makes a service slow, fix it, and watch the flame graph prove it. The menu at the top left has all
        exercises.
      </EmptyState>
    );
  }
  const run = (command: string) => {
    onRun();
    terminals.run(command);
  };
  const [symptom, rest] = lessonAround(exercise.lesson, INSTRUMENT_HEADING);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <article className="lesson" tabIndex={0} aria-label="Lesson">
      <header className="lesson-head">
        <h1>{exercise.title}</h1>
        <p>{exercise.summary}</p>
        <ul>
          <li>about {exercise.minutes} minutes</li>
          <li>
            service <code>{exercise.service}</code>
          </li>
          <li>{exercise.attempts === 1 ? '1 attempt' : `${exercise.attempts} attempts`}</li>
        </ul>
      </header>
      <MarkdownText text={symptom} onRun={run} />
      {exercise.instruments && (
        <InstrumentCard
          instruments={exercise.instruments}
          onOpen={(name) => {
            onInstrument(name);
            return course.openInstrument(name);
          }}
        />
      )}
      <MarkdownText text={rest} onRun={run} />
      {exercise.prediction && (
        <PredictionCard prediction={exercise.prediction} marked={marked} onPredict={course.predict} />
      )}
      <HintLadder hints={exercise.hints} onTake={course.takeHint} />
      {exercise.questions.map((question) => (
        <QuestionCard
          key={question.id}
          question={question}
          onAnswer={(chosen) => void course.answer(question.id, chosen)}
        />
      ))}
      <LessonEnd course={course} onReset={onReset} />
    </article>
  );
}
