import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Slide } from '../../protocol/index.ts';
import { parseSlides } from './parse-slides.ts';

/** A chapter that has slides. */
export interface Chapter {
  /** Its folder's name: `01-look`. */
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly slides: readonly Slide[];
}

/** Reads `exercises/CHAPTER/slides.md` of these folders, in this order; a chapter without the file has no slides. */
export async function loadChapters(
  dir: string,
  ids: readonly string[],
): Promise<{ chapters: Chapter[]; problems: string[] }> {
  const chapters: Chapter[] = [];
  const problems: string[] = [];
  for (const id of ids) {
    const name = join(dir, id, 'slides.md');
    try {
      const text = await readFile(name, 'utf8').catch(absent);
      if (text === null) continue;
      const { file, slides } = parseSlides(text, name);
      chapters.push({ id, ...file, slides });
    } catch (cause) {
      problems.push(cause instanceof Error ? cause.message : String(cause));
    }
  }
  return { chapters, problems };
}

function absent(cause: unknown): null {
  if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
  throw cause;
}
