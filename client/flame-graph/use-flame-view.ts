import { type RefObject, useEffect, useRef } from 'react';
import type { Theme } from '../ui/index.ts';
import { createFlameView, type DrawnMoment, type FlameView, type Look } from './canvas/flame-view.ts';
import type { Layout } from './model/layout.ts';

export interface FlameViewRefs {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly spacer: RefObject<HTMLDivElement | null>;
  readonly canvas: RefObject<HTMLCanvasElement | null>;
}

/** Keeps a FlameView on the refs' elements for as long as they are mounted, and tells it what changed. */
export function useFlameView(
  layout: Layout,
  look: Look,
  theme: Theme,
  onDrawn: (moment: DrawnMoment) => void,
  view: RefObject<FlameView | null>,
): FlameViewRefs {
  const scroller = useRef<HTMLDivElement>(null);
  const spacer = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const shown = useRef<Layout>(null);
  const drawn = useRef(onDrawn);
  drawn.current = onDrawn;

  useEffect(() => {
    if (scroller.current === null || spacer.current === null || canvas.current === null) return;
    const parts = { scroller: scroller.current, spacer: spacer.current, canvas: canvas.current };
    const created = createFlameView({ ...parts, onDrawn: (moment) => drawn.current(moment) });
    view.current = created;
    return () => {
      created.dispose();
      view.current = null;
      shown.current = null;
    };
  }, [view]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme is read from the tokens, not from the value
  useEffect(() => view.current?.restyle(), [theme, view]);

  useEffect(() => {
    if (shown.current === layout) view.current?.look(look);
    else view.current?.show(layout, look);
    shown.current = layout;
  }, [layout, look, view]);

  return { scroller, spacer, canvas };
}
