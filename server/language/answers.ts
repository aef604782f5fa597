import { type Diagnostic, DiagnosticSeverity, type Hover, type Position } from 'vscode-languageserver-protocol/node';
import type { CodeHover, CodePosition, CodeProblem } from '../../protocol/index.ts';

const MOST_PROBLEMS = 100;
const MOST_TEXT = 16_000;

/** Errors and warnings; what is a hint at a nicer way of writing is left out. */
export function problemsOf(diagnostics: readonly Diagnostic[]): CodeProblem[] {
  return diagnostics
    .filter(({ severity }) => severity === DiagnosticSeverity.Error || severity === DiagnosticSeverity.Warning)
    .slice(0, MOST_PROBLEMS)
    .map(({ range, severity, message, source }) => ({
      from: placeOf(range.start),
      to: placeOf(range.end),
      severity: severity === DiagnosticSeverity.Error ? 'error' : 'warning',
      message: (typeof message === 'string' ? message : message.value).slice(0, MOST_TEXT),
      source: source ?? 'gopls',
    }));
}

/**
 * gopls answers in Markdown: a fenced declaration, a rule, then documentation. Null when it knows nothing.
 *
 *     ```go\nfunc Sprintf(format string, a ...any) string\n```\n\n---\n\nSprintf formats …
 */
export function hoverOf(hover: Hover | null, at: CodePosition): CodeHover | null {
  if (hover === null || typeof hover.contents !== 'object' || !('value' in hover.contents)) return null;
  const text = hover.contents.value.slice(0, MOST_TEXT);
  const [, declaration = '', rest = text] = /^```\w*\n([\s\S]*?)\n```\n?([\s\S]*)$/.exec(text) ?? [];
  const documentation = textOf(rest).trim();
  if (declaration === '' && documentation === '') return null;
  const from = hover.range ? placeOf(hover.range.start) : at;
  return { declaration, documentation, from, to: hover.range ? placeOf(hover.range.end) : from };
}

/**
 * Documentation without the marks of Markdown, which the page would only show; what is code stays as it is.
 *
 *     \[Print] writes to [os.Stdout](https://pkg.go.dev/os#Stdout)   →   [Print] writes to os.Stdout
 */
function textOf(markdown: string): string {
  const kept: string[] = [];
  let isFenced = false;
  for (const line of markdown.split('\n')) {
    if (line.startsWith('```')) isFenced = !isFenced;
    else if (isFenced || /^(\t| {4})/.test(line)) kept.push(line);
    else if (!/^---+$/.test(line)) kept.push(withoutMarks(line));
  }
  return kept.join('\n').replace(/\n{3,}/g, '\n\n');
}

const withoutMarks = (line: string): string =>
  line
    .replace(/(?<!\\)\[([^\][\n]{0,200})\]\([^()\s]{0,500}\)/g, '$1')
    .replace(/^#{1,6} /, '')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1');

/** The protocol counts from 0. */
const placeOf = ({ line, character }: Position): CodePosition => ({ line: line + 1, column: character + 1 });
