import { useId } from 'react';
import type { ChapterSummary } from '../../protocol/index.ts';
import { StateMark, stateWords } from '../course/index.ts';
import { type CourseStore, useStore } from '../state/index.ts';
import { Button, Icon } from '../ui/index.ts';

export interface ExerciseLinksProps {
  readonly chapter: Pick<ChapterSummary, 'exercises'>;
  readonly course: CourseStore;
  readonly onExercise: (slug: string) => void;
  /** The chapter after this one. */
  readonly next: ChapterSummary | null;
  readonly onChapter: (id: string) => void;
}

/** The end of a chapter: its exercises with how far they are. */
export function ExerciseLinks({ chapter, course, onExercise, next, onChapter }: ExerciseLinksProps) {
  const id = useId();
  const listed = useStore(course.store, (state) => state.exercises) ?? [];
  const exercises = listed.filter(({ slug }) => chapter.exercises.includes(slug));
  return (
    <section className="slide" data-layout="whole" aria-labelledby={id}>
      <h2 className="slide-title" id={id} tabIndex={-1}>
        Now you
      </h2>
      <ul className="slide-exercises">
        {exercises.map(({ slug, title, state }) => (
          <li key={slug}>
            <button type="button" onClick={() => onExercise(slug)}>
              <StateMark state={state} />
              <span>{title}</span>
              <span className="slide-exercise-state">{stateWords(state)}</span>
            </button>
          </li>
        ))}
      </ul>
      {next && (
        <Button icon={<Icon name="chevron" />} onClick={() => onChapter(next.id)}>
          Next chapter: {next.title}
        </Button>
      )}
    </section>
  );
}
