import { parse } from 'yaml';
import { AppError } from '../errors.ts';

/**
 * YAML between two `---` lines at the top, and the text below.
 *
 *     ---
 *     title: Read a flame        → data { title: 'Read a flame' }, body 'The lesson…'
 *     ---
 *     The lesson…
 */
export function parseFrontMatter(text: string, name: string): { data: unknown; body: string } {
  const match = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?/.exec(text);
  if (!match) throw new AppError('bad-request', `${name}: starts with front matter between two lines of ---`);
  try {
    return { data: parse(match[1] ?? ''), body: text.slice(match[0].length) };
  } catch (cause) {
    throw new AppError(
      'bad-request',
      `${name}: front matter is not YAML: ${cause instanceof Error ? cause.message : ''}`,
      { cause },
    );
  }
}
