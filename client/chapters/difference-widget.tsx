import { useStore } from '../state/index.ts';
import { Button, EmptyState } from '../ui/index.ts';
import { DifferenceBar, VerdictMark } from '../verdict/index.ts';
import type { SlideSources } from './slide-sources.ts';

export interface DifferenceWidgetProps {
  readonly exercise: string;
  readonly sources: Pick<SlideSources, 'course' | 'progress' | 'onExercise'>;
}

/** What the learner's newest verdict of an exercise measured, or the way to it. */
export function DifferenceWidget({ exercise: slug, sources }: DifferenceWidgetProps) {
  const done = useStore(sources.progress.store, ({ progress }) => progress?.exercises.find((one) => one.slug === slug));
  const listed = useStore(sources.course.store, ({ exercises }) => exercises?.find((one) => one.slug === slug));
  const title = done?.title ?? listed?.title ?? slug;
  const verdict = done?.last ?? done?.proof ?? null;
  const open = (
    <Button look={verdict === null ? 'primary' : 'plain'} onClick={() => sources.onExercise(slug)}>
      {verdict === null ? `Do “${title}”` : `Open “${title}”`}
    </Button>
  );
  if (verdict === null || verdict.difference === null) {
    return (
      <figure className="slide-figure" aria-label={`Difference of ${title}`}>
        <EmptyState icon="scale" title="Not measured yet" action={open}>
          {verdict === null
            ? 'Do the exercise: a save of yours runs beside the old code, and the difference stands here.'
            : 'The newest verdict has no difference to show. Save a change: it is measured beside the old code.'}
        </EmptyState>
      </figure>
    );
  }
  return (
    <figure className="slide-figure slide-difference" aria-label={`Difference of ${title}`}>
      <figcaption>
        <strong>{title}</strong>, your newest verdict: <VerdictMark verdict={verdict.verdict} />
      </figcaption>
      <DifferenceBar difference={verdict.difference} />
      {open}
    </figure>
  );
}
