import type { Labels, SeriesTable } from '../../protocol/index.ts';
import { LARGEST_EXACT } from '../profile/wide-sums.ts';

/** Collects points of several series. */
export interface SeriesTableBuilder {
  /** Adds to the point at `atMillis` of the series with these labels. */
  add(labels: Labels, atMillis: number, value: bigint | number): void;
  /** Series in the order of their labels, points oldest first; values beyond ±2^53 saturate, and `saturated` says so. */
  finish(): SeriesTable;
}

export function createSeriesTable(unit: string): SeriesTableBuilder {
  const series = new Map<string, { labels: Labels; points: Map<number, bigint | number> }>();
  return {
    add(labels, atMillis, value) {
      const key = JSON.stringify(Object.entries(labels).sort());
      const found = series.get(key) ?? { labels, points: new Map<number, bigint | number>() };
      series.set(key, found);
      const before = found.points.get(atMillis) ?? 0n;
      const exact = typeof before === 'bigint' && typeof value === 'bigint';
      found.points.set(atMillis, exact ? before + value : Number(before) + Number(value));
    },
    finish() {
      let saturated = false;
      const drawn = (value: bigint | number): number => {
        if (typeof value === 'number' || (value >= -BigInt(LARGEST_EXACT) && value <= BigInt(LARGEST_EXACT)))
          return Number(value);
        saturated = true;
        return value < 0n ? -LARGEST_EXACT : LARGEST_EXACT;
      };
      const ordered = [...series].sort(([a], [b]) => (a < b ? -1 : Number(a > b))).map(([, found]) => found);
      const table = ordered.map(({ labels, points }) => ({
        labels,
        points: [...points].sort(([a], [b]) => a - b).map(([at, value]): [number, number] => [at, drawn(value)]),
      }));
      return { unit, series: table, ...(saturated ? { saturated } : {}) };
    },
  };
}

/** A step in whole milliseconds, at least one. */
export const wholeStep = (stepMillis: number): number => Math.max(1, Math.min(1e15, Math.round(stepMillis)));

/** Start of the step that a time in milliseconds lies in, also before 1970. */
export const sqlBucket = (column: string, step: number): string =>
  `${column} - ((${column} % ${step}) + ${step}) % ${step}`;
