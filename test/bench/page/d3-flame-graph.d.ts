/** d3-flame-graph ships no types: what the benchmark calls of it. */
declare module 'd3-flame-graph' {
  import type { Selection } from 'd3-selection';

  export interface FlameChart {
    (selection: Selection<HTMLElement, unknown, null, undefined>): void;
    width(pixels: number): FlameChart;
    cellHeight(pixels: number): FlameChart;
  }
  export default function flamegraph(): FlameChart;
}
