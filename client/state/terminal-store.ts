import type { ServerMessage } from '../../protocol/index.ts';
import type { LabSocket } from '../connection/index.ts';
import { createStore, type ReadStore } from './store.ts';

export type TerminalTab = { id: string; title: string; state: 'opening' | 'open' | 'exited'; exit: number | null };
export type TerminalState = { tabs: readonly TerminalTab[]; active: string | null };
export type TerminalSize = { cols: number; rows: number };

export type TerminalStore = {
  store: ReadStore<TerminalState>;
  add(): string;
  select(id: string): void;
  close(id: string): void;
  /** Types `command` and Enter into the active terminal, opening one if there is none. */
  run(command: string): void;
  /** A screen takes a terminal's output, from the first character on; `written` says how much of it was drawn. */
  attach(id: string, size: TerminalSize, write: (text: string, written: () => void) => void): () => void;
  type(id: string, text: string): void;
  resize(id: string, size: TerminalSize): void;
  noticeOutput(message: ServerMessage<'terminal:written'>): void;
  noticeExit(message: ServerMessage<'terminal:exited'>): void;
  /** The ptys are gone with the server or the connection. */
  startOver(): void;
};

/** Pasted text goes in pieces: a message of the page may have 16 KB, and a character up to 4 bytes. */
const TYPED_AT_ONCE = 4_000;

/**
 * Terminals as tabs. Each lives as long as its pty; output goes straight to the attached screen and is never state. The lab
 * sends more only after `terminal:drain` says what was drawn, so `yes` can't flood the page.
 */
export function createTerminalStore(socket: Pick<LabSocket, 'send'>, newId: () => string): TerminalStore {
  const store = createStore<TerminalState>({ tabs: [], active: null });
  const screens = new Map<string, (text: string) => void>();
  /** Typed before the pty is there; sent with its first output. */
  const waiting = new Map<string, string>();
  let count = 0;
  const tabOf = (id: string) => store.get().tabs.find((tab) => tab.id === id);
  const change = (id: string, patch: Partial<TerminalTab>) =>
    store.patch({ tabs: store.get().tabs.map((tab) => (tab.id === id ? { ...tab, ...patch } : tab)) });
  const send = (id: string, text: string) => {
    for (let at = 0; at < text.length; at += TYPED_AT_ONCE) {
      socket.send('terminal:type', { terminal: id, text: text.slice(at, at + TYPED_AT_ONCE) });
    }
  };
  const forget = (id: string) => {
    screens.delete(id);
    waiting.delete(id);
    const tabs = store.get().tabs.filter((tab) => tab.id !== id);
    const { active } = store.get();
    store.set({ tabs, active: active === id ? (tabs.at(-1)?.id ?? null) : active });
  };
  const add = () => {
    const id = newId();
    count += 1;
    const tab: TerminalTab = { id, title: `Terminal ${count}`, state: 'opening', exit: null };
    store.set({ tabs: [...store.get().tabs, tab], active: id });
    return id;
  };

  return {
    store,
    add,
    select: (active) => store.patch({ active }),
    close(id) {
      if (tabOf(id)?.state !== 'exited') socket.send('terminal:close', { terminal: id });
      forget(id);
    },
    run(command) {
      const active = tabOf(store.get().active ?? '');
      const id = active && active.state !== 'exited' ? active.id : add();
      const typed = `${command}\r`;
      if (tabOf(id)?.state === 'open') send(id, typed);
      else waiting.set(id, (waiting.get(id) ?? '') + typed);
    },
    attach(id, size, write) {
      screens.set(id, (text) =>
        write(text, () => socket.send('terminal:drain', { terminal: id, characters: text.length })),
      );
      socket.send('terminal:open', { terminal: id, ...size });
      return () => {
        screens.delete(id);
      };
    },
    type: send,
    resize: (id, size) => {
      if (tabOf(id)?.state !== 'exited') socket.send('terminal:resize', { terminal: id, ...size });
    },
    noticeOutput({ terminal, text }) {
      if (tabOf(terminal)?.state === 'opening') change(terminal, { state: 'open' });
      screens.get(terminal)?.(text);
      const typed = waiting.get(terminal);
      waiting.delete(terminal);
      if (typed !== undefined) send(terminal, typed);
    },
    noticeExit: ({ terminal, exit }) => change(terminal, { state: 'exited', exit }),
    startOver() {
      screens.clear();
      waiting.clear();
      store.set({
        tabs: store.get().tabs.map((tab) => ({ ...tab, state: 'exited', exit: null })),
        active: store.get().active,
      });
    },
  };
}
