import { join } from 'node:path';
import type { Slide, SlideWidget } from '../../protocol/index.ts';
import { declaresFunction, nameInMain, readGoSources } from './go-names.ts';
import type { Chapter } from './load-chapters.ts';

export interface ChapterFacts {
  /** Slugs of all exercises. */
  readonly exercises: readonly string[];
  readonly services: readonly string[];
  /** Folder of the services' sources. */
  readonly installed: string;
}

const SLIDES = { least: 3, most: 8 };
const MOST_WORDS = 100;

/** What is wrong with a chapter's slides, each as a sentence that says what to do; empty when all is well. */
export async function checkChapter(chapter: Chapter, facts: ChapterFacts): Promise<string[]> {
  const problems: string[] = [];
  const { id, slides } = chapter;
  if (slides.length < SLIDES.least || slides.length > SLIDES.most)
    problems.push(`${id}/slides.md: ${slides.length} slides; ${SLIDES.least} to ${SLIDES.most} are wanted`);
  for (const [index, slide] of slides.entries()) {
    const found = [...checkText(slide), ...(await checkFrames(slide, facts))];
    for (const widget of slide.widgets) found.push(...(await checkWidget(widget, facts)));
    problems.push(...found.map((what) => `${id}/slides.md: slide ${index + 1} (${slide.title}): ${what}`));
  }
  return problems;
}

function checkText({ text, notes }: Slide): string[] {
  const problems: string[] = [];
  const words = text.replace(/^(```|~~~)[\s\S]*?^\1.*$/gm, '').match(/[\p{L}\p{N}][^\s|]*/gu)?.length ?? 0;
  if (words > MOST_WORDS) problems.push(`${words} words; at most ${MOST_WORDS}, or make two slides of it`);
  const all = `${text}\n${notes ?? ''}`;
  for (const [, target = ''] of all.matchAll(/\]\(([^)\s]*)/g))
    if (!/^https:\/\/[a-z]/.test(target))
      problems.push(`the link ${target} is no https:// address; the chapter's exercises are linked by the page`);
  if (/\bTODO\b/.test(all)) problems.push('still says TODO');
  return problems;
}

/** Every `main.function` that the text names in code is declared in some service. */
async function checkFrames({ text, notes }: Slide, facts: ChapterFacts): Promise<string[]> {
  const named = [...`${text}\n${notes ?? ''}`.matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name);
  const functions = named.filter((name) => nameInMain(name) !== undefined);
  if (functions.length === 0) return [];
  const sources = await Promise.all(facts.services.map((service) => readGoSources(join(facts.installed, service))));
  return functions
    .filter((name) => !declaresFunction(sources.join('\n'), nameInMain(name) ?? ''))
    .map((name) => `function ${name} is named but no service has it`);
}

async function checkWidget(widget: SlideWidget, facts: ChapterFacts): Promise<string[]> {
  const say = (what: string): string[] => [`${widget.widget}: ${what}`];
  if (widget.widget === 'difference' && !facts.exercises.includes(widget.exercise))
    return say(`there is no exercise ${widget.exercise}`);
  if (widget.widget !== 'flame-graph' && widget.widget !== 'metric') return [];
  if (!facts.services.includes(widget.service))
    return say(`there is no service ${widget.service}; there are ${facts.services.join(', ')}`);
  if (widget.widget === 'metric') return [];
  const sources = await readGoSources(join(facts.installed, widget.service));
  return [widget.focus, widget.search].flatMap((frame = '') => {
    const name = nameInMain(frame);
    return name === undefined || declaresFunction(sources, name)
      ? []
      : say(`function ${frame} doesn't exist in ${widget.service}`);
  });
}
