import type { Dictionaries } from './dictionaries.ts';
import type { StoredPoint, StoredWindow } from './entries.ts';
import type { Batch } from './journal.ts';
import { BANK_WIDTH } from './schema.ts';
import type { TableWriter } from './table-writer.ts';

/** Appends the windows and points of batches to the tables, within the transaction that is open. */
export async function writeBatches(
  tables: TableWriter,
  dictionaries: Dictionaries,
  batches: readonly Batch[],
): Promise<void> {
  const windows = batches.flatMap((batch) => batch.windows);
  await writeWindows(tables, windows);
  await writeSamples(tables, dictionaries, windows);
  await writePoints(
    tables,
    batches.flatMap((batch) => batch.points),
  );
}

async function writeWindows(writer: TableWriter, windows: readonly StoredWindow[]): Promise<void> {
  await writer.append('windows', windows.length, [
    (row) => windows[row]?.id ?? null,
    (row) => windows[row]?.series ?? null,
    (row) => windows[row]?.header ?? null,
    (row) => BigInt(windows[row]?.atMillis ?? 0),
    (row) => belowMillis(windows[row]),
    (row) => windows[row]?.durationNanos ?? null,
    (row) => windows[row]?.period ?? null,
    (row) => windows[row]?.requests ?? null,
    (row) => windows[row]?.samples ?? null,
    (row) => windows[row]?.pinned ?? false,
  ]);
}

function belowMillis(window: StoredWindow | undefined): number | null {
  if (window === undefined || window.timeNanos === 0n) return null;
  return Number(window.timeNanos - BigInt(window.atMillis) * 1_000_000n);
}

/** All windows of a batch together, bank by bank, so that chunks are full. */
async function writeSamples(
  writer: TableWriter,
  dictionaries: Dictionaries,
  windows: readonly StoredWindow[],
): Promise<void> {
  for (let bank = 0; ; bank++) {
    const wide = windows.filter(({ types }) => types > bank * BANK_WIDTH);
    if (wide.length === 0) return;
    const rows = bankRows(dictionaries, wide, bank);
    await writer.append('new_samples', rows.count, [
      (row) => rows.windows[row] ?? 0,
      (row) => rows.series[row] ?? 0,
      () => bank,
      (row) => rows.stacks[row] ?? 0,
      (row) => rows.labelSets[row] ?? 0,
      ...rows.values.map((values) => (row: number) => values[row] ?? 0n),
    ]);
  }
}

/** A type that is derived keeps 0 in its column: a column of zeros takes no space. */
function bankRows({ series, shapes }: Dictionaries, windows: readonly StoredWindow[], bank: number) {
  const count = windows.reduce((total, { samples }) => total + samples, 0);
  const ints = (): Int32Array => new Int32Array(count);
  const rows = { count, windows: ints(), series: ints(), stacks: ints(), labelSets: ints() };
  const values = Array.from({ length: BANK_WIDTH }, () => new BigInt64Array(count));
  let from = 0;
  for (const window of windows) {
    const { samples, types } = window;
    rows.windows.fill(window.id, from, from + samples);
    rows.series.fill(window.series, from, from + samples);
    rows.stacks.set(window.stacks, from);
    rows.labelSets.set(window.labelSets, from);
    const derived = shapes.get(series.get(window.series).shape).derived?.type;
    values.forEach((column, index) => {
      const type = bank * BANK_WIDTH + index;
      if (type >= types || type === derived) return;
      for (let sample = 0; sample < samples; sample++)
        column[from + sample] = window.values[sample * types + type] ?? 0n;
    });
    from += samples;
  }
  return { ...rows, values };
}

async function writePoints(writer: TableWriter, points: readonly StoredPoint[]): Promise<void> {
  await writer.append('points', points.length, [
    (row) => points[row]?.series ?? null,
    (row) => BigInt(points[row]?.atMillis ?? 0),
    (row) => points[row]?.value ?? null,
  ]);
}
