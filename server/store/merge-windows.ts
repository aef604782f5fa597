import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../errors.ts';
import { mergeProfiles } from '../profile/merge-profiles.ts';
import type { Profile } from '../profile/profile.ts';
import { assembleProfile, type MergedHead, type MergedSample } from './assemble-profile.ts';
import { shapeCodec } from './codecs.ts';
import { queryRows } from './database.ts';
import type { Dictionaries } from './dictionaries.ts';
import { type MatchedSeries, reachedBy, seriesOfKind } from './plan-query.ts';
import type { Selection } from './profile-store.ts';
import { BANK_WIDTH } from './schema.ts';
import type { StoreState } from './store-state.ts';
import { addTo } from './sum-samples.ts';
import { findWindowRange, type TimeRange, windowsWhere } from './window-range.ts';

/**
 * The exact merge, as `mergeProfiles` of all the profiles would give it, summed in the file. With nothing in the selection it is a profile without samples.
 */
export function mergeWindows(state: StoreState, selection: Selection & TimeRange): Promise<Profile> {
  return state.gate.read(async () => {
    const candidates = seriesOfKind(state.dictionaries, selection.kind);
    const reached = reachedBy(state.dictionaries, candidates, selection.selector);
    return state.readFile(async (connection) => {
      const matched = await withWindows(connection, reached, selection);
      refuseMixedShapes(matched);
      const newest = (matched.at(-1) ?? candidates.at(-1))?.shape;
      if (newest === undefined) throw new Error('a stored kind has no series');
      const head = await readHead(connection, state.dictionaries, matched, selection);
      const samples = await readSamples(connection, matched, selection);
      return mergeProfiles([assembleProfile(state.dictionaries, newest, head, samples)]);
    });
  });
}

/** Only series with a window in the time range count. */
async function withWindows(
  connection: DuckDBConnection,
  matched: readonly MatchedSeries[],
  selection: TimeRange,
): Promise<MatchedSeries[]> {
  if (matched.length === 0) return [];
  const where = windowsWhere(
    matched.map(({ id }) => id),
    selection,
  );
  const rows = await queryRows(connection, `SELECT DISTINCT series FROM windows WHERE ${where}`);
  const present = new Set(Array.from({ length: rows.count }, (_, row) => rows.number(0, row)));
  return matched.filter(({ id }) => present.has(id));
}

function refuseMixedShapes(matched: readonly MatchedSeries[]): void {
  const meanings = new Set(matched.map(({ shape }) => shapeCodec.encode({ ...shape, defaultType: 0, derived: null })));
  if (meanings.size <= 1) return;
  const types = [...new Set(matched.map(({ shape }) => shape.sampleTypes.map(({ type }) => type).join('+')))];
  throw new AppError(
    'inconsistent-profile',
    `these profiles measure different things (${types.join(' and ')}) and can't be merged; narrow the selector`,
    {
      detail: { sampleTypes: types },
    },
  );
}

async function readHead(
  connection: DuckDBConnection,
  { headers }: Dictionaries,
  matched: readonly MatchedSeries[],
  selection: TimeRange,
): Promise<MergedHead> {
  if (matched.length === 0) return { period: 0n, timeNanos: 0n, durationNanos: 0n, headers: [] };
  const where = windowsWhere(
    matched.map(({ id }) => id),
    selection,
  );
  const rows = await queryRows(
    connection,
    `SELECT header, max(period), min(at_millis::HUGEINT * 1000000 + below_millis), sum(duration_nanos)
     FROM windows WHERE ${where} GROUP BY header ORDER BY min(id)`,
  );
  const all = Array.from({ length: rows.count }, (_, row) => row);
  const times = all.map((row) => rows.bigint(2, row)).filter((time) => time !== 0n);
  return {
    period: ascending(all.map((row) => rows.bigint(1, row))).at(-1) ?? 0n,
    timeNanos: ascending(times)[0] ?? 0n,
    durationNanos: all.reduce((total, row) => total + rows.bigint(3, row), 0n),
    headers: all.map((row) => headers.get(rows.number(0, row))),
  };
}

const ascending = (numbers: readonly bigint[]): bigint[] => numbers.toSorted((a, b) => (a < b ? -1 : Number(a > b)));

/** Sums by stack and label set; a type that isn't stored is worked out for each shape before shapes are joined. */
async function readSamples(
  connection: DuckDBConnection,
  matched: readonly MatchedSeries[],
  selection: TimeRange,
): Promise<MergedSample[]> {
  const samples = new Map<string, { stack: number; labelSet: number; values: Map<number, bigint> }>();
  for (const { like, series } of groupAlike(matched)) {
    const { samplesWhere } = await findWindowRange(connection, series, selection);
    if (samplesWhere === undefined) continue;
    const sets = like.labelSets === null ? '' : ` AND label_set IN (${[...like.labelSets].join()})`;
    const sums = Array.from({ length: BANK_WIDTH }, (_, column) => `sum(v${column})`);
    const rows = await queryRows(
      connection,
      `SELECT stack, label_set, bank, ${sums.join()} FROM samples WHERE ${samplesWhere}${sets} GROUP BY ALL ORDER BY ALL`,
    );
    const types = like.shape.sampleTypes.length;
    for (let row = 0; row < rows.count; row++) {
      const [stack, labelSet, bank] = [rows.number(0, row), rows.number(1, row), rows.number(2, row)];
      const key = `${stack},${labelSet}`;
      const sample = samples.get(key) ?? { stack, labelSet, values: new Map<number, bigint>() };
      samples.set(key, sample);
      for (let column = 0; column < BANK_WIDTH && bank * BANK_WIDTH + column < types; column++) {
        addTo(sample.values, bank * BANK_WIDTH + column, rows.bigint(3 + column, row));
      }
      const { derived } = like.shape;
      if (derived !== null && bank === 0) addTo(sample.values, derived.type, rows.bigint(3, row) * derived.period);
    }
  }
  return [...samples.values()];
}

function groupAlike(matched: readonly MatchedSeries[]): { like: MatchedSeries; series: number[] }[] {
  const groups: { like: MatchedSeries; series: number[] }[] = [];
  for (const each of matched) {
    const group = groups.find(({ like }) => like.shape === each.shape && like.labelSets === each.labelSets);
    if (group === undefined) groups.push({ like: each, series: [each.id] });
    else group.series.push(each.id);
  }
  return groups;
}
