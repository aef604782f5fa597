import { useEffect, useRef } from 'react';

export interface SlideKeys {
  readonly at: number;
  readonly steps: number;
  readonly onStep: (step: number) => void;
}

/** Where the keys of a keyboard or a presenter's remote lead; undefined: nowhere. */
export function stepAfter(key: string, at: number, steps: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'PageDown':
      return Math.min(steps, at + 1);
    case 'ArrowLeft':
    case 'PageUp':
      return Math.max(1, at - 1);
    case 'Home':
      return 1;
    case 'End':
      return steps;
    default:
      return undefined;
  }
}

/** What takes these keys for itself: text, choices in a row, a terminal, a dialog. */
const TAKEN = 'input, textarea, select, [contenteditable="true"], [role="radiogroup"], [role="tablist"], dialog';

/** From slide to slide by keys, wherever the focus is; a widget that has used a key keeps it. */
export function useSlideKeys(keys: SlideKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (event.target instanceof Element && event.target.closest(TAKEN) !== null) return;
      const { at, steps, onStep } = latest.current;
      const step = stepAfter(event.key, at, steps);
      if (step === undefined) return;
      event.preventDefault();
      onStep(step);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
