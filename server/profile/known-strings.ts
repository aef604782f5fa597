import { isAscii } from 'node:buffer';

/** What is remembered at most; when there is more, all is forgotten before the next profile. */
const MOST_STRINGS = 65_536;
const MOST_BYTES = 8_000_000;

/** Strings with one hash that are looked at; more of them, which only made-up profiles have, are made anew each time. */
const MOST_PROBES = 8;

/** Bytes at the end that are hashed, besides the length and every eighth byte before: names differ most at their ends. */
const HASHED_END = 16;
const STEP = 8;

const SLOT = 4;
const HASH = 1;
const START = 2;
const LENGTH = 3;

/**
 * Strings of UTF-8 bytes that come again and again: profiles of one program name the same hundreds of functions and files. A known
 * one is found by its bytes, without being made, and has a number, so that comparing it costs nothing. Bytes that aren't UTF-8
 * become U+FFFD, since a string of JSON can't carry them.
 */
export class KnownStrings {
  /** `SLOT` numbers each, side by side, as memory is what a lookup waits for: number of the text, hash, its bytes in the arena. */
  private readonly slots = new Int32Array(2 * MOST_STRINGS * SLOT);
  private readonly texts: string[] = [''];
  private arena = new Uint8Array(65_536);
  private arenaEnd = 0;

  /** Numbers that were given out mean the same strings until this changes, which `begin` alone does. */
  numbering: object = {};
  private isFull = false;

  /** Before each profile: within one, what got a number keeps it. */
  begin(): void {
    if (!this.isFull) return;
    this.slots.fill(0);
    this.texts.length = 1;
    this.arenaEnd = 0;
    this.isFull = false;
    this.numbering = {};
  }

  /** The number of a string that is or becomes known, 0 for the empty one; -1 for one that can't be remembered. */
  numberOf(bytes: Uint8Array, from: number, to: number): number {
    if (from === to) return 0;
    const { slots } = this;
    const hash = hashOf(bytes, from, to);
    for (let probe = 0; probe < MOST_PROBES; probe++) {
      const slot = ((hash + probe) & (2 * MOST_STRINGS - 1)) * SLOT;
      const number = slots[slot] ?? 0;
      if (number === 0) return this.add(slot, hash, bytes.subarray(from, to));
      if (slots[slot + HASH] !== hash || slots[slot + LENGTH] !== to - from) continue;
      if (this.isAt(slots[slot + START] ?? 0, bytes, from, to)) return number;
    }
    return -1;
  }

  text(number: number): string {
    return this.texts[number] ?? '';
  }

  private add(slot: number, hash: number, bytes: Uint8Array): number {
    const start = this.arenaEnd;
    this.isFull ||= this.texts.length > MOST_STRINGS || start + bytes.length > MOST_BYTES;
    if (this.isFull) return -1;
    this.reserve(start + bytes.length);
    this.arena.set(bytes, start);
    this.arenaEnd = start + bytes.length;
    const number = this.texts.push(decodeText(bytes)) - 1;
    this.slots[slot] = number;
    this.slots[slot + HASH] = hash;
    this.slots[slot + START] = start;
    this.slots[slot + LENGTH] = bytes.length;
    return number;
  }

  private isAt(start: number, bytes: Uint8Array, from: number, to: number): boolean {
    const { arena } = this;
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

export function decodeText(bytes: Uint8Array): string {
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
