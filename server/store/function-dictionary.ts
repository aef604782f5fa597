import type { ProfileFunction } from '../profile/profile.ts';
import { functionCodec, functionKey } from './codecs.ts';
import { KeyedDictionary } from './dictionary.ts';

/** Functions are what a profile has most of: nearly always its name alone finds the one that is meant. */
export class FunctionDictionary extends KeyedDictionary<ProfileFunction> {
  /** Last id that was asked for under a name; checked before it is believed. */
  private readonly lastByName = new Map<string, number>();

  constructor() {
    super(functionCodec, functionKey);
  }

  override intern(fn: ProfileFunction): number {
    const last = this.lastByName.get(fn.name);
    if (last !== undefined && this.has(last) && isSame(this.get(last), fn)) return last;
    const id = super.intern(fn);
    this.lastByName.set(fn.name, id);
    return id;
  }

  override retain(keep: (id: number) => boolean): void {
    this.lastByName.clear();
    super.retain(keep);
  }
}

const isSame = (a: ProfileFunction, b: ProfileFunction): boolean =>
  a.name === b.name && a.file === b.file && a.startLine === b.startLine && a.systemName === b.systemName;
