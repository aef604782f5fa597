import { type PointerEvent, useCallback, useMemo, useState } from 'react';
import type { Theme } from '../ui/index.ts';
import type { DrawnMoment } from './canvas/flame-view.ts';
import type { FlameGraphProps } from './flame-graph-props.ts';
import { frameKeyHandler } from './frame-keys.ts';
import { FrameTooltip, type Point } from './frame-tooltip.tsx';
import { frameDetails } from './model/picture.ts';
import { findNode } from './model/tree-shape.ts';
import type { FlameState } from './use-flame-state.ts';
import { useFlameView } from './use-flame-view.ts';

interface FlamePictureProps {
  readonly state: FlameState;
  readonly theme: Theme;
  readonly onDrawn: FlameGraphProps['onDrawn'];
}

/** The canvas with pointer and keyboard. */
export function FlamePicture({ state, theme, onDrawn }: FlamePictureProps) {
  const { picture, section, view } = state;
  const { layout } = picture;
  const [pointer, setPointer] = useState<(Point & { readonly key: number }) | null>(null);
  const hoveredKey = pointer?.key ?? null;
  // Here and not in the state of the whole: only the picture follows the pointer.
  const look = useMemo(() => ({ ...state.look, hovered: hoveredKey }), [state.look, hoveredKey]);
  const drawn = useCallback(
    (moment: DrawnMoment) => {
      const element = section.current;
      if (element !== null) {
        const morphing = String(moment.morphing);
        if (element.dataset.morphing !== morphing) element.dataset.morphing = morphing;
        if (!moment.morphing) element.dataset.drawn = String(moment.drawn);
      }
      onDrawn?.(moment);
    },
    [section, onDrawn],
  );
  const { scroller, spacer, canvas } = useFlameView(layout, look, theme, drawn, view);

  const focus = (node: number) => {
    state.focus(node);
    view.current?.reveal(node);
  };
  const zoom = (node: number) => {
    const again = node === state.zoomed;
    state.zoomTo(again ? (layout.parent[node] ?? 0) : node);
    state.choose(node);
  };
  const focused = look.focused === null ? state.zoomed : findNode(layout, look.focused);
  const onKeyDown = frameKeyHandler(layout, focused, look.upward, {
    focus,
    zoom,
    choose: state.choose,
    copy: (node) => state.copying.copyName(frameDetails(picture, node)),
    copyStack: (node) => state.copying.copyStack(frameDetails(picture, node)),
    out: state.out,
    reset: () => state.zoomTo(0),
    startSearch: state.startSearch,
    toggleFound: state.choices.toggleFound,
    toggleFamily: state.choices.toggleFamilyAt,
    turn: state.turn,
  });
  const onMove = (event: PointerEvent<HTMLElement>) => {
    if (event.pointerType === 'touch') return;
    const node = view.current?.nodeAtPoint(event.clientX, event.clientY) ?? -1;
    setPointer(node < 0 ? null : { x: event.clientX, y: event.clientY, key: layout.key[node] ?? 0 });
  };
  const hovered = hoveredKey === null ? -1 : findNode(layout, hoveredKey);

  return (
    <div className="flame-picture" onPointerLeave={() => setPointer(null)}>
      <div
        ref={scroller}
        className="flame-scroller"
        role="application"
        aria-roledescription="flame graph"
        aria-label={`${layout.count} frames. Arrows move, Enter zooms, Backspace goes out, slash searches. The table has the same numbers.`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application widget takes the focus for its own keys
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerMove={onMove}
        onFocus={(event) => event.target.matches(':focus-visible') && state.focus(Math.max(0, state.zoomed))}
        onBlur={() => state.focus(-1)}
        onClick={(event) => {
          const node = view.current?.nodeAtPoint(event.clientX, event.clientY) ?? -1;
          if (node >= 0) zoom(node);
        }}
      >
        <div ref={spacer} className="flame-spacer">
          <canvas ref={canvas} className="flame-canvas" />
        </div>
      </div>
      {pointer !== null && hovered >= 0 && (
        <FrameTooltip details={frameDetails(picture, hovered)} picture={picture} at={pointer} />
      )}
    </div>
  );
}
