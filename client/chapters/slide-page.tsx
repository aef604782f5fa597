import { useEffect, useRef } from 'react';
import type { ChapterPartProps } from './slide-deck.tsx';
import { SlideView } from './slide-view.tsx';

/** All slides below each other, to be read as a tutorial. */
export function SlidePage({ chapter, place, sources, end }: ChapterPartProps) {
  const { slides, id, summary } = chapter;
  const page = useRef<HTMLElement>(null);
  useEffect(() => {
    if (place.slide > 1) page.current?.querySelectorAll('.slide')[place.slide - 1]?.scrollIntoView();
  }, [place.slide]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <article className="slide-page" ref={page} tabIndex={0} aria-label="All slides">
      <p className="slide-page-summary">{summary}</p>
      {slides.map((slide, index) => (
        <SlideView
          key={keyOf(index)}
          slide={slide}
          number={index + 1}
          of={slides.length}
          chapter={id}
          sources={sources}
        />
      ))}
      {end}
    </article>
  );
}

/** Slides never move among themselves, and two may have one title. */
const keyOf = (index: number) => `slide-${index}`;
