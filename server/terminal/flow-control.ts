const HIGH_CHARACTERS = 100_000;
const LOW_CHARACTERS = 10_000;

export interface FlowControl {
  /** So many characters have gone to the page. */
  sent(characters: number): void;
  /** The page has drawn so many of them. */
  drawn(characters: number): void;
}

/**
 * Stops the source when the page is 100,000 characters behind, and lets it go on when it is less than 10,000 behind: a program
 * that floods the terminal then waits for the page, and Ctrl-C is answered after what is under way, not after megabytes.
 */
export function createFlowControl(source: { pause(): void; resume(): void }): FlowControl {
  let behind = 0;
  let isPaused = false;
  return {
    sent(characters) {
      behind += characters;
      if (isPaused || behind <= HIGH_CHARACTERS) return;
      isPaused = true;
      source.pause();
    },
    drawn(characters) {
      behind = Math.max(0, behind - characters);
      if (!isPaused || behind >= LOW_CHARACTERS) return;
      isPaused = false;
      source.resume();
    },
  };
}
