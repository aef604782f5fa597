/**
 * flame-graph: a merged call tree on a canvas, keyed by stack path, and the same data as a tree table for keyboard and
 * screen readers. The model (layout, difference, morph) is pure and knows neither React nor the DOM; the components know
 * neither the lab nor the server: a graph comes in, a chosen frame goes out.
 *
 *     <FlameGraph graph={candidate} before={baseline} mode="after" theme={theme} onSelect={openSource} />
 *     <TreeTable graph={candidate} before={baseline} onSelect={openSource} />
 */
export type { DrawnMoment } from './canvas/flame-view.ts';
export { FlameGraph } from './flame-graph.tsx';
export type { ChosenFrame, FlameGraphProps } from './flame-graph-props.ts';
export { FunctionName } from './function-name.tsx';
export { type Per, shareOfChange } from './model/diff-graphs.ts';
export { type FlameOptions, PLAIN_OPTIONS } from './model/flame-options.ts';
export { markLabelGroups } from './model/label-groups.ts';
export type { FlameMode } from './model/picture.ts';
export { keyOfPath } from './model/stack-key.ts';
export { NegativeNote } from './negative-total.tsx';
export { SaturatedNote } from './saturated-note.tsx';
export { TreeTable, type TreeTableProps } from './tree-table.tsx';
