import { expect, test } from 'vitest';
import { createTerminalStore } from '../../../../client/state/index.ts';
import type { ClientEvent } from '../../../../protocol/index.ts';
import { clientEvents } from '../../../../protocol/index.ts';

/** Records what is sent; each message must be one that the server's door lets in. */
function openTerminals() {
  const sent: { event: ClientEvent; message: Record<string, unknown> }[] = [];
  let count = 0;
  const terminals = createTerminalStore(
    {
      send(event, message) {
        clientEvents[event].parse(message);
        sent.push({ event, message });
      },
    },
    () => `t-${count++}`,
  );
  const typed = () => sent.filter(({ event }) => event === 'terminal:type').map(({ message }) => message.text);
  return { terminals, sent, typed };
}
const SIZE = { cols: 80, rows: 24 };

test('a command run without a terminal opens one and is typed when its shell speaks', () => {
  const { terminals, typed } = openTerminals();
  terminals.run('go test ./...');
  terminals.attach('t-0', SIZE, () => {});
  expect(typed()).toEqual([]);
  terminals.noticeOutput({ terminal: 't-0', text: '$ ' });
  expect(typed()).toEqual(['go test ./...\r']);
  terminals.run('ls');
  expect(typed()).toEqual(['go test ./...\r', 'ls\r']);
});

test('a command goes to a new terminal when the active one has ended', () => {
  const { terminals } = openTerminals();
  terminals.add();
  terminals.noticeExit({ terminal: 't-0', exit: 0 });
  terminals.run('ls');
  expect(terminals.store.get()).toMatchObject({ active: 't-1', tabs: [{ state: 'exited' }, { state: 'opening' }] });
});

test('output is acknowledged only when it was drawn', () => {
  const { terminals, sent } = openTerminals();
  terminals.add();
  const drawn: (() => void)[] = [];
  terminals.attach('t-0', SIZE, (_text, written) => drawn.push(written));
  terminals.noticeOutput({ terminal: 't-0', text: 'hello' });
  expect(sent.some(({ event }) => event === 'terminal:drain')).toBe(false);
  drawn[0]?.();
  expect(sent.at(-1)).toEqual({ event: 'terminal:drain', message: { terminal: 't-0', characters: 5 } });
});

test('a long paste goes in pieces that the lab accepts, in order', () => {
  const { terminals, typed } = openTerminals();
  terminals.add();
  const paste = 'é'.repeat(20_000);
  terminals.type('t-0', paste);
  expect(typed().join('')).toBe(paste);
  expect(typed().every((text) => Buffer.byteLength(String(text)) < 16_000)).toBe(true);
});

test('closing the tab in front brings the last other one to the front and ends its shell', () => {
  const { terminals, sent } = openTerminals();
  terminals.add();
  terminals.add();
  terminals.close('t-1');
  expect(sent.at(-1)).toEqual({ event: 'terminal:close', message: { terminal: 't-1' } });
  expect(terminals.store.get().active).toBe('t-0');
  terminals.close('t-0');
  expect(terminals.store.get()).toEqual({ tabs: [], active: null });
});

test('with the connection the shells are gone, and a resize of a dead one is not sent', () => {
  const { terminals, sent } = openTerminals();
  terminals.add();
  terminals.startOver();
  expect(terminals.store.get().tabs[0]).toMatchObject({ state: 'exited', exit: null });
  terminals.resize('t-0', SIZE);
  expect(sent).toEqual([]);
});
