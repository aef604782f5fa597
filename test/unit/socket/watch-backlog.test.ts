import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { watchBacklog } from '../../../server/socket/watch-backlog.ts';

function setUp() {
  const queue = new EventEmitter();
  let cuts = 0;
  watchBacklog(queue, () => {
    cuts += 1;
  });
  return {
    put: (data: unknown) => queue.emit('packetCreate', { data }),
    flush: () => queue.emit('flush'),
    cuts: () => cuts,
  };
}

it('cuts a viewer at the 65th packet that waits, once', () => {
  const { put, cuts } = setUp();
  for (let i = 0; i < 64; i++) put('x');
  expect(cuts()).toBe(0);
  put('x');
  put('x');
  expect(cuts()).toBe(1);
});

it('cuts a viewer at more than 1 MB that waits, counted in bytes', () => {
  const { put, cuts } = setUp();
  put('ä'.repeat(512 * 1024));
  expect(cuts()).toBe(0);
  put(new Uint8Array(1));
  expect(cuts()).toBe(1);
});

it('leaves a viewer alone who keeps up', () => {
  const { put, flush, cuts } = setUp();
  for (let i = 0; i < 1_000; i++) {
    put('x'.repeat(10_000));
    if (i % 50 === 49) flush();
  }
  expect(cuts()).toBe(0);
});
