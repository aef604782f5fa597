import { parse } from 'yaml';
import {
  type ChapterFile,
  chapterFile,
  type Misfit,
  parseInput,
  type Slide,
  type SlideWidget,
  sentenceOf,
  slideWidget,
  type WidgetName,
  widgetFields,
} from '../../protocol/index.ts';
import { AppError } from '../errors.ts';
import { parseFrontMatter } from './front-matter.ts';
import { type RawBlock, type RawSlide, splitSlides } from './split-slides.ts';

const NAMES = Object.keys(widgetFields);
const isWidget = (word: string): word is WidgetName => Object.hasOwn(widgetFields, word);

/** `slides.md` as slides. Throws `bad-request`, a line for each problem, which names file and slide and says what to do. */
export function parseSlides(text: string, name: string): { file: ChapterFile; slides: Slide[] } {
  const { data, body } = parseFrontMatter(text, name);
  const problems: string[] = [];
  const file = readFrontMatter(data, problems);
  const slides = splitSlides(body).map((raw, index) => {
    const [first = '', ...rest] = raw.text.split('\n');
    const title = /^## +(\S.*)$/.exec(first)?.[1]?.trim() ?? '';
    const place = `slide ${index + 1}${title === '' ? '' : ` (${title})`}`;
    const say = (what: string): void => void problems.push(`${place}: ${what}`);
    if (title === '') say('starts with its title, a line such as "## What a profile is"');
    for (const problem of raw.problems) say(problem);
    return { title, text: rest.join('\n').trim(), widgets: readWidgets(raw, say), notes: readNotes(raw, say) };
  });
  if (problems.length > 0 || file === null) {
    throw new AppError('bad-request', problems.map((problem) => `${name}: ${problem}`).join('\n'));
  }
  return { file, slides };
}

function readFrontMatter(data: unknown, problems: string[]): ChapterFile | null {
  const say = (what: string): void => void problems.push(`front matter: ${what}`);
  return readAs(chapterFile, data, { whole: 'title and summary', say });
}

function readWidgets(raw: RawSlide, say: (what: string) => void): SlideWidget[] {
  return raw.blocks.flatMap((block) => {
    if (block.word === 'notes') return [];
    if (isWidget(block.word)) return readWidget(block, block.word, say);
    say(`there is no widget ${block.word}; there are ${NAMES.join(', ')} and notes (code blocks: sh, go, text)`);
    return [];
  });
}

function readWidget({ body }: RawBlock, widget: WidgetName, say: (what: string) => void): SlideWidget[] {
  const inside = (what: string): void => say(`${widget}: ${what}`);
  let data: unknown;
  try {
    data = parse(body);
  } catch (cause) {
    inside(`is not YAML: ${cause instanceof Error ? cause.message.split('\n', 1)[0] : ''}`);
    return [];
  }
  const fields = readAs<object>(widgetFields[widget], data, { whole: 'the block', say: inside });
  return fields === null ? [] : [slideWidget.parse({ widget, ...fields })];
}

function readNotes({ blocks }: RawSlide, say: (what: string) => void): string | null {
  const notes = blocks.filter(({ word }) => word === 'notes');
  if (notes.length > 1) say('has several blocks of notes; put them into one');
  return notes[0]?.body.trim() || null;
}

interface Reading {
  /** What to call the place of a problem that is about all of it. */
  readonly whole: string;
  say(what: string): void;
}

/** The input as its schema sees it; null when it doesn't fit, and each misfit has been said. */
function readAs<T>(schema: Parameters<typeof parseInput<T>>[0], input: unknown, { whole, say }: Reading): T | null {
  const found: Misfit[] = [];
  try {
    return parseInput(schema, input, (first, all) => {
      found.push(...all);
      return new AppError('bad-request', first.words);
    });
  } catch (cause) {
    if (found.length === 0) throw cause;
    for (const misfit of found) say(sentenceOf(misfit, whole));
    return null;
  }
}
