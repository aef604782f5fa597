import type { Profile, ProfileFunction } from './profile.ts';

/**
 * Functions on their way between threads. Profiles of one program name the same hundreds of functions again and again, and
 * their texts are most of what a message costs: each goes once, later it is a number.
 *
 *     profile of a, b    numbers 0 1    added a b
 *     profile of b, c    numbers 1 2    added c
 */
export interface SentFunctions {
  /** Of each function of the profile, in its order. */
  readonly numbers: Int32Array;
  /** Functions that get the next numbers. */
  readonly added: readonly ProfileFunction[];
  /** Numbers begin anew with this profile: what was sent before is forgotten. */
  readonly restart: boolean;
}

export type SentProfile = Omit<Profile, 'functions'> & { readonly functions: SentFunctions };

/** What both sides remember at most: functions, and characters of their texts. */
const MOST_FUNCTIONS = 50_000;
const MOST_CHARACTERS = 8_000_000;

/** Of one name; more of them, which only a made-up profile has, go anew each time. */
const MOST_ALIKE = 8;

export class FunctionSender {
  /** By name first, as it nearly always tells functions apart. */
  private readonly byName = new Map<string, { readonly fn: ProfileFunction; readonly number: number }[]>();
  private count = 0;
  private characters = 0;

  send(functions: readonly ProfileFunction[]): SentFunctions {
    const restart = this.count > MOST_FUNCTIONS || this.characters > MOST_CHARACTERS;
    if (restart) this.forget();
    const added: ProfileFunction[] = [];
    const numbers = new Int32Array(functions.length);
    functions.forEach((fn, index) => {
      numbers[index] = this.numberOf(fn, added);
    });
    return { numbers, added, restart };
  }

  private numberOf(fn: ProfileFunction, added: ProfileFunction[]): number {
    const alike = this.byName.get(fn.name);
    for (let at = 0; alike !== undefined && at < alike.length; at++) {
      const known = alike[at];
      if (known !== undefined && isSameFunction(known.fn, fn)) return known.number;
    }
    const entry = { fn, number: this.count++ };
    if (alike === undefined) this.byName.set(fn.name, [entry]);
    else if (alike.length < MOST_ALIKE) alike.push(entry);
    this.characters += fn.name.length + fn.systemName.length + fn.file.length;
    added.push(fn);
    return entry.number;
  }

  private forget(): void {
    this.byName.clear();
    this.count = 0;
    this.characters = 0;
  }
}

/** The other end: gets every message of one sender, in order. */
export class FunctionReceiver {
  private known: ProfileFunction[] = [];

  /** Equal functions of several profiles are one object. */
  receive({ numbers, added, restart }: SentFunctions): ProfileFunction[] {
    if (restart) this.known = [];
    for (const fn of added) this.known.push(fn);
    return Array.from(numbers, (number) => {
      const fn = this.known[number];
      if (fn === undefined) throw new Error(`function ${number} of ${this.known.length} was never sent`);
      return fn;
    });
  }
}

export const isSameFunction = (a: ProfileFunction, b: ProfileFunction): boolean =>
  a.name === b.name && a.file === b.file && a.startLine === b.startLine && a.systemName === b.systemName;
