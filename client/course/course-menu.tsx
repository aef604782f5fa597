import type { ReactNode } from 'react';
import type { ExerciseState, ExerciseSummary } from '../../protocol/index.ts';
import { type CourseStore, useStore } from '../state/index.ts';
import { Icon } from '../ui/index.ts';
import { Popover } from '../ui/popover.tsx';
import './course-menu.css';

export interface CourseMenuProps {
  readonly course: CourseStore;
  /** Stands beside the heading of a chapter, by its folder's name. */
  readonly beside?: (chapter: string) => ReactNode;
  /** Stands below the exercises. */
  readonly more?: ReactNode;
}

export const stateWords = (state: ExerciseState): string => STATES[state];

const STATES: Record<ExerciseState, string> = {
  new: 'not started',
  started: 'started',
  attempted: 'tried',
  skipped: 'skipped',
  'tested-out': 'tested out',
  fixed: 'fixed',
};

/** All exercises by chapter with their progress; choosing one opens it. */
export function CourseMenu({ course, beside, more }: CourseMenuProps) {
  const { exercises, exercise, opening } = useStore(course.store, (state) => state);
  const all = exercises ?? [];
  const fixed = all.filter((one) => one.state === 'fixed').length;
  const title = all.find((one) => one.slug === opening)?.title ?? exercise?.title ?? 'Choose an exercise';
  return (
    <Popover
      label={`Exercises: ${title}`}
      button={
        <>
          {opening === null ? <Icon name="table" /> : <span className="ui-spinner" aria-hidden="true" />}
          <span className="course-menu-title">{title}</span>
          <span className="course-menu-count">
            {fixed} of {all.length}
          </span>
        </>
      }
    >
      {(close) => (
        <div className="course-menu">
          {byChapter(all).map(([chapter, members]) => (
            <section key={chapter} aria-label={chapter}>
              <header>
                <h3>{chapterTitle(chapter)}</h3>
                {beside?.(chapter)}
              </header>
              <ul>
                {members.map((one) => (
                  <li key={one.slug}>
                    <button
                      type="button"
                      aria-current={one.slug === exercise?.slug ? 'true' : undefined}
                      onClick={() => {
                        close();
                        void course.open(one.slug);
                      }}
                    >
                      <StateMark state={one.state} />
                      <span>{one.title}</span>
                      <span className="course-menu-state">{stateWords(one.state)}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          ))}
          {more}
          {all.length === 0 && (
            <p>No exercises came from the lab. Reload the page; if that doesn’t help, restart the lab.</p>
          )}
        </div>
      )}
    </Popover>
  );
}

export function StateMark({ state }: { readonly state: ExerciseState }) {
  return (
    <span className="course-mark" data-state={state} aria-hidden="true">
      {state === 'fixed' && <Icon name="check" />}
    </span>
  );
}

/** Chapters in the order of their first exercise. */
export function byChapter<E extends Pick<ExerciseSummary, 'chapter'>>(exercises: readonly E[]): [string, E[]][] {
  const chapters = new Map<string, E[]>();
  for (const one of exercises) chapters.set(one.chapter, [...(chapters.get(one.chapter) ?? []), one]);
  return [...chapters];
}

/** `02-ad-hoc` → `2 · Ad hoc`; a title that is no folder name stays as it is. */
export function chapterTitle(chapter: string): string {
  const found = /^0*(\d+)-(.+)$/.exec(chapter);
  if (!found) return chapter;
  const words = (found[2] ?? '').replaceAll('-', ' ');
  return `${found[1]} · ${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
