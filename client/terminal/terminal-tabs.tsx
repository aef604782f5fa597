import type { KeyboardEvent } from 'react';
import type { TerminalStore, TerminalTab } from '../state/index.ts';
import { IconButton } from '../ui/index.ts';

export interface TerminalTabsProps {
  readonly tabs: readonly TerminalTab[];
  readonly active: string;
  readonly terminals: TerminalStore;
}

/** Tabs that can be closed: each has its closing button beside it, and Delete closes the focused one. */
export function TerminalTabs({ tabs, active, terminals }: TerminalTabsProps) {
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const at = tabs.findIndex((tab) => tab.id === active);
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (event.key === 'Delete') terminals.close(active);
    else if (step !== 0 && next) {
      terminals.select(next.id);
      document.getElementById(`terminal-tab-${next.id}`)?.focus();
    }
  };
  return (
    <div className="terminal-tabs">
      <div role="tablist" aria-label="Terminals" onKeyDown={move}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`terminal-tab-${tab.id}`}
            aria-selected={tab.id === active}
            tabIndex={tab.id === active ? 0 : -1}
            onClick={() => terminals.select(tab.id)}
          >
            {tab.title}
          </button>
        ))}
      </div>
      <IconButton icon="close" label="Close this terminal" onClick={() => terminals.close(active)} />
    </div>
  );
}
