import type { BlockSums } from '../../server/profile/index.ts';

export interface DrawnWindow {
  /** `main;f 10` per line, root first. */
  readonly text: string;
  readonly requests: number | null;
  readonly seconds?: number;
}

/** One block for each window; nanoseconds of CPU. */
export function blockSumsFromText(windows: readonly DrawnWindow[]): BlockSums {
  const names: string[] = [];
  const paths = new Map<string, number>();
  const values: bigint[] = [];
  const cells: { block: number; stack: number; value: number }[] = [];
  windows.forEach(({ text }, block) => {
    for (const row of text.split('\n')) {
      const [path = '', amount = '0'] = row.split(' ');
      const stack = paths.get(path) ?? paths.size;
      paths.set(path, stack);
      values[stack] = (values[stack] ?? 0n) + BigInt(amount);
      cells.push({ block, stack, value: Number(amount) });
    }
  });
  const start = [0];
  const frame: number[] = [];
  for (const path of paths.keys()) {
    for (const name of path.split(';').reverse()) {
      if (!names.includes(name)) names.push(name);
      frame.push(names.indexOf(name));
    }
    start.push(frame.length);
  }
  const nanosOf = ({ seconds = 1 }: DrawnWindow): bigint => BigInt(seconds * 1e9);
  const requests = windows.reduce<number | null>(
    (sum, window) => (sum === null || window.requests === null ? null : sum + window.requests),
    0,
  );
  return {
    sums: {
      type: { type: 'cpu', unit: 'nanoseconds' },
      functions: names.map((name) => ({ name, systemName: name, file: `${name}.go`, startLine: 1 })),
      start: Uint32Array.from(start),
      frame: Uint32Array.from(frame),
      line: Float64Array.from(frame, () => 1),
      values: BigInt64Array.from(values),
      window: {
        from: 0,
        to: 1_000 * windows.length,
        profiles: windows.length,
        requests,
        durationNanos: windows.reduce((sum, window) => sum + nanosOf(window), 0n),
      },
    },
    blocks: windows.map((window, index) => ({
      from: 1_000 * index,
      profiles: 1,
      requests: window.requests,
      durationNanos: nanosOf(window),
    })),
    block: Uint32Array.from(cells, (cell) => cell.block),
    stack: Uint32Array.from(cells, (cell) => cell.stack),
    value: Float64Array.from(cells, (cell) => cell.value),
  };
}
