import type { DuckDBConnection } from '@duckdb/node-api';
import type { WindowSummary } from '../profile/stack-sums.ts';
import { queryRows } from './database.ts';
import type { StoredWindow } from './entries.ts';

export interface TimeRange {
  readonly from: number | null;
  readonly to: number | null;
  /** Of those windows only the one with this id. */
  readonly window?: number;
}

/** Windows of some series in a time range: what they are together, and how SQL finds their samples. */
export interface WindowRange {
  readonly summary: WindowSummary;
  /** Condition on `samples`, without label sets; undefined when there is no window. */
  readonly samplesWhere: string | undefined;
}

export const EMPTY_SUMMARY: WindowSummary = { from: null, to: null, profiles: 0, requests: 0, durationNanos: 0n };

/** Condition on `windows`. `series` must not be empty. */
export function windowsWhere(series: readonly number[], { from, to, window }: TimeRange): string {
  const conditions = [`series IN (${series.join()})`];
  if (from !== null) conditions.push(`at_millis >= ${sqlMillis(from)}`);
  if (to !== null) conditions.push(`at_millis < ${sqlMillis(to)}`);
  if (window !== undefined) conditions.push(`id = ${window}`);
  return conditions.join(' AND ');
}

/** Starts are stored in whole milliseconds, rounded down, so a bound between two rounds up. */
const sqlMillis = (millis: number): string => `${Math.ceil(Math.max(-9e15, Math.min(9e15, millis)))}`;

/**
 * Ids follow arrival, so a range of time is nearly always a range of ids; only when other windows of the same series lie
 * between does it take a join.
 */
export async function findWindowRange(
  connection: DuckDBConnection,
  series: readonly number[],
  range: TimeRange,
): Promise<WindowRange> {
  if (series.length === 0) return { summary: EMPTY_SUMMARY, samplesWhere: undefined };
  const where = windowsWhere(series, range);
  const rows = await queryRows(
    connection,
    `SELECT count(*), min(at_millis), max(at_millis + ceil(duration_nanos / 1e6)::BIGINT), count(requests), sum(requests),
       sum(duration_nanos), min(id), max(id) FROM windows WHERE ${where}`,
  );
  const profiles = rows.number(0, 0);
  if (profiles === 0) return { summary: EMPTY_SUMMARY, samplesWhere: undefined };
  const ids = `BETWEEN ${rows.number(6, 0)} AND ${rows.number(7, 0)}`;
  const ofSeries = `series IN (${series.join()})`;
  const between = await queryRows(connection, `SELECT count(*) FROM windows WHERE ${ofSeries} AND id ${ids}`);
  const exact = between.number(0, 0) === profiles;
  return {
    summary: {
      profiles,
      from: rows.number(1, 0),
      to: rows.number(2, 0),
      requests: rows.number(3, 0) === profiles ? rows.number(4, 0) : null,
      durationNanos: rows.bigint(5, 0),
    },
    samplesWhere: `${ofSeries} AND win ${ids}${exact ? '' : ` AND win IN (SELECT id FROM windows WHERE ${where})`}`,
  };
}

/** The same for windows in memory. */
export function summariseWindows(windows: readonly StoredWindow[]): WindowSummary {
  if (windows.length === 0) return EMPTY_SUMMARY;
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  let requests: number | null = 0;
  let durationNanos = 0n;
  for (const window of windows) {
    from = Math.min(from, window.atMillis);
    to = Math.max(to, window.atMillis + Math.ceil(Number(window.durationNanos) / 1e6));
    requests = requests === null || window.requests === null ? null : requests + window.requests;
    durationNanos += window.durationNanos;
  }
  return { from, to, profiles: windows.length, requests, durationNanos };
}

/** Windows of several parts of a query, taken together. */
export function joinSummaries(summaries: readonly WindowSummary[]): WindowSummary {
  const some = summaries.filter(({ profiles }) => profiles > 0);
  if (some.length === 0) return EMPTY_SUMMARY;
  const sum = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b);
  return {
    from: Math.min(...some.map(({ from }) => from ?? Number.POSITIVE_INFINITY)),
    to: Math.max(...some.map(({ to }) => to ?? Number.NEGATIVE_INFINITY)),
    profiles: some.reduce((total, { profiles }) => total + profiles, 0),
    requests: some.reduce<number | null>((total, { requests }) => sum(total, requests), 0),
    durationNanos: some.reduce((total, { durationNanos }) => total + durationNanos, 0n),
  };
}
