import { z } from 'zod';

/** One thing that a schema refuses: where, and in words what was seen and what was expected there. */
export interface Misfit {
  /** `targets[2].url`; empty = the whole. */
  readonly place: string;
  /** `seen 5, expected text` */
  readonly words: string;
}

/** The input as its schema sees it. Throws what `refuse` makes of the first misfit; `all` has every one. */
export function parseInput<T>(
  schema: z.ZodType<T>,
  input: unknown,
  refuse: (first: Misfit, all: readonly Misfit[]) => Error,
): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const all = parsed.error.issues.map((issue) => misfitOf(issue, input, schema));
  throw refuse(all[0] ?? { place: '', words: 'it is not what was expected' }, all);
}

/** `targets[2].url: seen nothing, expected text` */
export const sentenceOf = ({ place, words }: Misfit, whole: string): string => `${place || whole}: ${words}`;

function misfitOf(issue: z.core.$ZodIssue, input: unknown, schema: z.ZodType): Misfit {
  const seen = valueAt(input, issue.path);
  if (issue.code === 'unrecognized_keys') {
    const place = placeOf([...issue.path, issue.keys[0] ?? '']);
    const known = fieldsAt(schema, issue.path);
    return { place, words: `not known here${known.length > 0 ? `, expected one of ${known.join(', ')}` : ''}` };
  }
  const place = placeOf(issue.path);
  if (issue.code === 'invalid_key') {
    return { place, words: `seen as a name, expected ${expectedBy(issue.issues[0] ?? issue)}` };
  }
  const first = issue.code === 'invalid_union' ? (issue.errors[0]?.[0] ?? issue) : issue;
  return { place, words: `seen ${show(seen, issue)}, expected ${expectedBy(first)}` };
}

function expectedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options) ? oneOf(issue.options) : 'another form';
    case 'too_small':
      return `${issue.inclusive ? 'at least' : 'more than'} ${amount(issue.minimum, issue.origin)}`;
    case 'too_big':
      return `${issue.inclusive ? 'at most' : 'less than'} ${amount(issue.maximum, issue.origin)}`;
    case 'invalid_format':
      return issue.message.startsWith('Invalid ') ? (issue.pattern ?? issue.format) : issue.message;
    case 'custom':
      return issue.message;
    default:
      return 'another form';
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
};
const UNITS: Readonly<Record<string, string>> = { string: 'character', array: 'item' };

function amount(number: number | bigint, origin: string): string {
  const unit = UNITS[origin];
  return unit === undefined ? `${number}` : `${number} ${unit}${number === 1 ? '' : 's'}`;
}

const oneOf = (values: readonly unknown[]): string =>
  values.length === 1 ? JSON.stringify(values[0]) : `one of ${values.join(', ')}`;

const MOST_SHOWN = 100;

function show(value: unknown, issue: z.core.$ZodIssue): string {
  const isSize = issue.code === 'too_big' || issue.code === 'too_small';
  if (isSize && (typeof value === 'string' || Array.isArray(value))) {
    return amount(value.length, typeof value === 'string' ? 'string' : 'array');
  }
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}

const placeOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = Reflect.get(value, part);
  }
  return value;
}

/** Names of the fields of the object that stands at a place of a schema; none where it is another thing. */
function fieldsAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  const [first, ...rest] = path;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return fieldsAt(schema.unwrap(), path);
  if (schema instanceof z.ZodArray && first !== undefined) return fieldsAt(schema.element, rest);
  if (!(schema instanceof z.ZodObject)) return [];
  if (first === undefined) return Object.keys(schema.shape);
  const inner: z.core.$ZodType | undefined = schema.shape[String(first)];
  return inner === undefined ? [] : fieldsAt(inner, rest);
}
