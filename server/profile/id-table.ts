import { bigUint64Of } from './wire-reader.ts';

/**
 * Ids of a pprof record kind → index of the record. Ids are any uint64; writers number from 1, so small ones are kept in an
 * array and the others in a map.
 */
export class IdTable {
  private dense = new Int32Array(64);
  private denseLength = 0;
  private readonly sparse = new Map<bigint, number>();

  /** Forgets everything; `records` are to come. */
  clear(records: number): void {
    this.denseLength = 2 * records + 2;
    if (this.denseLength > this.dense.length) this.dense = new Int32Array(2 * this.denseLength);
    else this.dense.fill(0, 0, this.denseLength);
    this.sparse.clear();
  }

  /** `low`, `high`: halves of the id. False if the id is taken. */
  add(low: number, high: number, index: number): boolean {
    if (this.find(low, high) >= 0) return false;
    if (high === 0 && low >>> 0 < this.denseLength) this.dense[low] = index + 1;
    else this.sparse.set(bigUint64Of(low, high), index);
    return true;
  }

  /** -1 if no record has this id. */
  find(low: number, high: number): number {
    if (high === 0 && low >>> 0 < this.denseLength) return (this.dense[low] ?? 0) - 1;
    if (this.sparse.size === 0) return -1;
    return this.sparse.get(bigUint64Of(low, high)) ?? -1;
  }
}
