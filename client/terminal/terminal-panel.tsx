import '@xterm/xterm/css/xterm.css';
import { useEffect, useRef, useState } from 'react';
import { type TerminalStore, type TerminalTab, useStore } from '../state/index.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Button, EmptyState, IconButton } from '../ui/index.ts';
import { TerminalTabs } from './terminal-tabs.tsx';
import { useScreens } from './use-screens.ts';
import './terminal.css';

export interface TerminalPanelProps {
  readonly terminals: TerminalStore;
  /** The page's theme: a change of it restyles the screens. */
  readonly theme: string;
  /** The keyboard goes to a shell, or no longer does. */
  readonly onTyping: (typing: boolean) => void;
}

export function TerminalPanel({ terminals, theme, onTyping }: TerminalPanelProps) {
  const { tabs, active } = useStore(terminals.store, (state) => state);
  const [link, setLink] = useState<string | null>(null);
  const shown = tabs.find((tab) => tab.id === active);
  const host = useRef<HTMLDivElement>(null);
  const screens = useScreens({ terminals, ids: tabs.map((tab) => tab.id), theme, onLink: setLink });

  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab in front is the event
  useEffect(() => {
    const screen = active === null ? undefined : screens.get(active);
    const parent = host.current;
    if (!screen || !parent) return;
    screen.show(parent);
    screen.fit();
    const watch = new ResizeObserver(() => screen.fit());
    watch.observe(parent);
    const shownNow = new AbortController();
    parent.addEventListener('focusin', () => onTyping(true), shownNow);
    parent.addEventListener('focusout', () => onTyping(false), shownNow);
    return () => {
      shownNow.abort();
      onTyping(false);
      watch.disconnect();
    };
  }, [active, screens, tabs.length, onTyping]);

  if (!shown) {
    return (
      <EmptyState
        icon="terminal"
        title="No terminal is open"
        action={
          <Button look="primary" onClick={() => terminals.add()}>
            Open a terminal
          </Button>
        }
      >
        A shell in your workspace: run tests, ask <code>go tool pprof</code>, or anything else.
      </EmptyState>
    );
  }
  return (
    <section className="terminal-panel" aria-label="Terminals">
      <header className="terminal-bar">
        <TerminalTabs tabs={tabs} active={shown.id} terminals={terminals} />
        <IconButton icon="terminal" label="Open another terminal" onClick={() => terminals.add()} />
      </header>
      <TerminalNote tab={shown} />
      <div className="terminal-screen" ref={host} />
      {link !== null && (
        <ConfirmDialog
          title="Open this link?"
          confirm="Open it in a new tab"
          onCancel={() => setLink(null)}
          onConfirm={() => {
            window.open(link, '_blank', 'noopener,noreferrer');
            setLink(null);
          }}
        >
          A program in the terminal printed it: <code>{link}</code>
        </ConfirmDialog>
      )}
    </section>
  );
}

function TerminalNote({ tab }: { readonly tab: TerminalTab }) {
  if (tab.state === 'open') return null;
  const text = tab.state === 'opening' ? 'Opening a shell …' : exitText(tab.exit);
  return (
    <p className="terminal-note" role="status">
      {text}
    </p>
  );
}

function exitText(exit: number | null): string {
  const how = exit === null ? 'This shell is gone.' : `This shell ended with exit code ${exit}.`;
  return `${how} Close the tab, or open another terminal.`;
}
