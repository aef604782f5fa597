import { expect, it } from 'vitest';
import { createCoalescer } from '../../../server/socket/create-coalescer.ts';
import { createHandClock } from '../../support/hand-clock.ts';

function setUp() {
  const clock = createHandClock(0);
  const sent: string[] = [];
  const coalescer = createCoalescer<string>(clock, 4, (value) => sent.push(`${value}@${clock.now()}`));
  return { clock, sent, coalescer };
}

it('sends the first at once and then the newest of each gap, as in its comment', () => {
  const { clock, sent, coalescer } = setUp();
  coalescer.offer('a');
  clock.advance(2);
  coalescer.offer('b');
  clock.advance(1);
  coalescer.offer('c');
  clock.advance(5);
  coalescer.offer('d');
  clock.advance(10);
  expect(sent).toEqual(['a@0', 'c@4', 'd@8']);
});

it('sends at once again after a quiet time', () => {
  const { clock, sent, coalescer } = setUp();
  coalescer.offer('a');
  clock.advance(100);
  coalescer.offer('b');
  expect(sent).toEqual(['a@0', 'b@100']);
});

it('sends nothing after its end', () => {
  const { clock, sent, coalescer } = setUp();
  coalescer.offer('a');
  coalescer.offer('b');
  coalescer.close();
  coalescer.offer('c');
  clock.advance(100);
  expect(sent).toEqual(['a@0']);
});
