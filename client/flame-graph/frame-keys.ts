import type { KeyboardEvent } from 'react';
import type { Layout } from './model/layout.ts';
import { type Direction, neighbour } from './model/neighbour.ts';

export interface FrameActions {
  readonly focus: (node: number) => void;
  readonly zoom: (node: number) => void;
  readonly choose: (node: number) => void;
  readonly copy: (node: number) => void;
  readonly copyStack: (node: number) => void;
  /** One level out of the zoom. */
  readonly out: () => void;
  readonly reset: () => void;
  readonly startSearch: () => void;
  readonly toggleFound: () => void;
  readonly turn: () => void;
  /** The family at a place of the legend, from 0. */
  readonly toggleFamily: (place: number) => void;
}

/**
 * The picture's keys. Arrows follow what is seen: with the root at the bottom, up goes to the callee.
 *
 *     ↑ ↓ ← → move   Enter zoom   Space choose   Backspace, Esc out   Home all   / search   f only what is found
 *     t turn over   c copy the name   C copy the stack   1 2 3 4 families on or off
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
  else if (key === 'f') actions.toggleFound();
  else if (key === 't') actions.turn();
  else if (key === 'c') actions.copy(node);
  else if (key === 'C') actions.copyStack(node);
  else if (/^[1-4]$/.test(key)) actions.toggleFamily(Number(key) - 1);
  else return false;
  return true;
}
