import { expect, test } from 'vitest';
import { createViewers } from '../../../server/traces/viewers.ts';
import { createHandClock } from '../../support/hand-clock.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

function open() {
  const clock = createHandClock();
  const running = new Set<string>();
  const ends = new Map<string, () => void>();
  const viewers = createViewers({
    clock,
    limits: { viewers: 2, viewerMillis: 1_000 },
    async start(id) {
      if (id === 'bad') throw new Error('not a trace');
      running.add(id);
      const ended = new Promise<void>((resolve) => {
        ends.set(id, () => {
          running.delete(id);
          resolve();
        });
      });
      return { url: `http://127.0.0.1/${id}`, ended, end: async () => ends.get(id)?.() };
    },
  });
  return { clock, running, ends, viewers };
}

test('a viewer that is open is used again, and ends some time after it was last opened', async () => {
  const { clock, running, viewers } = open();
  expect(await viewers.open('a')).toBe('http://127.0.0.1/a');
  clock.advance(900);
  expect(await viewers.open('a')).toBe('http://127.0.0.1/a');
  clock.advance(900);
  expect([...running]).toEqual(['a']);
  clock.advance(200);
  expect([...running]).toEqual([]);
});

test('of too many the least recently opened makes way', async () => {
  const { clock, running, viewers } = open();
  await viewers.open('a');
  clock.advance(10);
  await viewers.open('b');
  clock.advance(10);
  await viewers.open('a');
  await viewers.open('c');
  expect([...running].sort()).toEqual(['a', 'c']);
});

test('two clicks at once start one viewer; one that ended by itself is started anew', async () => {
  const { running, ends, viewers } = open();
  await Promise.all([viewers.open('a'), viewers.open('a')]);
  expect([...running]).toEqual(['a']);
  ends.get('a')?.();
  await settle();
  await viewers.open('a');
  expect([...running]).toEqual(['a']);
});

test('many at once leave no more than there may be', async () => {
  const { running, viewers } = open();
  await Promise.all(['a', 'b', 'c', 'd'].map((id) => viewers.open(id)));
  expect([...running].sort()).toEqual(['c', 'd']);
});

test('a trace that is removed while its viewer starts has none afterwards', async () => {
  const ends: string[] = [];
  const viewers = createViewers({
    clock: createHandClock(),
    limits: { viewers: 2, viewerMillis: 1_000 },
    start: (id, signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          ends.push(id);
          reject(new Error('ended'));
        });
      }),
  });
  const opened = viewers.open('a').catch((cause: Error) => cause.message);
  const waits = viewers.open('b').catch((cause: Error) => cause.message);
  await settle();
  await Promise.all([viewers.end('a'), viewers.close()]);
  expect([await opened, await waits, ends]).toEqual(['ended', 'The trace was removed, or the lab stops.', ['a']]);
});

test('one that does not start is not remembered; closing ends all', async () => {
  const { running, viewers } = open();
  await expect(viewers.open('bad')).rejects.toThrow('not a trace');
  await expect(viewers.open('bad')).rejects.toThrow('not a trace');
  await viewers.open('a');
  await viewers.close();
  expect([...running]).toEqual([]);
});
