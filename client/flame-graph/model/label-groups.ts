import type { FlameGraph } from '../../../protocol/index.ts';
import { LABEL_PACKAGE } from './package-family.ts';

/**
 * A tree grouped by a label, with the frames of its values told from functions: the lab names them by the value, with the label
 * in the place of the file and without a line. They say their label, and have a package that no function has.
 *
 *     by tenant    all 9 ┬ acme 5 ── main.f 5             →    all 9 ┬ tenant: acme 5 ── main.f 5
 *                        └ (no tenant) 4 ── main.f 4                 └ (no tenant) 4 ── main.f 4
 */
export function markLabelGroups(graph: FlameGraph, by: string): FlameGraph {
  const none = `(no ${by})`;
  const frames = graph.frames.map((frame) => {
    if (frame.file !== by || frame.line !== 0) return frame;
    return { name: frame.name === none ? none : `${by}: ${frame.name}`, file: '', line: 0, package: LABEL_PACKAGE };
  });
  return { ...graph, frames };
}
