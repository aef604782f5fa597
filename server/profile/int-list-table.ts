/**
 * Lists of 32-bit integers, each kept once. Push the integers of a list, then commit it: the answer is the list's index, an
 * earlier one if the same list was committed before.
 *
 *     push 4, push 7, commit → 0;  push 4, commit → 1;  push 4, push 7, commit → 0      data [4,7,4]  start [0,2,3]
 */
export class IntListTable {
  count = 0;
  private data = new Uint32Array(256);
  private start = new Uint32Array(65);
  private hashes = new Int32Array(64);
  /** Open addressing: index of a list, -1 = free. Never more than half full. */
  private slots = new Int32Array(128).fill(-1);
  private length = 0;
  private hash = 0;

  /** Integers of all lists. */
  get size(): number {
    return this.start[this.count] ?? 0;
  }

  clear(): void {
    if (this.count > 0) this.slots.fill(-1);
    this.count = 0;
    this.length = 0;
    this.hash = 0;
  }

  push(value: number): void {
    if (this.length === this.data.length) this.data = grownUint32(this.data);
    this.data[this.length++] = value;
    const mixed = Math.imul(this.hash ^ value, 0x9e3779b1);
    this.hash = mixed ^ (mixed >>> 15);
  }

  /** As pushing `numbers[items[at]]` for each `at` from `from` to `to`, and committing; a known list is only looked at. */
  commitNumbers(items: Uint32Array, from: number, to: number, numbers: Int32Array): number {
    const { slots, data } = this;
    let hash = 0;
    for (let at = from; at < to; at++) {
      const mixed = Math.imul(hash ^ (numbers[items[at] ?? 0] ?? 0), 0x9e3779b1);
      hash = mixed ^ (mixed >>> 15);
    }
    const mask = slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const candidate = slots[slot] ?? -1;
      if (candidate < 0) break;
      if (this.hashes[candidate] !== hash) continue;
      const first = this.start[candidate] ?? 0;
      let at = to - from === (this.start[candidate + 1] ?? 0) - first ? from : to + 1;
      while (at < to && data[first + at - from] === numbers[items[at] ?? 0]) at++;
      if (at === to) return candidate;
    }
    for (let at = from; at < to; at++) this.push(numbers[items[at] ?? 0] ?? 0);
    return this.commit();
  }

  commit(): number {
    const { slots, hash } = this;
    const mask = slots.length - 1;
    this.hash = 0;
    let slot = hash & mask;
    for (;;) {
      const candidate = slots[slot] ?? -1;
      if (candidate < 0) break;
      if (this.hashes[candidate] === hash && this.isPending(candidate)) {
        this.length = this.start[this.count] ?? 0;
        return candidate;
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = this.count;
    return this.append(hash);
  }

  /** Integers of list `index` as a view; valid until the next push. */
  list(index: number): Uint32Array {
    return this.data.subarray(this.start[index], this.start[index + 1]);
  }

  /** All lists, copied: list i is `data[start[i] .. start[i+1])`. */
  toColumns(): { start: Uint32Array; data: Uint32Array } {
    return { start: this.start.slice(0, this.count + 1), data: this.data.slice(0, this.start[this.count]) };
  }

  private isPending(candidate: number): boolean {
    const { data } = this;
    const from = this.start[candidate] ?? 0;
    const pending = this.start[this.count] ?? 0;
    const length = this.length - pending;
    if ((this.start[candidate + 1] ?? 0) - from !== length) return false;
    for (let i = 0; i < length; i++) if (data[from + i] !== data[pending + i]) return false;
    return true;
  }

  private append(hash: number): number {
    const index = this.count++;
    if (index === this.hashes.length) {
      this.hashes = grownInt32(this.hashes);
      this.start = grownUint32(this.start);
    }
    this.hashes[index] = hash;
    this.start[this.count] = this.length;
    if (this.count * 2 > this.slots.length) this.rehash();
    return index;
  }

  private rehash(): void {
    const slots = new Int32Array(this.slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let index = 0; index < this.count; index++) {
      let slot = (this.hashes[index] ?? 0) & mask;
      while ((slots[slot] ?? -1) >= 0) slot = (slot + 1) & mask;
      slots[slot] = index;
    }
    this.slots = slots;
  }
}

function grownInt32(column: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(column.length * 2);
  larger.set(column);
  return larger;
}

function grownUint32(column: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(column.length * 2);
  larger.set(column);
  return larger;
}
