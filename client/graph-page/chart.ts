import { type FlameChart, type FlameNode, default as flamegraph } from 'd3-flame-graph';
import { select } from 'd3-selection';
import type { GraphPage } from '../../protocol/index.ts';
import { type Colours, readColours } from './colours.ts';
import { describeNode, flameData, type GraphDatum, nameMatches, type Shown } from './page-model.ts';

/** The flame graph of the page. What is zoomed and searched stays when another side is shown. */
export interface GraphChart {
  show(shown: Shown): void;
  /** Plain text; '' ends the search. */
  search(text: string): void;
  zoomOut(): void;
  /** After a change of the theme or of the window. */
  redraw(): void;
}

const ROW_PIXELS = 20;
const ROOT_ID = 0;

/**
 * d3-flame-graph 5 with what it needs to be safe and right here: its search would read `main.(*Server)` as a regular
 * expression and throw; its colours would be the same for all of `runtime.`; its sums are those of self values, since the totals
 * of a difference don't add up; and its data are made anew for each picture, because it writes into them.
 */
export function createChart(host: HTMLElement, details: HTMLElement, page: GraphPage): GraphChart {
  const reduced = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  const selection = select(host);
  let shown: Shown = 'after';
  let colours: Colours = readColours(page, shown);
  let zoomed = ROOT_ID;
  let searched = '';

  const chart: FlameChart<GraphDatum> = flamegraph<GraphDatum>()
    .width(host.clientWidth)
    .cellHeight(ROW_PIXELS)
    .transitionDuration(reduced ? 0 : 300)
    .inverted(true)
    .selfValue(true)
    .setColorMapper(({ data, highlight }) => colours.fill(data.node, highlight === true))
    .setLabelHandler(({ data }) => describeNode(page, shown, data.node))
    .setSearchMatch(({ data }, text) => text !== '' && nameMatches(data.name, text))
    .setSearchHandler(() => {})
    .setDetailsElement(details)
    .onClick(({ id }) => {
      zoomed = id;
    });

  const applyInk = (): void => {
    selection
      .selectAll<SVGGElement, FlameNode<GraphDatum>>('g.frame')
      .style('color', ({ data }) => colours.ink(data.node));
  };
  const restore = (): void => {
    const node = chart.findById(zoomed);
    if (zoomed !== ROOT_ID && node !== null) chart.zoomTo(node);
    if (searched !== '') chart.search(searched);
    applyInk();
  };
  let started = false;
  return {
    show(next) {
      shown = next;
      colours = readColours(page, shown);
      const data = flameData(page, shown);
      if (started) chart.update(data);
      else chart(selection.datum(data));
      started = true;
      restore();
    },
    search(text) {
      searched = text;
      if (text === '') chart.clear();
      else chart.search(text);
    },
    zoomOut: () => chart.resetZoom(),
    redraw() {
      colours = readColours(page, shown);
      chart.width(host.clientWidth);
      chart.update();
      applyInk();
    },
  };
}
