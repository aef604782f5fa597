import { useState } from 'react';

export interface Trail {
  /** null: nothing to go back to. */
  readonly previous: string | null;
  readonly go: (name: string) => void;
  readonly back: () => void;
}

/** The functions that led here, one click after another; a function that was set from outside starts anew. */
export function useTrail(current: string, onFunction: (name: string) => void): Trail {
  const [seen, setSeen] = useState<readonly string[]>([current]);
  const trail = seen.at(-1) === current ? seen : [current];
  const previous = trail.at(-2) ?? null;
  return {
    previous,
    go(name) {
      if (name === current) return;
      setSeen([...trail, name]);
      onFunction(name);
    },
    back() {
      if (previous === null) return;
      setSeen(trail.slice(0, -1));
      onFunction(previous);
    },
  };
}
