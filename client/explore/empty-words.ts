import { z } from 'zod';
import type { Failure } from '../state/index.ts';
import { formatCount } from '../ui/index.ts';
import { kindTitle } from './kind-words.ts';
import { rangeWords } from './window-words.ts';

const extent = z.object({
  profiles: z.number(),
  firstMillis: z.number().nullable(),
  lastMillis: z.number().nullable(),
});
/** What the lab's `no-data` says there is instead. */
const ofWindow = z.object({ kind: z.string(), matching: extent, all: extent });
const ofStore = z.object({ kinds: z.array(z.string()) });

/** What else stands on the screen: a difference fails when either of its windows is empty, and the lab doesn't say which. */
export interface LabNow {
  readonly comparing?: boolean;
  /** The label whose values were asked for as the tree's first level. */
  readonly groupedBy?: string | null;
  readonly goMissing: boolean;
  readonly paused: boolean;
}

export interface EmptyWords {
  readonly title: string;
  readonly hint: string;
  /** What would show something. */
  readonly offers: readonly ('all' | 'every-label' | 'ungrouped')[];
  /** Kinds that are stored, when the chosen one isn't. */
  readonly kinds: readonly string[];
}

/** In place of a picture: why there is none, and what would show one. */
export function emptyWords(failure: Failure, now: number, lab: LabNow): EmptyWords {
  const empty = (title: string, hint: string, more: Partial<EmptyWords> = {}): EmptyWords => ({
    title,
    hint,
    offers: [],
    kinds: [],
    ...more,
  });
  if (failure.code === 'no-data') return noDataWords(failure, now, lab, empty);
  if (failure.code === 'bad-selector') return empty('The selector can’t be read', failure.message);
  if (failure.code === 'unreachable') return empty('The lab doesn’t answer', failure.message);
  const offers = failure.code === 'bad-request' && lab.groupedBy ? (['ungrouped'] as const) : [];
  return empty('The lab can’t answer this', sentence(failure.message), { offers });
}

function noDataWords(
  { detail, message }: Failure,
  now: number,
  lab: LabNow,
  empty: (title: string, hint: string, more?: Partial<EmptyWords>) => EmptyWords,
): EmptyWords {
  const stored = ofStore.safeParse(detail).data;
  if (stored && stored.kinds.length === 0) return empty('Nothing is stored yet', nothingYet(lab));
  if (stored) return empty('No profile of this kind is stored', `${sentence(message)} These kinds are:`, stored);
  const found = ofWindow.safeParse(detail).data;
  if (!found) return empty('Nothing to show', sentence(message));
  const { kind, matching, all } = found;
  const title = `No ${kindTitle(kind)} profile in ${lab.comparing ? 'window A or in window B' : 'this window'}`;
  const paused = lab.paused ? ' Everything is paused: no new ones come until you resume.' : '';
  if (matching.profiles > 0) {
    return empty(title, `There are ${extentWords(matching, now)} that match.${paused}`, { offers: ['all'] });
  }
  if (all.profiles > 0) {
    return empty(
      `No ${kindTitle(kind)} profile matches`,
      `There are ${extentWords(all, now)} with other labels.${paused}`,
      { offers: ['every-label'] },
    );
  }
  return empty(title, nothingYet(lab));
}

function extentWords({ profiles, firstMillis, lastMillis }: z.infer<typeof extent>, now: number): string {
  const range = rangeWords({ from: firstMillis, to: lastMillis }, now);
  return profiles === 1 ? 'one profile' : `${formatCount(profiles)} profiles, ${range},`;
}

function nothingYet({ goMissing, paused }: LabNow): string {
  if (goMissing) return 'Nothing runs without Go: the note on top says what is missing and how to get it.';
  if (paused) return 'Everything is paused: resume it, and the first profiles come within seconds.';
  return 'The fleet is being built and started; the first profiles come within a minute.';
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?…]$/.test(text) ? '' : '.'}`;
}
