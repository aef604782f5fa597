import { useId } from 'react';
import type { Slide } from '../../protocol/index.ts';
import { MarkdownText } from '../course/index.ts';
import type { SlideSources } from './slide-sources.ts';
import { SlideWidgetView } from './slide-widget.tsx';
import './slide.css';

export interface SlideViewProps {
  readonly slide: Slide;
  /** From 1. */
  readonly number: number;
  readonly of: number;
  readonly chapter: string;
  readonly sources: SlideSources;
}

/** One slide: its title, its text, and beside it, where there is room, its widgets. */
export function SlideView({ slide, number, of, chapter, sources }: SlideViewProps) {
  const { title, text, widgets } = slide;
  const id = useId();
  return (
    <section
      className="slide"
      data-slide={number}
      data-layout={text !== '' && widgets.length > 0 ? 'split' : 'whole'}
      aria-labelledby={id}
      aria-roledescription={`slide ${number} of ${of}`}
    >
      <h2 className="slide-title" id={id} tabIndex={-1}>
        {title}
      </h2>
      {text !== '' && (
        <div className="slide-text">
          <MarkdownText text={text} onRun={sources.onRun} />
        </div>
      )}
      {widgets.length > 0 && (
        <div className="slide-widgets">
          {widgets.map((widget, index) => (
            <SlideWidgetView key={keyOf(index)} widget={widget} chapter={chapter} sources={sources} />
          ))}
        </div>
      )}
    </section>
  );
}

/** Widgets of one slide never move among themselves, so their place is their identity. */
const keyOf = (index: number) => `widget-${index}`;
