/** What stopped a save, in the three ways that it is read. */
export interface FailureParts {
  /** The first sentence, with its full stop. */
  readonly headline: string;
  /** The rest of the first line; '' when there is none. */
  readonly rest: string;
  /** Lines that a process wrote, e.g. the dump of a panic; '' when there are none. */
  readonly log: string;
}

/**
 * Prose is the first line, what a process wrote comes after it:
 *
 *     it ended with exit code 2. Its last lines:   headline "it ended with exit code 2.", rest "Its last lines:"
 *     panic: boom                                  log
 */
export function failureParts(error: string): FailureParts {
  const text = error.trim();
  const end = text.indexOf('\n');
  const prose = (end === -1 ? text : text.slice(0, end)).trimEnd();
  const sentence = prose.match(/^.*?[.!?…](?=\s|$)/)?.[0];
  const log = end === -1 ? '' : text.slice(end + 1).replace(/^\n+/, '');
  if (sentence === undefined) return { headline: `${prose}.`, rest: '', log };
  return { headline: sentence, rest: prose.slice(sentence.length).trim(), log };
}
