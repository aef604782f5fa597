import { expect, it } from 'vitest';
import { createOutputBatch } from '../../../server/terminal/output-batch.ts';
import { createHandClock } from '../../support/hand-clock.ts';

function setUp() {
  const clock = createHandClock(0);
  const sent: string[] = [];
  return { clock, sent, batch: createOutputBatch(clock, (text) => sent.push(text)) };
}

it('sends the first piece at once and the following ones together', () => {
  const { clock, sent, batch } = setUp();
  batch.add('a');
  batch.add('b');
  batch.add('c');
  expect(sent).toEqual(['a']);
  clock.advance(10);
  expect(sent).toEqual(['a', 'bc']);
});

it('cuts a flood into frames of 16,000 characters and loses none', () => {
  const { clock, sent, batch } = setUp();
  batch.add('x');
  for (let i = 0; i < 40; i++) batch.add('y'.repeat(1_000));
  clock.advance(10);
  expect(sent.map((text) => text.length)).toEqual([1, 16_000, 16_000, 8_000]);
});

it('sends what waits when the shell has ended', () => {
  const { sent, batch } = setUp();
  batch.add('a');
  batch.add('b');
  batch.flush();
  expect(sent).toEqual(['a', 'b']);
});
