/** How watching looks: as lines, or as a screen. Its methods don't reject; what fails is shown. */
export interface WatchFace {
  /** A check is about to begin. */
  begin(slug: string, why: string): void;
  /** Runs a check and shows what comes of it; nothing more of it is shown once the signal aborts. */
  check(slug: string, signal: AbortSignal): Promise<void>;
  show(what: 'hint' | 'list' | 'reset', slug: string): Promise<void>;
  failed(cause: unknown): void;
  /** A key that isn't a command's. */
  press(key: string): void;
  /** Leaves the terminal as it was. */
  close(): void;
}

export const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
