import type { KeyboardEvent } from 'react';
import type { Layout } from './model/layout.ts';
import { type Direction, neighbour } from './model/neighbour.ts';

export interface FrameActions {
  readonly focus: (node: number) => void;
  readonly zoom: (node: number) => void;
  readonly choose: (node: number) => void;
  readonly copy: (node: number) => void;
  /** One level out of the zoom. */
  readonly out: () => void;
  readonly reset: () => void;
  readonly startSearch: () => void;
}

/**
 * The picture's keys. Arrows follow what is seen: with the root at the bottom, up goes to the callee.
 *
 *     ↑ ↓ ← → move   Enter zoom   Space choose   Backspace, Esc out   Home all   / search   c copy the name
 */
export function frameKeyHandler(layout: Layout, focused: number, upward: boolean, actions: FrameActions) {
  const node = Math.max(0, focused);
  return (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = directionOf(event.key, upward);
    if (direction !== undefined) actions.focus(neighbour(layout, node, direction));
    else if (!act(event.key, node, actions)) return;
    event.preventDefault();
    event.stopPropagation();
  };
}

function directionOf(key: string, upward: boolean): Direction | undefined {
  if (key === 'ArrowLeft') return 'previous';
  if (key === 'ArrowRight') return 'next';
  if (key === 'ArrowUp') return upward ? 'child' : 'parent';
  return key === 'ArrowDown' ? (upward ? 'parent' : 'child') : undefined;
}

/** Whether the key means something. */
function act(key: string, node: number, actions: FrameActions): boolean {
  if (key === 'Enter') actions.zoom(node);
  else if (key === ' ') actions.choose(node);
  else if (key === 'Backspace' || key === 'Escape') actions.out();
  else if (key === 'Home') actions.reset();
  else if (key === '/') actions.startSearch();
  else if (key === 'c') actions.copy(node);
  else return false;
  return true;
}
