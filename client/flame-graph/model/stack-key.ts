/**
 * A frame's identity is its stack path: the function names from the root to it. The key is a 53-bit hash of that path, so it
 * is one number, equal in every graph that has the path, whatever else changed. Two paths of one graph of 50,000 share a
 * key with a chance of 1 in 7 million; layouts are joined by the names themselves (join-trees.ts), never by key.
 *
 *     key(main;work;sort) = childKey(childKey(childKey(ROOT_KEY, hash(main)), hash(work)), hash(sort))
 */
export const ROOT_KEY = 0x9e3779b9;

const HIGH = 2 ** 32;
const HIGH_BITS = 0x1f_ffff;

/** FNV-1a over the UTF-16 code units, in two lanes: 53 bits. */
export function hashName(name: string): number {
  let high = 0x811c9dc5;
  let low = 0x2f0b4c47;
  for (let i = 0; i < name.length; i++) {
    const unit = name.charCodeAt(i);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low ^ unit, 0x01000193) ^ (low >>> 15);
  }
  return (high & HIGH_BITS) * HIGH + (low >>> 0);
}

/** Key of the child with that name hash under the parent with that key. */
export function childKey(parent: number, nameHash: number): number {
  const low = mix((parent >>> 0) ^ Math.imul(nameHash >>> 0, 0x85ebca6b));
  const high = mix((parent / HIGH) ^ Math.imul((nameHash / HIGH) | 0, 0xc2b2ae35) ^ low);
  return (high & HIGH_BITS) * HIGH + (low >>> 0);
}

/** The key of the frame that has these function names from the root to it, this one last; the root's for none. */
export function keyOfPath(path: readonly string[]): number {
  return path.reduce((key, name) => childKey(key, hashName(name)), ROOT_KEY);
}

/** The final mix of MurmurHash3: every input bit reaches every output bit. */
function mix(bits: number): number {
  let h = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
