/**
 * course: the menu of exercises and one exercise's lesson: text, prediction, hints, questions, solution, reset. Content is data:
 * Markdown without raw HTML, everything else text. It must not know how a verdict is reached or a profile drawn.
 *
 *     <LessonPanel course={session.course} terminals={session.terminals} onReset={…} />
 */
export { byChapter, CourseMenu, type CourseMenuProps, chapterTitle, StateMark, stateWords } from './course-menu.tsx';
export { LessonPanel, type LessonPanelProps } from './lesson-panel.tsx';
export { lessonParts } from './lesson-parts.ts';
export { CodeBlock, InlineMarkdown, MarkdownText } from './markdown-text.tsx';
export { QuestionCard } from './question-card.tsx';
