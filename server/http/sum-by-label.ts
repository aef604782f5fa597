import { AppError } from '../errors.ts';
import type { StackGroup } from '../profile/group-stacks.ts';
import type { StackSums } from '../profile/stack-sums.ts';
import type { ProfileStore, Selection } from '../store/profile-store.ts';
import type { Matcher } from '../store/selector.ts';
import type { ProfileFunctions } from './profile-functions.ts';

const MAX_GROUPS = 100;

export interface LabelQuery {
  readonly selection: Selection;
  readonly type: string | null;
  /** The label whose values become the tree's first level; null = none. */
  readonly by: string | null;
}

export interface LabelQueryOptions {
  readonly store: Pick<ProfileStore, 'sumByStack' | 'labelNames' | 'labelGroups'>;
  readonly profiles: Pick<ProfileFunctions, 'groupStacks'>;
}

/**
 * The sums of a selection; with `by` one query for each value of the label, or for values that samples have together. Rejects `bad-request` for a label that the
 * selection never has, `over-limit` beyond 100 values.
 */
export async function sumByLabel({ selection, type, by }: LabelQuery, options: LabelQueryOptions): Promise<StackSums> {
  const { store, profiles } = options;
  const whole = await store.sumByStack(selection, type);
  if (by === null || whole.window.profiles === 0) return whole;
  const names = await store.labelNames(selection);
  if (!names.includes(by)) {
    const possible = names.length === 0 ? 'they have none' : `they have ${names.join(', ')}`;
    throw new AppError(
      'bad-request',
      `no ${selection.kind} profile here has a label ${JSON.stringify(by)} to group by; ${possible}`,
    );
  }
  const labelled = (await store.labelGroups(by, selection.selector)).filter((values) => values.length > 0);
  if (labelled.length > MAX_GROUPS) {
    throw new AppError(
      'over-limit',
      `The label ${by} has ${labelled.length} values; a tree takes at most ${MAX_GROUPS}.`,
    );
  }
  const groups: StackGroup[] = [];
  for (const values of [...labelled, ['']]) {
    const selector = [...selection.selector, ...exactly(by, values)];
    const sums = await ifAny(store.sumByStack({ ...selection, selector }, type));
    if (sums !== null) groups.push({ value: values.join(), sums });
  }
  return profiles.groupStacks(by, groups, whole);
}

/** Matches samples that have each of the values, and no other. */
function exactly(label: string, values: readonly string[]): Matcher[] {
  const each = values.map((value): Matcher => ({ label, op: '=', value, matches: (seen) => seen === value }));
  return [...each, { label, op: '!=', value: '', matches: (seen) => values.includes(seen) }];
}

/** A value that the label has somewhere may have no samples of this kind and window. */
async function ifAny(sums: Promise<StackSums>): Promise<StackSums | null> {
  try {
    return await sums;
  } catch (error) {
    if (error instanceof AppError && error.code === 'no-data') return null;
    throw error;
  }
}
