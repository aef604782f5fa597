import type { FlameFrame } from '../../../protocol/index.ts';
import { changeShare, type GraphDifference } from './diff-graphs.ts';
import { familyOf, type PackageFamily } from './package-family.ts';
import type { StackTree } from './stack-tree.ts';
import { ROOT_NAME, TRIMMED_NAME } from './tree-shape.ts';

/**
 * Tints are slots of the palette, so that a picture is painted from a table of colours and a theme only swaps the table:
 *
 *     0 root   1 trimmed   2..5 own   6..9 module   10..13 standard library   14..17 runtime   18..24 difference   25..28 label
 */
export const ROOT_TINT = 0;
export const TRIMMED_TINT = 1;
export const SHADES = 4;
export const FAMILY_TINT: Readonly<Record<PackageFamily, number>> = {
  own: 2,
  module: 6,
  std: 10,
  runtime: 14,
  label: 25,
};
export const DIFF_TINT = 18;
export const DIFF_STEPS = 7;
export const TINTS = FAMILY_TINT.label + SHADES;

/** By package family; the shade comes from the name, so that a function looks the same everywhere. */
export function familyTints(tree: StackTree, own: readonly string[]): Uint8Array {
  const family = new Map<string, number>();
  const ofName = Uint8Array.from(tree.names.frames, (frame, i) => {
    return baseTint(frame, own, family) + ((tree.names.hash[i] ?? 0) % SHADES);
  });
  const tints = new Uint8Array(tree.count);
  for (let i = 0; i < tree.count; i++) {
    const name = tree.nameOf[i] ?? ROOT_NAME;
    tints[i] = name >= 0 ? (ofName[name] ?? 0) : name === TRIMMED_NAME ? TRIMMED_TINT : ROOT_TINT;
  }
  return tints;
}

function baseTint(frame: FlameFrame, own: readonly string[], seen: Map<string, number>): number {
  const known = frame.package === '' ? undefined : seen.get(frame.package);
  if (known !== undefined) return known;
  const tint = FAMILY_TINT[familyOf(frame, own)];
  if (frame.package !== '') seen.set(frame.package, tint);
  return tint;
}

/** A change below 0.5 % of all that the first side costs is "the same"; then up to 5 %, up to 20 %, more. The legend says the same numbers. */
export const DIFF_BOUNDS = [0.005, 0.05, 0.2] as const;

/** By change: three steps less, the same, three steps more, measured as `changeShare` does. */
export function differenceTints(difference: GraphDifference): Uint8Array {
  return Uint8Array.from(difference.delta, (_, node) => DIFF_TINT + 3 + diffStep(changeShare(difference, node)));
}

/** -3..3 */
export function diffStep(change: number): number {
  const size = Math.abs(change);
  const step = DIFF_BOUNDS.filter((bound) => size >= bound).length;
  return step === 0 ? 0 : Math.sign(change) * step;
}
