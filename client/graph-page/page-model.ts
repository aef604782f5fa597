import type { FlameFrame, GraphPage } from '../../protocol/index.ts';
import { shareOfChange } from '../flame-graph/model/diff-graphs.ts';
import { formatDelta, formatShare, formatValue } from '../ui/format.ts';

/** What is drawn: one side, or what has changed between two. */
export type Shown = 'before' | 'after' | 'difference';

/** A node as d3-flame-graph takes it. `value`: its own width; the chart adds up those of the children. */
export interface GraphDatum {
  readonly node: number;
  readonly name: string;
  readonly value: number;
  readonly children: GraphDatum[];
}

export const isComparison = (page: GraphPage): boolean => page.sides.length === 2;

/** Index of the side that `shown` is about; a page with one side has no other. */
function sideOf(page: GraphPage, shown: Shown): number {
  return shown === 'before' || !isComparison(page) ? 0 : 1;
}

const at = (values: readonly number[] | undefined, node: number): number => values?.[node] ?? 0;

export function frameOf(page: GraphPage, node: number): FlameFrame | null {
  return page.frames[page.frame[node] ?? -1] ?? null;
}

export function nameOf(page: GraphPage, node: number): string {
  return frameOf(page, node)?.name ?? (node === 0 ? 'all' : '(too small, trimmed)');
}

/**
 * The tree of one picture. All pictures of a page have the same nodes in the same order, so the numbers that d3-flame-graph gives
 * them, and with them the frames on screen, stay the same from one to the next; a frame that isn't in one has no width there.
 * A negative value (a delta of a heap) has no width either; a difference is as wide as the larger of its sides.
 */
export function flameData(page: GraphPage, shown: Shown): GraphDatum {
  const selfs = page.sides.map(({ self }) => self);
  const trimmed = page.sides.map(({ total }) => total);
  const widthOn = (side: number, node: number): number =>
    Math.max(0, at((page.frame[node] === TRIMMED ? trimmed : selfs)[side], node));
  const width = (node: number): number =>
    shown === 'difference' ? Math.max(widthOn(0, node), widthOn(1, node)) : widthOn(sideOf(page, shown), node);
  const nodes = page.parent.map(
    (_, node): GraphDatum => ({ node, name: nameOf(page, node), value: width(node), children: [] }),
  );
  page.parent.forEach((parent, node) => {
    const datum = nodes[node];
    if (parent >= 0 && datum !== undefined) nodes[parent]?.children.push(datum);
  });
  return nodes[0] ?? { node: 0, name: 'all', value: 0, children: [] };
}

const TRIMMED = -2;

/** Change of a node as a share of all that the first side costs. */
export function changeOf(page: GraphPage, node: number): number {
  const [a, b] = page.sides;
  return shareOfChange(at(b?.total, node) - at(a?.total, node), at(a?.total, 0));
}

/** A frame in one line: name, cost, share, file. */
export function describeNode(page: GraphPage, shown: Shown, node: number): string {
  const { unit, sides } = page;
  const frame = frameOf(page, node);
  const place = frame === null || frame.file === '' ? '' : ` · ${frame.file}${frame.line > 0 ? `:${frame.line}` : ''}`;
  if (shown === 'difference') {
    const [before, after] = sides.map(({ total }) => at(total, node));
    const change = formatDelta((after ?? 0) - (before ?? 0), unit);
    const values = `before ${formatValue(before ?? 0, unit)}, after ${formatValue(after ?? 0, unit)}`;
    return `${nameOf(page, node)} · ${change} (${values}; ${formatShare(changeOf(page, node))} of the total before)${place}`;
  }
  const side = sides[sideOf(page, shown)];
  const total = at(side?.total, node);
  const whole = at(side?.total, 0);
  const share = whole > 0 ? ` · ${formatShare(total / whole)}` : '';
  return `${nameOf(page, node)} · ${formatValue(total, unit)}${share} · self ${formatValue(at(side?.self, node), unit)}${place}`;
}

/** Plain text anywhere in a name, case ignored; never a pattern: `main.(*` is a name's beginning. */
export function nameMatches(name: string, text: string): boolean {
  return name.toLowerCase().includes(text.trim().toLowerCase());
}

/** Share of the shown whole under a match, nested matches counted once. */
export function foundShare(page: GraphPage, shown: Shown, text: string): { frames: number; share: number } {
  const side = page.sides[sideOf(page, shown)];
  const covered = new Uint8Array(page.parent.length);
  let frames = 0;
  let sum = 0;
  page.parent.forEach((parent, node) => {
    const found = nameMatches(nameOf(page, node), text);
    const above = parent >= 0 && covered[parent] === 1;
    covered[node] = found || above ? 1 : 0;
    if (found) frames++;
    if (found && !above) sum += at(side?.total, node);
  });
  const whole = at(side?.total, 0);
  return { frames, share: whole > 0 ? sum / whole : 0 };
}

export interface FunctionRow {
  readonly name: string;
  /** For each side. */
  readonly self: readonly number[];
  readonly total: readonly number[];
}

/** The functions with the largest self cost, or, of two sides, with the largest change of it. `total` counts recursion once. */
export function functionRows(page: GraphPage, most: number): FunctionRow[] {
  const rows = new Map<string, { name: string; self: number[]; total: number[] }>();
  const stacks: (ReadonlySet<string> | undefined)[] = [];
  page.parent.forEach((parent, node) => {
    const above = stacks[parent] ?? new Set<string>();
    const name = nameOf(page, node);
    stacks[node] = frameOf(page, node) === null ? above : new Set([...above, name]);
    if (frameOf(page, node) === null) return;
    const row = rows.get(name) ?? { name, self: page.sides.map(() => 0), total: page.sides.map(() => 0) };
    rows.set(name, row);
    page.sides.forEach(({ self, total }, side) => {
      row.self[side] = (row.self[side] ?? 0) + at(self, node);
      if (!above.has(name)) row.total[side] = (row.total[side] ?? 0) + at(total, node);
    });
  });
  const weight = ({ self }: FunctionRow): number =>
    isComparison(page) ? Math.abs((self[1] ?? 0) - (self[0] ?? 0)) : (self[0] ?? 0);
  return [...rows.values()].sort((x, y) => weight(y) - weight(x) || (x.name < y.name ? -1 : 1)).slice(0, most);
}
