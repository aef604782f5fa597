import { FitAddon } from '@xterm/addon-fit';
import { type ITheme, Terminal } from '@xterm/xterm';
import type { TerminalSize, TerminalStore } from '../state/index.ts';

export type Screen = {
  /** Puts the screen into `parent`, or moves it there. */
  show(parent: HTMLElement): void;
  fit(): void;
  focus(): void;
  /** Takes colours and type size from the page's tokens again. */
  restyle(): void;
  dispose(): void;
};

export type ScreenOptions = {
  id: string;
  terminals: TerminalStore;
  /** A link of the output was clicked; nothing opens by itself. */
  onLink: (url: string) => void;
};

const SCROLLBACK = 5_000;
/** OSC 52 would let any printed text write to, or read, the clipboard. */
const CLIPBOARD_SEQUENCE = 52;

/** One xterm that lives as long as its terminal, also while its tab is not shown. */
export function createScreen({ id, terminals, onLink }: ScreenOptions): Screen {
  const host = document.createElement('div');
  host.className = 'terminal-host';
  const terminal = new Terminal({
    scrollback: SCROLLBACK,
    cursorBlink: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    screenReaderMode: true,
    linkHandler: { activate: (_event, url) => onLink(url), allowNonHttpProtocols: false },
    ...lookOfTokens(),
  });
  const fitter = new FitAddon();
  terminal.loadAddon(fitter);
  terminal.parser.registerOscHandler(CLIPBOARD_SEQUENCE, () => true);
  terminal.onData((text) => terminals.type(id, text));
  terminal.onResize((size) => terminals.resize(id, size));
  let detach: (() => void) | null = null;

  return {
    show(parent) {
      parent.replaceChildren(host);
      if (!detach) {
        terminal.open(host);
        fitter.fit();
        detach = terminals.attach(id, sizeOf(terminal), (text, written) => terminal.write(text, written));
      }
    },
    fit: () => {
      if (host.isConnected && host.clientHeight > 0) fitter.fit();
    },
    focus: () => terminal.focus(),
    restyle() {
      terminal.options = lookOfTokens();
      fitter.fit();
    },
    dispose() {
      detach?.();
      terminal.dispose();
      host.remove();
    },
  };
}

function sizeOf({ cols, rows }: Terminal): TerminalSize {
  return { cols: Math.max(cols, 2), rows: Math.max(rows, 2) };
}

function lookOfTokens(): { theme: ITheme; fontFamily: string; fontSize: number; minimumContrastRatio: number } {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    theme: {
      background: token('--surface-sunken'),
      foreground: token('--text'),
      cursor: token('--accent'),
      cursorAccent: token('--surface-sunken'),
      selectionBackground: token('--surface-selected'),
      selectionForeground: token('--text'),
    },
    fontFamily: token('--font-code') || 'monospace',
    fontSize: Math.round(Number.parseFloat(style.fontSize) * 0.8125),
    // Programs choose their own colours; this keeps them readable on both backgrounds.
    minimumContrastRatio: 4.5,
  };
}
