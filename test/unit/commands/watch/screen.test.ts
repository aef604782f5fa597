import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { span } from '../../../../server/commands/watch/line.ts';
import { openScreen } from '../../../../server/commands/watch/screen.ts';
import { createHandClock } from '../../../support/hand-clock.ts';

class Output extends EventEmitter {
  columns = 80;
  rows = 24;
  written: string[] = [];
  write(text: string): void {
    this.written.push(text);
  }
}

function open() {
  const output = new Output();
  const clock = createHandClock();
  const rows = ['one', 'two'];
  let pictures = 0;
  const screen = openScreen({
    output,
    clock,
    colour: false,
    draw() {
      pictures += 1;
      return rows.map((text) => [span(text)]);
    },
  });
  return { output, clock, rows, screen, pictures: () => pictures };
}

test('however often it changes, ten pictures a second are drawn, the last one too', () => {
  const { clock, screen, rows, output, pictures } = open();
  clock.advance(0);
  for (let at = 0; at < 1_000; at++) {
    rows[0] = `${at}`;
    screen.changed();
    clock.advance(1);
  }
  expect(pictures()).toBeLessThanOrEqual(11);
  clock.advance(100);
  expect(output.written.at(-1)).toBe('\x1b[1;1H\x1b[2K999');
});

test('only rows that differ are written; after a resize all of them', () => {
  const { clock, screen, rows, output } = open();
  clock.advance(0);
  expect(output.written.at(-1)).toBe('\x1b[1;1H\x1b[2Kone\x1b[2;1H\x1b[2Ktwo');
  rows[1] = 'three';
  screen.changed();
  clock.advance(100);
  expect(output.written.at(-1)).toBe('\x1b[2;1H\x1b[2Kthree');
  output.emit('resize');
  clock.advance(100);
  expect(output.written.slice(-2)).toEqual(['\x1b[2J', '\x1b[1;1H\x1b[2Kone\x1b[2;1H\x1b[2Kthree']);
});

test('it enters the alternate buffer, leaves it, and draws no more then', () => {
  const { clock, screen, output } = open();
  expect(output.written).toEqual(['\x1b[?1049h\x1b[?25l\x1b[2J']);
  clock.advance(0);
  screen.changed();
  screen.close();
  expect(output.written.at(-1)).toBe('\x1b[?25h\x1b[?1049l');
  screen.changed();
  output.emit('resize');
  clock.advance(1_000);
  expect(output.written.at(-1)).toBe('\x1b[?25h\x1b[?1049l');
});
