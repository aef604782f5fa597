/** A slide as it is written: Markdown, and the fenced blocks that aren't code. */
export interface RawSlide {
  /** Markdown with its code blocks, without the other blocks. */
  text: string;
  readonly blocks: RawBlock[];
  /** Problems of its form, each as a sentence. */
  readonly problems: string[];
}

/** `word`: the info string. */
export interface RawBlock {
  readonly word: string;
  readonly body: string;
}

interface Fence {
  readonly mark: string;
  readonly word: string;
  readonly lines: string[];
}

/** Info strings of blocks that stay code. */
const CODE = ['', 'sh', 'bash', 'shell', 'console', 'go', 'text', 'json', 'yaml'];
const FENCE = /^(`{3,}|~{3,})[ \t]*([^\s`]*)/;

/**
 * Cuts a text at its lines of `---`, and each slide at its fences. A `---` inside a fence cuts nothing.
 *
 *     ## One              → { text: '## One\nText.', blocks: [{ word: 'run', body: 'command: go vet' }] }
 *     Text.                 { text: '## Two', blocks: [] }
 *     ```run
 *     command: go vet
 *     ```
 *     ---
 *     ## Two
 */
export function splitSlides(body: string): RawSlide[] {
  const slides = [newSlide()];
  let fence: Fence | null = null;
  for (const line of body.split(/\r?\n/)) {
    const slide = slides.at(-1) ?? newSlide();
    if (fence !== null) fence = readFence(slide, fence, line);
    else if (line.trimEnd() === '---') slides.push(newSlide());
    else fence = readLine(slide, line);
  }
  if (fence !== null) slides.at(-1)?.problems.push(`a block \`${fence.mark}${fence.word}\` never ends; close it`);
  return slides.map((slide) => ({ ...slide, text: slide.text.trim() }));
}

const newSlide = (): RawSlide => ({ text: '', blocks: [], problems: [] });

/** A line outside of fences; the fence that it opens. */
function readLine(slide: RawSlide, line: string): Fence | null {
  const [, mark, word = ''] = FENCE.exec(line) ?? [];
  if (mark === undefined) {
    if (line.trim() !== '' && slide.blocks.length > 0) {
      slide.problems.push(`"${line.trim().slice(0, 40)}" stands after a widget; text comes first, move it up`);
    }
    slide.text += `${line}\n`;
    return null;
  }
  if (CODE.includes(word)) slide.text += `${line}\n`;
  return { mark, word, lines: [] };
}

/** A line inside of a fence; null when it closes it. */
function readFence(slide: RawSlide, fence: Fence, line: string): Fence | null {
  const closes = line.trim().startsWith(fence.mark) && new Set(line.trim()).size === 1;
  if (CODE.includes(fence.word)) slide.text += `${line}\n`;
  else if (closes) slide.blocks.push({ word: fence.word, body: fence.lines.join('\n') });
  else fence.lines.push(line);
  return closes ? null : fence;
}
