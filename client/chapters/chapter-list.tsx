import { type ReactNode, useEffect } from 'react';
import type { ChapterSummary } from '../../protocol/index.ts';
import { chapterTitle, StateMark } from '../course/index.ts';
import { type ChaptersStore, type CourseStore, useStore } from '../state/index.ts';
import './chapter-list.css';

export interface ChapterListProps {
  readonly chapters: ChaptersStore;
  readonly course: CourseStore;
  readonly link: (chapter: ChapterSummary, text: ReactNode) => ReactNode;
}

/** All chapters that have slides. */
export function ChapterList({ chapters: store, course, link }: ChapterListProps) {
  const chapters = useStore(store.store, (state) => state.chapters);
  const exercises = useStore(course.store, (state) => state.exercises) ?? [];
  useEffect(() => void store.load(), [store]);
  if (chapters === null) return <p className="chapter-wait">Reading the chapters …</p>;
  return (
    <div className="chapter-list">
      <h1>Chapters</h1>
      <ol>
        {chapters.map((chapter) => (
          <li key={chapter.id}>
            <p className="chapter-number">{chapterTitle(chapter.id)}</p>
            <h2 className="chapter-list-title">{link(chapter, chapter.title)}</h2>
            <p>{chapter.summary}</p>
            <p className="chapter-facts">
              {chapter.slides} slides,{' '}
              {chapter.exercises.length === 1 ? '1 exercise' : `${chapter.exercises.length} exercises`}
              {exercises
                .filter(({ slug }) => chapter.exercises.includes(slug))
                .map(({ slug, state }) => (
                  <StateMark key={slug} state={state} />
                ))}
            </p>
          </li>
        ))}
      </ol>
    </div>
  );
}
