/** `slides`: one at a time, from 1. `page`: all below each other, with `slide` in sight. */
export interface ChapterPlace {
  readonly view: 'slides' | 'page';
  readonly slide: number;
}

const PATH = '/chapters';

/** Steps of a chapter: its slides, then its exercises. */
export const stepsOf = (slides: number): number => slides + 1;

export function pathOfChapter(id: string): `/chapters/${string}` {
  return `${PATH}/${encodeURIComponent(id)}`;
}

/** `/chapters/01-look` → `01-look`; null: the list of chapters. */
export function chapterOfPath(path: string): string | null {
  const [, id = ''] = /^\/chapters\/([^/]+)\/?$/.exec(path) ?? [];
  try {
    return decodeURIComponent(id) || null;
  } catch {
    return id;
  }
}

/** `?slide=3`, `?view=page&slide=3`; what doesn't fit is the nearest that does. */
export function placeOfSearch(search: string, steps: number): ChapterPlace {
  const parameters = new URLSearchParams(search);
  const asked = Math.trunc(Number(parameters.get('slide') ?? 1));
  const slide = Number.isFinite(asked) ? Math.min(Math.max(1, asked), Math.max(1, steps)) : 1;
  return { view: parameters.get('view') === 'page' ? 'page' : 'slides', slide };
}

export function searchOfPlace({ view, slide }: ChapterPlace): string {
  const parameters = new URLSearchParams();
  if (view === 'page') parameters.set('view', 'page');
  if (slide > 1) parameters.set('slide', String(slide));
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}
