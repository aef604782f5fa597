import type { Clock } from '../../clock.ts';
import { ansiFromLine, type Line } from './line.ts';
import type { Size } from './screen-state.ts';

/** What a screen needs of `process.stdout`. */
export interface ScreenOutput {
  readonly columns: number;
  readonly rows: number;
  write(text: string): unknown;
  on(event: 'resize', listener: () => void): unknown;
  off(event: 'resize', listener: () => void): unknown;
}

export interface ScreenOptions {
  readonly output: ScreenOutput;
  readonly clock: Clock;
  readonly colour: boolean;
  /** A line for each row at most. */
  draw(size: Size): readonly Line[];
}

export interface Screen {
  /** Draws again soon. */
  changed(): void;
  close(): void;
}

/** At most ten pictures a second. */
const GAP_MILLIS = 100;
/** The alternate buffer, without a cursor; and back. */
const ENTER = '\x1b[?1049h\x1b[?25l\x1b[2J';
export const LEAVE = '\x1b[?25h\x1b[?1049l';

/** Draws on the terminal's alternate buffer; only rows that differ are written. */
export function openScreen({ output, clock, colour, draw }: ScreenOptions): Screen {
  let shown: string[] = [];
  let drawnMillis = Number.NEGATIVE_INFINITY;
  let cancel: (() => void) | null = null;
  const paint = (): void => {
    cancel = null;
    drawnMillis = clock.now();
    const lines = draw({ columns: output.columns, rows: output.rows }).map((line) => ansiFromLine(line, colour));
    const changes = lines.map((line, row) => (line === shown[row] ? '' : `\x1b[${row + 1};1H\x1b[2K${line}`)).join('');
    shown = lines;
    if (changes !== '') output.write(changes);
  };
  const changed = (): void => {
    cancel ??= clock.after(Math.max(0, drawnMillis + GAP_MILLIS - clock.now()), paint);
  };
  const resized = (): void => {
    shown = [];
    output.write('\x1b[2J');
    changed();
  };
  output.write(ENTER);
  output.on('resize', resized);
  changed();
  return {
    changed,
    close() {
      cancel?.();
      cancel = () => {};
      output.off('resize', resized);
      output.write(LEAVE);
    },
  };
}
