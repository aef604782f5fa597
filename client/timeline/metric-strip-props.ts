/** One line over time; `points` are [Unix milliseconds, value], ascending. */
export interface MetricSeries {
  /** What is drawn twice in a comparison: before is the quiet line, after the loud one. */
  readonly side: 'before' | 'after';
  readonly points: readonly (readonly [number, number])[];
}

export interface Metric {
  readonly name: string;
  readonly title: string;
  /** A unit that formatValue knows, or '/s', or 'share'. */
  readonly unit: string;
  readonly series: readonly MetricSeries[];
}

/** Something that happened, drawn across all strips. */
export interface TimeMark {
  readonly atMillis: number;
  readonly label: string;
  /** On a row of its own: a flag over its height, or a dot. Default: flag. */
  readonly look?: 'flag' | 'dot';
}

export interface MetricStripProps {
  readonly metrics: readonly Metric[];
  readonly marks?: readonly TimeMark[];
  /** What the two lines of a comparison are called; default: before, after. */
  readonly sides?: Readonly<Record<MetricSeries['side'], string>>;
  /** false: the shapes alone, to be judged by eye. Default: true. */
  readonly numbers?: boolean;
  /** The shared time axis, Unix milliseconds; left out: as far as the points go. */
  readonly from?: number;
  readonly to?: number;
}
