import { KeyedDictionary } from './dictionary.ts';

/** This label set occurs in this series. */
export interface LabelUsePair {
  readonly series: number;
  readonly labelSet: number;
}

const pairCodec = {
  encode: ({ series, labelSet }: LabelUsePair): string => `${series} ${labelSet}`,
  decode(text: string): LabelUsePair {
    const [series = 0, labelSet = 0] = text.split(' ').map(Number);
    return { series, labelSet };
  },
};

/** Which label sets occur in which series, so that label questions need no scan of the samples. */
export class LabelUse extends KeyedDictionary<LabelUsePair> {
  private readonly bySeries = new Map<number, Set<number>>();

  constructor() {
    super(pairCodec);
  }

  note(series: number, labelSet: number): void {
    if (this.bySeries.get(series)?.has(labelSet)) return;
    this.intern({ series, labelSet });
    this.put({ series, labelSet });
  }

  labelSetsOf(series: number): ReadonlySet<number> {
    return this.bySeries.get(series) ?? new Set();
  }

  override restore(id: number, pair: LabelUsePair): void {
    super.restore(id, pair);
    this.put(pair);
  }

  override rollBack(): void {
    for (const [, pair] of this.all(this.persisted)) this.drop(pair);
    super.rollBack();
  }

  override retain(keep: (id: number) => boolean): void {
    for (const [id, pair] of this.all()) if (!keep(id)) this.drop(pair);
    super.retain(keep);
  }

  private put({ series, labelSet }: LabelUsePair): void {
    this.bySeries.set(series, (this.bySeries.get(series) ?? new Set<number>()).add(labelSet));
  }

  private drop({ series, labelSet }: LabelUsePair): void {
    this.bySeries.get(series)?.delete(labelSet);
  }
}
