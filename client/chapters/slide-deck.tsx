import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import type { ChapterView } from '../../protocol/index.ts';
import type { ChapterPlace } from '../state/index.ts';
import type { SlideSources } from './slide-sources.ts';
import { SlideSteps } from './slide-steps.tsx';
import { SlideView } from './slide-view.tsx';
import { useSlideKeys } from './use-slide-keys.ts';

export interface ChapterPartProps {
  readonly chapter: ChapterView;
  readonly place: ChapterPlace;
  readonly sources: SlideSources;
  /** What comes after the last slide. */
  readonly end: ReactNode;
}

export interface SlideDeckProps extends ChapterPartProps {
  readonly onStep: (step: number) => void;
}

/** One slide at a time; the last step is the end. */
export function SlideDeck({ chapter, place, sources, end, onStep }: SlideDeckProps) {
  const { slides, id } = chapter;
  const stage = useRef<HTMLElement>(null);
  const titles = [...slides.map(({ title }) => title), 'Exercises'];
  const at = place.slide;
  const slide = slides[at - 1];
  useSlideKeys({ at, steps: titles.length, onStep });
  useFocusOnStep(stage, at);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="slide-stage" ref={stage} tabIndex={0} aria-label="Slide">
        {slide === undefined ? (
          end
        ) : (
          <SlideView key={at} slide={slide} number={at} of={slides.length} chapter={id} sources={sources} />
        )}
      </section>
      <SlideSteps titles={titles} at={at} onStep={onStep} />
    </>
  );
}

/** A new slide starts at its top, and has the focus that the old one had, or that was lost with it. */
function useFocusOnStep(stage: RefObject<HTMLElement | null>, at: number): void {
  const last = useRef(at);
  useEffect(() => {
    if (last.current === at) return;
    last.current = at;
    const focus = document.activeElement;
    if (stage.current === null) return;
    stage.current.scrollTop = 0;
    if (focus === null || focus === document.body || stage.current.contains(focus)) {
      stage.current.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
    }
  }, [stage, at]);
}
