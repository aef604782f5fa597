/** One matcher as it stands in a selector's text; `start`, `end`: where, comma left out. */
export interface MatcherText {
  readonly label: string;
  readonly op: '=' | '!=' | '=~' | '!~';
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const STRING = String.raw`"(?:[^"\\\n]|\\.)*"`;
const MATCHER = new RegExp(String.raw`\s*([A-Za-z_][A-Za-z0-9_]*|${STRING})\s*(=~|!~|!=|=)\s*(${STRING})\s*`, 'y');

/**
 * The matchers of a selector, so that they can be shown and taken out one by one; null when the text isn't in the usual form.
 * The lab alone decides what is valid: it knows more ways to quote.
 *
 *     {service="search", tenant=~"t.*"}  →  service = search · tenant =~ t.*
 */
export function matchersOf(text: string): MatcherText[] | null {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  const open = text.indexOf('{');
  if (!trimmed.startsWith('{') || !trimmed.endsWith('}')) return null;
  const close = text.lastIndexOf('}');
  const found: MatcherText[] = [];
  let at = open + 1;
  while (text.slice(at, close).trim() !== '') {
    MATCHER.lastIndex = at;
    const match = MATCHER.exec(text);
    const [whole = '', name = '', op, value = ''] = match ?? [];
    const end = at + whole.length;
    if (match === null || end > close || !isOperator(op)) return null;
    const label = unquoted(name);
    const plain = unquoted(value);
    if (label === null || plain === null) return null;
    found.push({ label, op, value: plain, start: at, end });
    if (text[end] !== ',' && end !== close) return null;
    at = text[end] === ',' ? end + 1 : end;
  }
  return found;
}

const isOperator = (text: string | undefined): text is MatcherText['op'] =>
  text === '=' || text === '!=' || text === '=~' || text === '!~';

/** JSON's escapes are among Go's; a text with others is left to the lab. */
function unquoted(text: string): string | null {
  if (!text.startsWith('"')) return text;
  try {
    return String(JSON.parse(text));
  } catch {
    return null;
  }
}

export function selectorOf(matchers: readonly Pick<MatcherText, 'label' | 'op' | 'value'>[]): string {
  if (matchers.length === 0) return '';
  const name = (label: string) => (/^[A-Za-z_][A-Za-z0-9_]*$/.test(label) ? label : JSON.stringify(label));
  return `{${matchers.map(({ label, op, value }) => `${name(label)}${op}${JSON.stringify(value)}`).join(', ')}}`;
}

/** The same selector with that label's equality instead of what it said about the label; '' takes the label out. */
export function withLabel(text: string, label: string, value: string): string {
  const others = (matchersOf(text) ?? []).filter((matcher) => matcher.label !== label);
  return selectorOf(value === '' ? others : [...others, { label, op: '=', value }]);
}

/** What could be typed at the caret: the part that is there already and what it is the beginning of. */
export type Completion =
  | { readonly of: 'label'; readonly from: number; readonly to: number; readonly typed: string }
  | {
      readonly of: 'value';
      readonly from: number;
      readonly to: number;
      readonly typed: string;
      readonly label: string;
    };

/**
 *     {ser|            label, typed "ser"            {service="se|        value of service, typed "se"
 *     {service="a",|   label, typed ""               {service="a"|        nothing
 */
export function completionAt(text: string, caret: number): Completion | null {
  const before = text.slice(0, caret);
  const value = /(?:^|[{,])\s*([A-Za-z_][A-Za-z0-9_]*|"[^"]*")\s*(?:=~|!~|!=|=)\s*("?)([^"\\]*)$/.exec(before);
  if (value) {
    const [, name = '', quote = '', typed = ''] = value;
    const from = caret - typed.length - quote.length;
    const rest = /^[^",}]*"?/.exec(text.slice(caret))?.[0].length ?? 0;
    return { of: 'value', from, to: caret + rest, typed, label: name.replaceAll('"', '') };
  }
  const label = /^(\s*|.*[{,]\s*)([A-Za-z_][A-Za-z0-9_]*)?$/.exec(before);
  if (!label || isInsideString(before)) return null;
  const typed = label[2] ?? '';
  const rest = /^[A-Za-z0-9_]*/.exec(text.slice(caret))?.[0].length ?? 0;
  return { of: 'label', from: caret - typed.length, to: caret + rest, typed };
}

const isInsideString = (before: string) => (before.replace(/\\./g, '').match(/"/g)?.length ?? 0) % 2 === 1;

/** The text with a completion taken, and where the caret then stands; the braces come by themselves. */
export function completed(text: string, at: Completion, chosen: string): { text: string; caret: number } {
  const braced = text.includes('{') ? '' : '{';
  const head = `${braced}${text.slice(0, at.from)}`;
  const tail = text.slice(at.to);
  if (at.of === 'label') {
    const name = /^[A-Za-z_][A-Za-z0-9_]*$/.test(chosen) ? chosen : JSON.stringify(chosen);
    const operator = /^\s*[=!]/.test(tail) ? '' : '=';
    const written = `${head}${name}${operator}`;
    return { text: `${written}${tail}`, caret: written.length };
  }
  const written = `${head}${JSON.stringify(chosen)}`;
  return { text: `${written}${tail.includes('}') ? tail : `${tail}}`}`, caret: written.length };
}
