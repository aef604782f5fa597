/** Which label sets occur in which series, so that label questions need no scan of the samples. */
export class LabelUse {
  private readonly bySeries = new Map<number, Set<number>>();
  private pendingPairs: (readonly [series: number, labelSet: number])[] = [];

  note(series: number, labelSet: number): void {
    if (this.put(series, labelSet)) this.pendingPairs.push([series, labelSet]);
  }

  labelSetsOf(series: number): ReadonlySet<number> {
    return this.bySeries.get(series) ?? new Set();
  }

  pending(): readonly (readonly [series: number, labelSet: number])[] {
    return this.pendingPairs;
  }

  restore(series: number, labelSet: number): void {
    this.put(series, labelSet);
  }

  clear(): void {
    this.bySeries.clear();
    this.pendingPairs = [];
  }

  markPersisted(): void {
    this.pendingPairs = [];
  }

  rollBack(): void {
    for (const [series, labelSet] of this.pendingPairs) this.bySeries.get(series)?.delete(labelSet);
    this.pendingPairs = [];
  }

  private put(series: number, labelSet: number): boolean {
    const known = this.bySeries.get(series) ?? new Set<number>();
    this.bySeries.set(series, known);
    if (known.has(labelSet)) return false;
    known.add(labelSet);
    return true;
  }
}
