import type { Codec } from './codecs.ts';
import { KeyedDictionary } from './dictionary.ts';

/** For entries that come with every profile: nearly always the hint alone, cheaper than the key, finds the one that is meant. */
export class HintedDictionary<T> extends KeyedDictionary<T> {
  /** Last id that was asked for under a hint; checked before it is believed. */
  private readonly lastByHint = new Map<string, number>();
  private readonly hintOf: (entry: T) => string;
  private readonly isSame: (a: T, b: T) => boolean;

  constructor(
    codec: Codec<T>,
    options: {
      readonly hintOf: (entry: T) => string;
      readonly isSame: (a: T, b: T) => boolean;
      readonly keyOf?: (entry: T) => string;
    },
  ) {
    super(codec, options.keyOf);
    this.hintOf = options.hintOf;
    this.isSame = options.isSame;
  }

  override intern(entry: T): number {
    const hint = this.hintOf(entry);
    const last = this.lastByHint.get(hint);
    if (last !== undefined && this.has(last) && this.isSame(this.get(last), entry)) return last;
    const id = super.intern(entry);
    this.lastByHint.set(hint, id);
    return id;
  }

  override retain(keep: (id: number) => boolean): void {
    this.lastByHint.clear();
    super.retain(keep);
  }
}
