import type { BundleEntry } from '../../protocol/index.ts';
import { AppError } from '../errors.ts';
import type { Profile } from '../profile/profile.ts';
import type { ExportOptions } from './export-routes.ts';
import { checkSeriesLabels } from './series-labels.ts';

export interface Imported {
  readonly profiles: number;
  /** Of those, how many were there already: same kind, labels and start. */
  readonly known: number;
}

/** Profiles that are on their way into the store together. */
const AT_ONCE = 64;

/**
 * Stores the profiles of a bundle with their own times and labels, pinned, so that their age doesn't matter. All of them are
 * read before the first is stored: one that is wrong refuses the whole bundle, with its place in it.
 */
export async function importBundle(
  bytes: Uint8Array,
  { store, profiles, exports }: Pick<ExportOptions, 'store' | 'profiles' | 'exports'>,
): Promise<Imported> {
  const entries = exports.readBundle(bytes);
  for (const [index, entry] of entries.entries()) await readEntry(entry, index, profiles.parseProfile);
  const there = await knownWindows(entries, store.listWindows);
  const fresh = entries.filter((entry) => !there.has(identityOf(entry)));
  for (let from = 0; from < fresh.length; from += AT_ONCE) {
    await Promise.all(
      fresh.slice(from, from + AT_ONCE).map(async (entry, index) => {
        const { kind, labels, requests, atMillis: arrivalMillis } = entry;
        const profile = await readEntry(entry, from + index, profiles.parseProfile);
        await store.append({ kind, labels, profile, arrivalMillis, requests, pinned: true });
      }),
    );
  }
  return { profiles: entries.length, known: entries.length - fresh.length };
}

async function readEntry(
  { labels, pprof }: BundleEntry,
  index: number,
  parse: (bytes: Uint8Array) => Promise<Profile>,
): Promise<Profile> {
  try {
    checkSeriesLabels(labels);
    return await parse(new Uint8Array(Buffer.from(pprof, 'base64')));
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    const message = `profile ${index + 1} of the bundle: ${cause.message} Nothing of the bundle was imported.`;
    throw new AppError(cause.code, message, { cause, detail: cause.detail });
  }
}

async function knownWindows(
  entries: readonly BundleEntry[],
  listWindows: ExportOptions['store']['listWindows'],
): Promise<Set<string>> {
  const known = new Set<string>();
  for (const kind of new Set(entries.map((entry) => entry.kind))) {
    const times = entries.filter((entry) => entry.kind === kind).map(({ atMillis }) => atMillis);
    const [from, to] = times.reduce(
      ([low, high], time) => [Math.min(low, time), Math.max(high, time + 1)],
      [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    );
    const windows = await listWindows({ kind, selector: [], from, to });
    for (const { labels, atMillis } of windows) known.add(identityOf({ kind, labels, atMillis }));
  }
  return known;
}

const identityOf = ({ kind, labels, atMillis }: Pick<BundleEntry, 'kind' | 'labels' | 'atMillis'>): string =>
  JSON.stringify([kind, atMillis, Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))]);
