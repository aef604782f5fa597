/**
 * store: keeps profiles and metrics in a folder, durable before they are acknowledged, and answers sums, merges, series and
 * labels from them. DuckDB and SQL are known here and nowhere else: consumers see ProfileStore. It must not know who collects
 * profiles, over which wire answers leave, or how they are drawn.
 *
 * Functions, locations, stacks and label sets are stored once and named by ids; memory has all of them, so SQL only ever adds
 * up numbers. The newest windows stay in memory too, so that live pictures need no SQL. Path of a profile:
 *
 *     append → group-commit → intern-profile (ids) → write-batch (one transaction) → recent-windows → acknowledged
 *
 *     const store = await openStore({ dir, clock: systemClock, log: console.error });
 *     await store.append({ kind: 'cpu', labels: { service: 'search' }, profile, arrivalMillis, requests: null });
 *     const sums = await store.sumByStack({ kind: 'cpu', selector: parseSelector('{service="search"}'), from: null, to: null }, null);
 */
export type { DiskSpace } from './disk-space.ts';
export { type FolderLock, lockFolder } from './folder-lock.ts';
export { type OpenStoreOptions, openStore } from './open-store.ts';
export type { Extent, MetricPoint, NewProfile, ProfileStore, Selection, WindowEntry } from './profile-store.ts';
export { type Matcher, parseSelector, type Selector, selectorMatches } from './selector.ts';
export { DEFAULT_STORE_LIMITS, type StoreLimits } from './store-limits.ts';
