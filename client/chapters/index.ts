/**
 * chapters: the slides of a chapter, one at a time or all on one page, with live widgets: flame graph, metric strip, the
 * learner's own difference, a command, a quiz. A screen: it lays out other rooms' panels, as app/ does. Which slide is shown
 * is the address (state/chapter-place.ts). It must not know what a chapter is about: content comes from the lab.
 *
 *     <ChapterScreen id="01-look" place={{ view: 'slides', slide: 3 }} onPlace={…} sources={sources} />
 */
export { ChapterList, type ChapterListProps } from './chapter-list.tsx';
export { ChapterScreen, type ChapterScreenProps } from './chapter-screen.tsx';
export type { SlideSources } from './slide-sources.ts';
