import type { LineTable } from '../../../protocol/index.ts';

export interface LineCost {
  readonly line: number;
  readonly flat: number;
  readonly cum: number;
  /** 0..1 of the file's most expensive line, by cum. */
  readonly heat: number;
}

/**
 * What each line of a file costs, functions that share a line (type parameters) together; by line. Line 0, an unknown one, is
 * left out.
 *
 *     7 main.Sort[int] flat 1 cum 4     7 main.Sort[string] flat 0 cum 2     9 main.less flat 3 cum 3
 *     → 7 flat 1 cum 6 heat 1           9 flat 3 cum 3 heat 0.5
 */
export function lineCosts({ lines }: Pick<LineTable, 'lines'>): LineCost[] {
  const costs = new Map<number, { flat: number; cum: number }>();
  for (const { line, flat, cum } of lines) {
    if (line <= 0) continue;
    const seen = costs.get(line) ?? { flat: 0, cum: 0 };
    costs.set(line, { flat: seen.flat + flat, cum: seen.cum + cum });
  }
  const most = Math.max(0, ...[...costs.values()].map(({ cum }) => cum));
  return [...costs]
    .map(([line, cost]) => ({ line, ...cost, heat: most > 0 ? Math.max(0, cost.cum) / most : 0 }))
    .sort((a, b) => a.line - b.line);
}

/** Lines from the hottest on: by cum, then by flat, then from the top. */
export function hottestFirst(costs: readonly LineCost[]): LineCost[] {
  return costs.toSorted((a, b) => b.cum - a.cum || b.flat - a.flat || a.line - b.line);
}

/** The line where a function costs most; the file's when the function isn't in it; 0 when no line is known. */
export function hottestLineOf({ lines }: Pick<LineTable, 'lines'>, name: string | null): number {
  const own = lineCosts({ lines: lines.filter((row) => row.function === name) });
  return hottestFirst(own.length > 0 ? own : lineCosts({ lines }))[0]?.line ?? 0;
}
