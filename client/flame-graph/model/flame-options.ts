import type { FunctionFamily } from './package-family.ts';

/** How a tree is looked at. */
export interface FlameOptions {
  /** What its nodes are: functions, or runs of functions of one package or one family taken together. */
  readonly tree: 'functions' | 'packages' | 'families';
  /** Families that are switched off. */
  readonly off: readonly FunctionFamily[];
  /** left-out: their time stays with what called them. */
  readonly offAs: 'faded' | 'left-out';
  /** Only stacks that run through what the search finds. */
  readonly onlyFound: boolean;
}

export const PLAIN_OPTIONS: FlameOptions = { tree: 'functions', off: [], offAs: 'faded', onlyFound: false };
