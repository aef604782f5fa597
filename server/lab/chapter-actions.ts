import type { ChapterSummary } from '../../protocol/index.ts';
import type { Chapter, Exercise } from '../course/index.ts';
import { AppError } from '../errors.ts';
import type { LabActions } from '../http/index.ts';

/** What the page can ask of the slides; they don't change while the lab runs. */
export function chapterActions(chapters: readonly Chapter[], exercises: readonly Exercise[]) {
  const summaryOf = ({ id, title, summary, slides }: Chapter): ChapterSummary => ({
    id,
    title,
    summary,
    exercises: exercises.filter(({ chapter }) => chapter === id).map(({ slug }) => slug),
    slides: slides.length,
  });
  return {
    listChapters: async () => chapters.map(summaryOf),
    async getChapter(id) {
      const chapter = chapters.find((one) => one.id === id);
      if (chapter) return { ...summaryOf(chapter), slides: [...chapter.slides] };
      const known = chapters.map((one) => one.id).join(', ');
      throw new AppError('not-found', `There are no slides of ${id.slice(0, 100)}; there are those of ${known}.`);
    },
  } satisfies Partial<LabActions>;
}
