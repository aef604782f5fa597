import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { systemClock } from '../../../server/clock.ts';
import type { BlockSums, StackSums } from '../../../server/profile/stack-sums.ts';
import {
  type NewProfile,
  type OpenStoreOptions,
  openStore,
  type ProfileStore,
  parseSelector,
  type Selection,
} from '../../../server/store/index.ts';
import { type DrawnProfile, profileFromText } from './profile-from-text.ts';

export const T0 = 1_800_000_000_000;

const endings: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

export async function temporaryFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'flamelab-store-'));
  endings.push(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

export type TestStore = ProfileStore & { readonly dir: string; readonly lines: readonly string[] };

/** A store that the test's end closes; its log is in `lines`. */
export async function openTestStore(options: Partial<OpenStoreOptions> = {}): Promise<TestStore> {
  const dir = options.dir ?? (await temporaryFolder());
  const lines: string[] = [];
  const roomy = async () => ({ freeBytes: 1e12, totalBytes: 2e12 });
  const log = (line: string): void => {
    lines.push(line);
  };
  const store = await openStore({ clock: systemClock, log, diskSpace: roomy, ...options, dir });
  endings.push(() => store.close());
  return { ...store, dir, lines };
}

/** A round has run when its end is seen: it holds the writer, so a pin that matches nothing waits for it. */
export async function roundOver(store: ProfileStore): Promise<void> {
  await store.pin(select('{service="no such"}'));
}

export interface Drawn extends DrawnProfile {
  readonly kind?: string;
  readonly labels?: Record<string, string>;
  readonly requests?: number | null;
}

export const drawnProfile = (text: string, drawn: Drawn = {}): NewProfile => ({
  kind: drawn.kind ?? 'cpu',
  labels: drawn.labels ?? { service: 'search' },
  profile: profileFromText(text, drawn),
  arrivalMillis: T0,
  requests: drawn.requests ?? null,
});

export const select = (match = '', more: Partial<Selection> = {}): Selection => ({
  kind: 'cpu',
  selector: parseSelector(match),
  from: null,
  to: null,
  ...more,
});

/** Sums as text, root first, sorted: `main;a;b 10`. */
export function sumsAsText({ functions, start, frame, values }: StackSums): string[] {
  return Array.from(values, (value, stack) => {
    const names = Array.from(frame.subarray(start[stack], start[stack + 1]), (index) => functions[index]?.name ?? '?');
    return `${names.reverse().join(';')} ${value}`;
  }).sort();
}

/** Starts of the stored windows, oldest first. */
export async function startsOf(store: ProfileStore): Promise<number[]> {
  const { series } = await store.series(select(), { type: null, stepMillis: 1, by: [] });
  return series.flatMap(({ points }) => points.map(([at]) => at)).sort((a, b) => a - b);
}

/** Cells as text, summed by path, sorted: `0: main;a;b 10`. */
export function cellsAsText({ sums, block, stack, value }: BlockSums): string[] {
  const paths = Array.from(sums.values, (_, at) => {
    const frames = sums.frame.subarray(sums.start[at], sums.start[at + 1]);
    return Array.from(frames, (index) => sums.functions[index]?.name ?? '?')
      .reverse()
      .join(';');
  });
  const byText = new Map<string, number>();
  value.forEach((one, cell) => {
    const text = `${block[cell]}: ${paths[stack[cell] ?? 0]}`;
    byText.set(text, (byText.get(text) ?? 0) + one);
  });
  return [...byText].map(([text, sum]) => `${text} ${sum}`).sort();
}
