/**
 * An open-addressing table from hashes to ids: the caller keeps the entries and says what equals what. It costs eight bytes
 * an entry and no object, and so holds millions of stacks.
 *
 *     const id = index.find(hash, (candidate) => sameAs(candidate)) ?? add(hash)
 */
export class HashIndex {
  private slots = new Int32Array(128).fill(-1);
  private hashes = new Int32Array(128);
  private count = 0;

  /** The id with this hash for which `equals` holds; undefined when there is none. */
  find(hash: number, equals: (id: number) => boolean): number | undefined {
    const mask = this.slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const id = this.slots[slot] ?? -1;
      if (id < 0) return undefined;
      if (this.hashes[slot] === hash && equals(id)) return id;
    }
  }

  /** `id` must not be in the table. */
  add(hash: number, id: number): void {
    if (this.count * 2 >= this.slots.length) this.resize(this.slots.length * 2);
    this.place(hash, id);
  }

  /** Forgets every id for which `keep` says no. */
  retain(keep: (id: number) => boolean): void {
    this.resize(this.slots.length, keep);
  }

  private resize(size: number, keep: (id: number) => boolean = () => true): void {
    const { slots, hashes } = this;
    this.slots = new Int32Array(size).fill(-1);
    this.hashes = new Int32Array(size);
    this.count = 0;
    for (let slot = 0; slot < slots.length; slot++) {
      const id = slots[slot] ?? -1;
      if (id >= 0 && keep(id)) this.place(hashes[slot] ?? 0, id);
    }
  }

  private place(hash: number, id: number): void {
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    while ((this.slots[slot] ?? -1) >= 0) slot = (slot + 1) & mask;
    this.slots[slot] = id;
    this.hashes[slot] = hash;
    this.count++;
  }
}

/** Mixes a 32-bit number into a hash (the rounds of MurmurHash3 by Austin Appleby, public domain). */
export function mixHash(hash: number, value: number): number {
  let k = Math.imul(value, 0xcc9e2d51);
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  const h = hash ^ k;
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

/** Last step: spreads the low bits, since the table masks them. */
export function finishHash(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
