import type { GraphPage } from '../../protocol/index.ts';
import { formatShare } from '../ui/format.ts';
import { createChart } from './chart.ts';
import { button, searchField, sideSwitch, themeButton } from './controls.ts';
import { element } from './elements.ts';
import { functionTable } from './function-table.ts';
import { legendOf } from './legend.ts';
import { foundShare, isComparison, type Shown } from './page-model.ts';
import { factsOf, titleOf } from './page-words.ts';
import '../ui/tokens.css';
import './graph-page.css';

// The lab of this same build has written the data: server/export/write-graph-page.ts.
const page: GraphPage = JSON.parse(document.getElementById('data')?.textContent ?? '');

document.title = `${titleOf(page)} · Flamelab`;
const details = element('p', { id: 'details', role: 'status' });
const found = element('p', { id: 'found', role: 'status' });
const legend = element('p', { id: 'legend' });
const graph = element('div', { id: 'graph', role: 'img', 'aria-label': 'Flame graph; the table has the same numbers' });
let shown: Shown = isComparison(page) ? 'difference' : 'after';
let searched = '';

const sayFound = (): void => {
  const { frames, share } = foundShare(page, shown, searched);
  const where = shown === 'difference' ? ' of after' : '';
  found.textContent =
    searched === '' ? '' : `${frames} ${frames === 1 ? 'frame' : 'frames'}, ${formatShare(share)}${where}`;
};
const search = searchField((text) => {
  searched = text;
  chart.search(text);
  sayFound();
});
const show = (next: Shown): void => {
  shown = next;
  legend.replaceChildren(...legendOf(shown));
  chart.show(shown);
  sayFound();
};
const facts = factsOf(page).map(([name, says]) => element('div', {}, element('dt', {}, name), element('dd', {}, says)));
const theme = themeButton(() => chart.redraw());
document.body.append(
  element('header', {}, element('h1', {}, titleOf(page)), element('dl', {}, ...facts)),
  element(
    'div',
    { class: 'bar' },
    ...(isComparison(page) ? [sideSwitch(shown, show)] : []),
    search.field,
    found,
    button('Zoom out', () => chart.zoomOut()),
    theme,
  ),
  element('main', {}, legend, graph, details, functionTable(page, search.fill)),
);
const chart = createChart(graph, details, page);
show(shown);
window.addEventListener('resize', () => chart.redraw());
