import { MINUS, NO_BREAK_SPACE } from '../../ui/format.ts';
import { changeShare, type GraphDifference } from './diff-graphs.ts';
import { diffStep } from './tint.ts';

/** The change of a node in text with sign, to stand before its name: colour is never the only carrier. '' for no change. */
export function diffNotes(difference: GraphDifference | null): ((node: number) => string) | null {
  if (difference === null) return null;
  const notes: string[] = [];
  return (node) => {
    let note = notes[node];
    if (note === undefined) {
      const change = node < 0 ? 0 : changeShare(difference, node);
      note = diffStep(change) === 0 ? '' : noteFor(change);
      notes[node] = note;
    }
    return note;
  };
}

/** Whole percents: there is little room in a frame. "−44 % ", "+1 % " (also for half a percent), "new " where the first side is nothing */
function noteFor(change: number): string {
  if (!Number.isFinite(change)) return 'new ';
  const percent = Math.round(Math.abs(change) * 100);
  return `${change < 0 ? MINUS : '+'}${Math.max(1, percent)}${NO_BREAK_SPACE}% `;
}
