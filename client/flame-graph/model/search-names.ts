import type { Layout } from './layout.ts';
import type { NameTable, TreeShape } from './tree-shape.ts';

/** Which names contain the text, case ignored: plain text, never a pattern. null: nothing is searched. */
export function searchNames(names: NameTable, text: string): Uint8Array | null {
  const word = wordOf(text);
  return word === '' ? null : Uint8Array.from(names.text, (name) => Number(isFound(name, word)));
}

/** What is looked for; '' = nothing. */
export const wordOf = (text: string): string => text.trim().toLowerCase();

export const isFound = (name: string, word: string): boolean => name.toLowerCase().includes(word);

export interface SearchResult {
  readonly nodes: number;
  /** Share of the whole under a match, nested matches counted once: 0..1. */
  readonly share: number;
}

/**
 *     A 10 ┬ sort 6 ── sort 4       "sort": 3 nodes, share (6 + 1) / 10
 *          └ B 3 ── sort 1
 */
export function searchResult(tree: TreeShape & Pick<Layout, 'width'>, matches: Uint8Array): SearchResult {
  let nodes = 0;
  let covered = 0;
  let coveredUntil = 0;
  for (let i = 0; i < tree.count; i++) {
    if (matches[tree.nameOf[i] ?? -1] !== 1) continue;
    nodes++;
    if (i < coveredUntil) continue;
    covered += tree.width[i] ?? 0;
    coveredUntil = tree.end[i] ?? 0;
  }
  const whole = tree.width[0] ?? 0;
  return { nodes, share: whole > 0 ? covered / whole : 0 };
}
