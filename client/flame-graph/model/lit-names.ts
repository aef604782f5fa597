import { familyOf, type PackageFamily } from './package-family.ts';
import { searchNames } from './search-names.ts';
import type { NameTable } from './tree-shape.ts';

export interface Light {
  readonly search: string;
  /** Families that stand back. */
  readonly faded: readonly PackageFamily[];
  readonly own: readonly string[];
}

/** By name, 1 = drawn in full colour: found by the search, and of no family that is switched off. null: all are. */
export function litNames(names: NameTable, { search, faded, own }: Light): Uint8Array | null {
  const found = searchNames(names, search);
  if (faded.length === 0) return found;
  return Uint8Array.from(names.frames, (frame, at) =>
    Number(found?.[at] !== 0 && !faded.includes(familyOf(frame, own))),
  );
}
