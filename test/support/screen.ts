import type { TerminalListener } from '../../server/terminal/terminals.ts';

/** What a terminal has written, with a way to wait for a text. */
export interface Screen {
  readonly listener: TerminalListener;
  readonly exited: Promise<number | null>;
  text(): string;
  clear(): void;
  onText(listener: (text: string) => void): void;
  until(wanted: string | RegExp | ((text: string) => boolean)): Promise<void>;
}

export function createScreen(): Screen {
  let written = '';
  const watchers = new Set<(text: string) => void>();
  let sayExited: (exit: number | null) => void = () => {};
  const exited = new Promise<number | null>((resolve) => {
    sayExited = resolve;
  });
  return {
    listener: {
      written(text) {
        written += text;
        for (const watcher of watchers) watcher(text);
      },
      exited: (exit) => sayExited(exit),
    },
    exited,
    text: () => written,
    clear() {
      written = '';
    },
    onText: (listener) => watchers.add(listener),
    until(wanted) {
      const isThere = () => {
        if (typeof wanted === 'string') return written.includes(wanted);
        return typeof wanted === 'function' ? wanted(written) : wanted.test(written);
      };
      return new Promise((resolve) => {
        const look = () => {
          if (!isThere()) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      });
    },
  };
}
