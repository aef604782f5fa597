/**
 * verdict: the proof of a fix: six gates with what was seen, the difference with its interval, and the history of saves.
 * It must not know how a gate is measured: everything shown was observed by the lab.
 *
 *     <VerdictCard check={save.check} exercise="read-a-flame" onCheck={course.check} />
 */
export { DifferenceBar } from './difference-bar.tsx';
export { HistoryList, type HistoryListProps } from './history-list.tsx';
export { VerdictCard, type VerdictCardProps } from './verdict-card.tsx';
export { VerdictMark } from './verdict-mark.tsx';
export { VERDICT_WORDS } from './verdict-words.ts';
