import { isAscii } from 'node:buffer';

/** What is remembered at most; beyond it all is forgotten. */
const MOST_STRINGS = 65_536;
const MOST_BYTES = 8_000_000;

/** Strings with one hash that are looked at; more of them, which only made-up profiles have, are made anew each time. */
const MOST_PROBES = 8;

/** Bytes at the end that are hashed, besides the length and every eighth byte before: names differ most at their ends. */
const HASHED_END = 16;
const STEP = 8;

/**
 * Strings of UTF-8 bytes that come again and again: profiles of one program name the same hundreds of functions and files. A known
 * one is found by its bytes, without being made, and is one object, so that comparing it costs nothing. Bytes that aren't UTF-8
 * become U+FFFD, since a string of JSON can't carry them.
 */
export class KnownStrings {
  private readonly slots = new Int32Array(2 * MOST_STRINGS).fill(-1);
  private readonly hashes = new Int32Array(MOST_STRINGS);
  private readonly texts: string[] = [];
  /** Bytes of string i: `arena[ends[i - 1] .. ends[i])`. */
  private readonly ends = new Int32Array(MOST_STRINGS);
  private arena = new Uint8Array(65_536);

  textOf(bytes: Uint8Array, from: number, to: number): string {
    if (from === to) return '';
    const hash = hashOf(bytes, from, to);
    const mask = this.slots.length - 1;
    for (let probe = 0; probe < MOST_PROBES; probe++) {
      const slot = (hash + probe) & mask;
      const index = this.slots[slot] ?? -1;
      if (index < 0) return this.add(slot, hash, bytes.subarray(from, to));
      if (this.hashes[index] === hash && this.isSame(index, bytes, from, to)) return this.texts[index] ?? '';
    }
    return decode(bytes.subarray(from, to));
  }

  private add(slot: number, hash: number, bytes: Uint8Array): string {
    const text = decode(bytes);
    const index = this.texts.length;
    const start = this.startOf(index);
    if (index === MOST_STRINGS || start + bytes.length > MOST_BYTES) {
      this.slots.fill(-1);
      this.texts.length = 0;
      return text;
    }
    this.reserve(start + bytes.length);
    this.arena.set(bytes, start);
    this.ends[index] = start + bytes.length;
    this.hashes[index] = hash;
    this.texts.push(text);
    this.slots[slot] = index;
    return text;
  }

  private startOf(index: number): number {
    return index === 0 ? 0 : (this.ends[index - 1] ?? 0);
  }

  private isSame(index: number, bytes: Uint8Array, from: number, to: number): boolean {
    const { arena } = this;
    const start = this.startOf(index);
    if ((this.ends[index] ?? 0) - start !== to - from) return false;
    for (let at = from, known = start; at < to; at++, known++) if (arena[known] !== bytes[at]) return false;
    return true;
  }

  private reserve(length: number): void {
    if (length <= this.arena.length) return;
    const larger = new Uint8Array(Math.max(length, 2 * this.arena.length));
    larger.set(this.arena);
    this.arena = larger;
  }
}

function decode(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.toString(isAscii(bytes) ? 'latin1' : 'utf8');
}

function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = to - from;
  const end = Math.max(from, to - HASHED_END);
  for (let at = from; at < end; at += STEP) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x9e3779b1);
  for (let at = end; at < to; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x9e3779b1);
  return hash ^ (hash >>> 15);
}
