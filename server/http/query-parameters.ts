import { kindName } from '../../protocol/index.ts';
import { AppError } from '../errors.ts';

/** Turns the text of one parameter, null when it is absent or empty, into a value; throws what a person can act on. */
export type ParameterReader<T> = (text: string | null, name: string) => T;
type Readers = Readonly<Record<string, ParameterReader<unknown>>>;
type Values<R extends Readers> = { readonly [K in keyof R]: ReturnType<R[K]> };

const MAX_TEXT = 8_192;

/** Reads exactly the parameters named in `readers`: an unknown or repeated one is refused by name, not ignored. */
export function readParameters<R extends Readers>(query: URLSearchParams, readers: R): Values<R> {
  checkNames(query, Object.keys(readers));
  const entries = Object.entries(readers).map(([name, read]) => [name, read(query.get(name) || null, name)]);
  // The door where a query becomes typed: every key of `readers` is there, with what its reader returned.
  return Object.fromEntries(entries) as Values<R>;
}

export function checkNames(query: URLSearchParams, known: readonly string[], prefix?: string): void {
  for (const [name, text] of query) {
    const isKnown = known.includes(name) || (prefix !== undefined && name.startsWith(prefix));
    if (!isKnown) throw refuse(`unknown parameter ${show(name)}; this route knows ${known.join(', ') || 'none'}`);
    if (query.getAll(name).length > 1) throw refuse(`parameter ${name} is there more than once`);
    if (text.length > MAX_TEXT) throw refuse(`parameter ${name} is longer than ${MAX_TEXT} characters`);
  }
}

/** Refuses bytes that aren't UTF-8: URLSearchParams would put U+FFFD in their place. */
export function checkEncoding(url: string): void {
  for (const [bytes] of url.matchAll(/(?:%[89a-f][0-9a-f])+/gi)) {
    try {
      decodeURIComponent(bytes);
    } catch {
      throw refuse(`${show(bytes)} in the address is not UTF-8; expected UTF-8, percent-encoded`);
    }
  }
}

export const optionalText: ParameterReader<string | null> = (text) => text;

export const requiredText: ParameterReader<string> = (text, name) => {
  if (text === null) throw refuse(`parameter ${name} is missing`);
  return text;
};

export const kindParameter: ParameterReader<string> = (text, name) => {
  const parsed = kindName.safeParse(text ?? '');
  if (parsed.success) return parsed.data;
  throw refuse(`parameter ${name}: seen ${show(text)}, expected a lower-case word such as cpu, allocs or heap`);
};

/** Unix milliseconds from RFC 3339 (`2026-01-02T15:04:05Z`) or Unix milliseconds. null = open. */
export const timeParameter: ParameterReader<number | null> = (text, name) => {
  if (text === null) return null;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const millis = millisFromRfc3339(text);
  if (millis !== null) return millis;
  throw refuse(`parameter ${name}: seen ${show(text)}, expected RFC 3339 (2026-01-02T15:04:05Z) or Unix milliseconds`);
};

export function wholeNumber(options: { min: number; max: number; absent: number }): ParameterReader<number>;
export function wholeNumber(options: { min: number; max: number; absent: null }): ParameterReader<number | null>;
export function wholeNumber(options: { min: number; max: number; absent: number | null }) {
  return (text: string | null, name: string): number | null => {
    if (text === null) return options.absent;
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= options.min && value <= options.max) return value;
    throw refuse(
      `parameter ${name}: seen ${show(text)}, expected a whole number from ${options.min} to ${options.max}`,
    );
  };
}

/** One of a few words; the first when it is absent. */
export function oneOf<T extends string>(words: readonly [T, ...T[]]): ParameterReader<T> {
  return (text, name) => {
    const found = text === null ? words[0] : words.find((word) => word === text);
    if (found !== undefined) return found;
    throw refuse(`parameter ${name}: seen ${show(text)}, expected one of ${words.join(', ')}`);
  };
}

/** A step in milliseconds, or with a unit as in PromQL: `500ms`, `15s`, `5m`, `1h`, `1d`. */
export const stepParameter: ParameterReader<number | null> = (text, name) => {
  if (text === null) return null;
  const [, digits = '', unit = 'ms'] = /^(\d{1,12})(ms|s|m|h|d)?$/.exec(text) ?? [];
  const value = Number(digits) * (STEP_UNITS[unit] ?? 0);
  if (value >= 1) return value;
  throw refuse(`parameter ${name}: seen ${show(text)}, expected milliseconds, or a duration such as 15s or 5m`);
};
const STEP_UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A label's name; a sample's own labels may be called anything. */
export const labelParameter: ParameterReader<string | null> = (text, name) => {
  if (text === null || /^[^,"]{1,256}$/.test(text)) return text;
  throw refuse(`parameter ${name}: seen ${show(text)}, expected the name of a label`);
};

/** Label names with commas between them. */
export const labelList: ParameterReader<readonly string[]> = (text, name) => {
  if (text === null) return [];
  const labels = text.split(',').map((label) => label.trim());
  if (labels.every((label) => /^[^"]{1,256}$/.test(label))) return labels;
  throw refuse(`parameter ${name}: seen ${show(text)}, expected label names with commas between them`);
};

/** The labels that a pushed profile may be given. */
export const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]{0,63}$/;

export function checkWindow(from: number | null, to: number | null): void {
  if (from !== null && to !== null && from > to) throw refuse(`from (${from}) is after to (${to})`);
}

/** A + that nobody escaped arrives as a space, so one in front of the zone is read as one. */
function millisFromRfc3339(text: string): number | null {
  const match = /^(\d{4}-\d\d-(\d\d))[Tt](\d\d:\d\d:\d\d(?:\.\d{1,9})?)(?:[Zz]|([-+ ])(\d\d:\d\d))$/.exec(text);
  if (match === null) return null;
  const [, date = '', day = '', time = '', sign, offset] = match;
  const zone = offset === undefined ? 'Z' : `${sign === '-' ? '-' : '+'}${offset}`;
  const millis = Date.parse(`${date}T${time}${zone}`);
  // Date.parse rolls the 30th of February over into March; a day that isn't there is a mistake.
  const isRealDay = new Date(`${date}T00:00:00Z`).getUTCDate() === Number(day);
  return Number.isNaN(millis) || !isRealDay ? null : millis;
}

function refuse(message: string): AppError {
  return new AppError('bad-request', `Bad request: ${message}.`);
}

function show(text: string | null): string {
  return text === null ? 'nothing' : JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
}
