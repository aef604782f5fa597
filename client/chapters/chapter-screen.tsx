import { type ReactNode, useEffect } from 'react';
import type { ChapterView } from '../../protocol/index.ts';
import { chapterTitle } from '../course/index.ts';
import { type ChapterPlace, instanceOfService, placeOfSearch, stepsOf, useStore } from '../state/index.ts';
import { Button, EmptyState, Segmented } from '../ui/index.ts';
import { ExerciseLinks } from './exercise-links.tsx';
import { SlideDeck } from './slide-deck.tsx';
import { SlidePage } from './slide-page.tsx';
import type { SlideSources } from './slide-sources.ts';
import './chapters.css';

export interface ChapterScreenProps {
  readonly id: string;
  /** `?slide=3&view=page`, or ''. */
  readonly search: string;
  readonly onPlace: (place: ChapterPlace) => void;
  readonly onChapter: (id: string) => void;
  readonly onList: () => void;
  readonly sources: SlideSources;
  /** Stands at the right of the bar. */
  readonly tools: ReactNode;
  /** Stands below the slides. */
  readonly below: ReactNode;
}

const VIEWS = [
  { value: 'slides', label: 'Slides' },
  { value: 'page', label: 'One page' },
] as const;

/** One chapter: a bar, its slides one by one or all on one page, and its exercises at the end. */
export function ChapterScreen(props: ChapterScreenProps) {
  const { id, search, onPlace, onChapter, onList, sources, tools, below } = props;
  const { chapters, chapter, failure } = useStore(sources.chapters.store, (state) => state);
  useEffect(() => void sources.chapters.open(id), [sources.chapters, id]);
  useEffect(() => void sources.progress.load(), [sources.progress]);
  useMetricsOf(chapter, sources);
  if (chapter?.id !== id) {
    if (failure === null) return <p className="chapter-wait">Reading the slides …</p>;
    return (
      <EmptyState
        icon="screen"
        title="These slides can’t be shown"
        action={<Button onClick={onList}>All chapters</Button>}
      >
        {failure.message}
      </EmptyState>
    );
  }
  const place = placeOfSearch(search, stepsOf(chapter.slides.length));
  const next = chapters?.[chapters.findIndex((one) => one.id === id) + 1] ?? null;
  const end = (
    <ExerciseLinks
      chapter={chapter}
      course={sources.course}
      onExercise={sources.onExercise}
      next={next}
      onChapter={onChapter}
    />
  );
  const shown = { chapter, place, sources, end };
  return (
    <div className="chapter" data-view={place.view}>
      <header className="chapter-bar">
        <h1>
          <span className="chapter-number">{chapterTitle(id)}</span>
          <span className="chapter-title">{chapter.title}</span>
        </h1>
        <Segmented
          label="Shown as"
          options={VIEWS}
          value={place.view}
          onChange={(view) => onPlace({ ...place, view })}
        />
        {tools}
      </header>
      {place.view === 'page' ? (
        <SlidePage {...shown} />
      ) : (
        <SlideDeck {...shown} onStep={(slide) => onPlace({ ...place, slide })} />
      )}
      {below}
    </div>
  );
}

/** Fetches and follows the metrics of the services that the chapter's strips show. */
function useMetricsOf(chapter: ChapterView | null, { lab, metrics }: SlideSources): void {
  const services = chapter?.slides.flatMap(({ widgets }) =>
    widgets.flatMap((one) => (one.widget === 'metric' ? [one.service] : [])),
  );
  const instances = useStore(lab.store, (state) =>
    [...new Set(services)].flatMap((service) => instanceOfService(state.lab, service) ?? []).join(' '),
  );
  useEffect(() => {
    metrics.follow(instances === '' ? [] : instances.split(' '));
  }, [metrics, instances]);
  useEffect(() => () => metrics.follow([]), [metrics]);
}
