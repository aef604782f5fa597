import type { SaveView, TwinView } from '../../protocol/index.ts';
import { baselineRunOf, type LabView } from './lab-store.ts';

/**
 * Whose profiles one side of the graph shows, and what to call it: `title` in a sentence, `savedAt` when it is a save of the
 * history ("14:03:07"). `fromMillis`: only windows since then.
 */
export type GraphSource = { instance: string; title: string; savedAt: string | null; fromMillis: number | null };
/** `subject`: the exercise; while it stays, the picture morphs from one source to the next, else it starts empty. */
export type GraphSources = { subject: string | null; before: GraphSource | null; after: GraphSource | null };
export type Comparison = { before: SaveView; after: SaveView };

/**
 * What the graph panel compares, first that applies:
 *
 *     two saves picked in the history   candidate of the one   | candidate of the other
 *     a save has brought a twin         twin's baseline        | twin's candidate
 *     otherwise                         —                      | the instance that the exercise starts from
 */
export function graphSources(
  { lab, twin }: Pick<LabView, 'lab' | 'twin'>,
  exercise: { slug: string; service: string } | null,
  comparison: Comparison | null,
): GraphSources {
  const subject = exercise?.slug ?? null;
  if (comparison) {
    return { subject, before: sideOfSave(comparison.before), after: sideOfSave(comparison.after) };
  }
  if (twin && lab?.exercise === exercise?.slug)
    return { subject, before: sideOfTwin(twin, 'baseline'), after: sideOfTwin(twin, 'candidate') };
  const run = baselineRunOf(lab, exercise);
  const after = run ? { instance: run.instance, title: run.instance, savedAt: null, fromMillis: null } : null;
  return { subject, before: null, after };
}

function sideOfTwin(twin: TwinView, side: 'baseline' | 'candidate'): GraphSource {
  const title = side === 'baseline' ? 'before your change' : 'after your change';
  return { instance: twin[side].instance, title, savedAt: null, fromMillis: twin.startedMillis };
}

function sideOfSave(save: SaveView): GraphSource | null {
  if (!save.twin) return null;
  const savedAt = new Date(save.atMillis).toLocaleTimeString('en-GB');
  return { ...sideOfTwin(save.twin, 'candidate'), title: `the save of ${savedAt}`, savedAt };
}

/** Same profiles asked for: titles alone don't make another question. */
export function sameSources(a: GraphSources, b: GraphSources): boolean {
  const same = (x: GraphSource | null, y: GraphSource | null) =>
    x?.instance === y?.instance && x?.fromMillis === y?.fromMillis;
  return a.subject === b.subject && same(a.before, b.before) && same(a.after, b.after);
}
