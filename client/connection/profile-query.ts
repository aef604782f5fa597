import type { DiffPer } from '../../protocol/index.ts';

/** Which windows: a PromQL selector and a time range in Unix milliseconds; null = open. */
export interface Window {
  readonly match: string;
  readonly from: number | null;
  readonly to: number | null;
}

/** How stacks are read: the sample type (null: the kind's default) and RE2 patterns as in `go tool pprof`. */
export interface Reading {
  readonly kind: string;
  readonly type: string | null;
  readonly focus: string | null;
  readonly ignore: string | null;
  readonly hide: string | null;
}

export interface ProfileQuery extends Window, Reading {}

export interface DiffQuery extends Reading {
  readonly a: Window;
  readonly b: Window;
  readonly per: DiffPer;
}

export interface SeriesQuery extends Window {
  readonly kind: string;
  readonly type: string | null;
  readonly stepMillis: number | null;
  /** Labels that the series are told apart by. */
  readonly by: readonly string[];
}

export type QueryValues = Record<string, string | number | undefined>;

/** As the lab's routes spell it; what isn't set is left out. */
export function parametersOf({ match, from, to, ...reading }: ProfileQuery): QueryValues {
  return { ...setOnly(reading), ...windowParameters('', { match, from, to }) };
}

export function exportParameters(query: ProfileQuery, after: Window | null, per: DiffPer | null): QueryValues {
  return {
    ...parametersOf(query),
    ...(after === null ? {} : { ...windowParameters('b.', after), ...setOnly({ per }) }),
  };
}

export function diffParameters({ a, b, per, ...reading }: DiffQuery): QueryValues {
  return { ...setOnly(reading), per, ...windowParameters('a.', a), ...windowParameters('b.', b) };
}

export function seriesParameters({ kind, type, stepMillis, by, ...window }: SeriesQuery): QueryValues {
  const step = stepMillis ?? undefined;
  return { ...setOnly({ kind, type }), step, by: by.join() || undefined, ...windowParameters('', window) };
}

function windowParameters(prefix: string, { match, from, to }: Window): QueryValues {
  const values = setOnly({ match: match || null, from, to });
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}${name}`, value]));
}

function setOnly(values: Readonly<Record<string, string | number | null>>): QueryValues {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? undefined]));
}
