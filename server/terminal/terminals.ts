/** A shell in the workspace folder, as its user sees it. */
export interface Terminal {
  type(text: string): void;
  resize(size: TerminalSize): void;
  /** Flow control: so many more characters of output have been drawn. */
  drain(characters: number): void;
  /** Ends the shell and everything that descends from it; resolves when nothing of it runs any more. */
  close(): Promise<void>;
}

export interface TerminalSize {
  readonly cols: number;
  readonly rows: number;
}

export interface TerminalListener {
  written(text: string): void;
  /** Once, at the end: the shell's exit code, null when a signal ended it. */
  exited(exit: number | null): void;
}

export interface Terminals {
  /** Throws `busy` when too many are open. */
  open(size: TerminalSize, listener: TerminalListener): Terminal;
  /** Closes all of them. */
  close(): Promise<void>;
}
