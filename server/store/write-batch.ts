import type { Dictionaries } from './dictionaries.ts';
import { textDictionaries } from './dictionaries.ts';
import type { StoredWindow } from './entries.ts';
import { BANK_WIDTH } from './schema.ts';
import type { TableWriter } from './table-writer.ts';

export interface StoredPoint {
  /** Id of its metric series. */
  readonly series: number;
  readonly atMillis: number;
  readonly value: number;
}

/** Appends windows and points, and first every dictionary entry that isn't in the file yet. */
export async function writeBatch(
  writer: TableWriter,
  dictionaries: Dictionaries,
  batch: { readonly windows: readonly StoredWindow[]; readonly points: readonly StoredPoint[] },
): Promise<void> {
  await writeTexts(writer, dictionaries);
  await writeLocations(writer, dictionaries);
  await writeStacks(writer, dictionaries);
  const uses = dictionaries.labelUse.pending();
  await writer.append('series_label_sets', uses.length, [(row) => uses[row]?.[0] ?? 0, (row) => uses[row]?.[1] ?? 0]);
  await writeWindows(writer, batch.windows);
  await writeSamples(writer, dictionaries, batch.windows);
  await writePoints(writer, batch.points);
}

async function writeTexts(writer: TableWriter, dictionaries: Dictionaries): Promise<void> {
  const rows = textDictionaries(dictionaries).flatMap(([tag, dictionary]) =>
    dictionary.pendingTexts().map(([id, text]) => ({ tag, id, text })),
  );
  await writer.append('texts', rows.length, [
    (row) => rows[row]?.tag ?? null,
    (row) => rows[row]?.id ?? null,
    (row) => rows[row]?.text ?? null,
  ]);
}

async function writeLocations(writer: TableWriter, { locations }: Dictionaries): Promise<void> {
  const rows: { id: number; position: number }[] = [];
  for (let id = locations.persisted; id < locations.length; id++) {
    for (let position = 0; position < Math.max(1, locations.lineCount(id)); position++) rows.push({ id, position });
  }
  const at = (row: number): { id: number; position: number } => rows[row] ?? { id: 0, position: 0 };
  const hasLine = (row: number): boolean => at(row).position < locations.lineCount(at(row).id);
  await writer.append('locations', rows.length, [
    (row) => at(row).id,
    (row) => at(row).position,
    (row) => locations.mapping(at(row).id),
    (row) => locations.address(at(row).id),
    (row) => locations.isFolded(at(row).id),
    (row) => (hasLine(row) ? locations.lineFunction(at(row).id, at(row).position) : -1),
    (row) => (hasLine(row) ? locations.lineNumber(at(row).id, at(row).position) : 0),
    (row) => (hasLine(row) ? locations.lineColumn(at(row).id, at(row).position) : 0),
  ]);
}

async function writeStacks(writer: TableWriter, { stacks }: Dictionaries): Promise<void> {
  const from = stacks.persisted;
  await writer.append('stacks', stacks.length - from, [
    (row) => from + row,
    (row) => stacks.parent(from + row),
    (row) => stacks.item(from + row),
  ]);
}

async function writeWindows(writer: TableWriter, windows: readonly StoredWindow[]): Promise<void> {
  await writer.append('windows', windows.length, [
    (row) => windows[row]?.id ?? null,
    (row) => windows[row]?.series ?? null,
    (row) => windows[row]?.header ?? null,
    (row) => BigInt(windows[row]?.atMillis ?? 0),
    (row) => windows[row]?.timeNanos ?? null,
    (row) => windows[row]?.durationNanos ?? null,
    (row) => windows[row]?.period ?? null,
    (row) => windows[row]?.requests ?? null,
    (row) => windows[row]?.sourceBytes ?? null,
    (row) => windows[row]?.samples ?? null,
    () => null,
  ]);
}

/** A window whose type is derived keeps 0 in its column: a column of zeros takes no space. */
async function writeSamples(
  writer: TableWriter,
  { series, shapes }: Dictionaries,
  windows: readonly StoredWindow[],
): Promise<void> {
  for (const window of windows) {
    const derived = shapes.get(series.get(window.series).shape).derived?.type;
    for (let bank = 0; bank * BANK_WIDTH < window.types; bank++) {
      const value = (column: number) => {
        const type = bank * BANK_WIDTH + column;
        if (type >= window.types || type === derived) return () => 0n;
        return (row: number) => window.values[row * window.types + type] ?? 0n;
      };
      await writer.append('samples', window.samples, [
        () => window.id,
        () => window.series,
        () => bank,
        (row) => window.stacks[row] ?? 0,
        (row) => window.labelSets[row] ?? 0,
        value(0),
        value(1),
        value(2),
        value(3),
      ]);
    }
  }
}

async function writePoints(writer: TableWriter, points: readonly StoredPoint[]): Promise<void> {
  await writer.append('points', points.length, [
    (row) => points[row]?.series ?? null,
    (row) => BigInt(points[row]?.atMillis ?? 0),
    (row) => points[row]?.value ?? null,
  ]);
}
