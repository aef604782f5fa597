import MarkdownIt from 'markdown-it';

/** Either ready HTML of the text between two code blocks, or a code block as plain text. */
export type LessonPart =
  | { kind: 'text'; html: string }
  | { kind: 'code'; language: string; text: string; runnable: boolean };

/** `html: false`: a lesson's own tags come out as text. markdown-it itself refuses `javascript:` and the like in links. */
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });
markdown.renderer.rules.link_open = (tokens, index, options, _env, renderer) => {
  tokens[index]?.attrSet('target', '_blank');
  tokens[index]?.attrSet('rel', 'noopener noreferrer');
  return renderer.renderToken(tokens, index, options);
};

const SHELLS = new Set(['sh', 'bash', 'shell', 'console']);

/**
 * A lesson, cut at its top-level code blocks so that those can have buttons.
 *
 *     "# Look\n```sh\ngo test ./...\n```\nThen …"  →  text, code (runnable), text
 */
export function lessonParts(lesson: string): LessonPart[] {
  const env = {};
  const tokens = markdown.parse(lesson, env);
  const parts: LessonPart[] = [];
  let text: typeof tokens = [];
  const flush = () => {
    if (text.length > 0) parts.push({ kind: 'text', html: markdown.renderer.render(text, markdown.options, env) });
    text = [];
  };
  for (const token of tokens) {
    if (token.type !== 'fence' || token.level !== 0) {
      text.push(token);
      continue;
    }
    flush();
    const language = token.info.trim().split(/\s+/)[0] ?? '';
    parts.push({ kind: 'code', language, text: token.content.trimEnd(), runnable: SHELLS.has(language) });
  }
  flush();
  return parts;
}

/** The section that asks for an instrument: the choice stands before what is said about it. */
export const INSTRUMENT_HEADING = '## Choose the instrument';

/** A lesson in two, the second from that line on; without it all is in the first. */
export function lessonAround(lesson: string, heading: string): [before: string, after: string] {
  const at = `\n${lesson}`.indexOf(`\n${heading}\n`);
  return at < 0 ? [lesson, ''] : [lesson.slice(0, at), lesson.slice(at)];
}

/** Short content (a hint, an explanation) as HTML. */
export function inlineHtml(text: string): string {
  return markdown.renderInline(text);
}

/** What a runnable block types: its lines without prompts and comments, joined so that a failing one stops the rest. */
export function commandOfBlock(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/^\$ /, '').trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .join(' && ');
}
