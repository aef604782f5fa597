/** d3-flame-graph 5 ships no types: what the exported page calls of it. */
declare module 'd3-flame-graph' {
  import type { HierarchyRectangularNode } from 'd3-hierarchy';
  import type { Selection } from 'd3-selection';

  export interface FlameDatum {
    readonly name: string;
    readonly value: number;
    readonly children: FlameDatum[];
  }
  export type FlameNode<D extends FlameDatum> = HierarchyRectangularNode<D> & { id: number; highlight?: boolean };

  export interface FlameChart<D extends FlameDatum> {
    (selection: Selection<HTMLElement, D, null, undefined>): void;
    width(pixels: number): this;
    cellHeight(pixels: number): this;
    transitionDuration(millis: number): this;
    inverted(on: boolean): this;
    selfValue(on: boolean): this;
    setColorMapper(mapper: (node: FlameNode<D>, original: string) => string): this;
    setLabelHandler(handler: (node: FlameNode<D>) => string): this;
    setSearchMatch(match: (node: FlameNode<D>, term: string) => boolean): this;
    setSearchHandler(handler: () => void): this;
    setDetailsElement(element: HTMLElement): this;
    onClick(handler: (node: FlameNode<D>) => void): this;
    search(term: string): void;
    clear(): void;
    findById(id: number): FlameNode<D> | null;
    zoomTo(node: FlameNode<D>): void;
    resetZoom(): void;
    update(data?: D): void;
  }
  export default function flamegraph<D extends FlameDatum>(): FlameChart<D>;
}
