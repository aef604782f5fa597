import type { Readable, Writable } from 'node:stream';
import type { Clock } from '../clock.ts';

/** A language server that runs and talks on its pipes. */
export interface LanguageProgram {
  readonly input: Writable;
  readonly output: Readable;
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<unknown>;
  end(): Promise<void>;
}

export interface LanguageParts {
  /** The folder of the Go module. */
  readonly root: string;
  readonly clock: Clock;
  log(message: string): void;
  /** Null: none is installed, or it can't be used. */
  start(): Promise<LanguageProgram | null>;
}
