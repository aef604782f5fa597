import '../../../client/ui/tokens.css';
import '../../../client/ui/ui.css';
import { type ReactElement, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { createApi, type ProfileQuery } from '../../../client/connection/index.ts';
import { FlameGraph } from '../../../client/flame-graph/index.ts';
import {
  LabelBreakdown,
  Sandwich,
  SourceView,
  TopGrid,
  type TopLook,
  TopTable,
} from '../../../client/profile-views/index.ts';
import { usePageTheme } from '../../../client/ui/index.ts';
import type { FlameGraph as FlameGraphData, TopTable as TopTableData } from '../../../protocol/index.ts';

export type ShownView =
  | { readonly view: 'top' | 'labels' | 'flame'; readonly query: ProfileQuery }
  | { readonly view: 'sandwich'; readonly query: ProfileQuery; readonly function: string }
  | {
      readonly view: 'source';
      readonly query: ProfileQuery;
      readonly file: string;
      readonly line: number;
      readonly function?: string;
    }
  | { readonly view: 'grid'; readonly rows: number }
  | { readonly view: 'graph'; readonly graph: FlameGraphData };

declare global {
  interface Window {
    /** One panel fills the page; a new `revision` each time. */
    showView(shown: ShownView): void;
    /** What panels said: `function main.f`, `file a.go:3`, `match {…}`. */
    picked: string[];
  }
}

const api = createApi();
window.picked = [];
const stage = document.getElementById('stage');
if (stage === null) throw new Error('the page has no stage');
const root = createRoot(stage);
let revision = 0;
window.showView = (shown) => {
  revision++;
  root.render(panelOf(shown, revision));
};

function panelOf(shown: ShownView, now: number): ReactElement {
  const onFunction = (name: string) => void window.picked.push(`function ${name}`);
  const onFile = (file: string, line: number, of: string) => void window.picked.push(`file ${file}:${line} of ${of}`);
  if (shown.view === 'grid') {
    return (
      <section className="profile-view">
        <Looked>
          {(look) => <TopGrid table={tableOf(shown.rows)} onFunction={onFunction} onFile={onFile} {...look} />}
        </Looked>
      </section>
    );
  }
  if (shown.view === 'graph') return <Graph graph={shown.graph} />;
  const shared = { api, query: shown.query, revision: now, onFunction, onFile };
  if (shown.view === 'top') return <Looked>{(look) => <TopTable {...shared} {...look} />}</Looked>;
  if (shown.view === 'labels')
    return <LabelBreakdown {...shared} onNarrow={(match) => window.picked.push(`match ${match}`)} />;
  if (shown.view === 'source')
    return <SourceView {...shared} file={shown.file} line={shown.line} version={null} onVersion={() => {}} />;
  if (shown.view === 'sandwich') return <Sandwiches {...shared} function={shown.function} />;
  return <TreeOf query={shown.query} />;
}

/** Keeps how a table is looked at, as Explore's address does. */
function Looked({ children }: { readonly children: (look: TopLook) => ReactElement }) {
  const [filter, onFilter] = useState('');
  const [order, onOrder] = useState<TopLook['order']>({ by: 'flat', descending: true });
  return children({ filter, onFilter, order, onOrder });
}

/** So many functions, `main.f0` the most expensive. */
function tableOf(count: number): TopTableData {
  const rows = Array.from({ length: count }, (_, at) => {
    return { name: `main.f${at}`, file: 'main.go', flat: count - at, cum: count - at, flatLow: null, flatHigh: null };
  });
  return { unit: 'count', total: count ** 2 / 2, rows };
}

function Sandwiches(props: Parameters<typeof Sandwich>[0]) {
  const [name, setName] = useState(props.function);
  const onFunction = (next: string) => {
    props.onFunction(next);
    setName(next);
  };
  return <Sandwich {...props} function={name} onFunction={onFunction} />;
}

function TreeOf({ query }: { readonly query: ProfileQuery }) {
  const [graph, setGraph] = useState<FlameGraphData | null>(null);
  if (graph === null) void api.readTree({ ...query, by: null }).then(setGraph);
  return <Graph graph={graph} />;
}

function Graph({ graph }: { readonly graph: FlameGraphData | null }) {
  return <FlameGraph graph={graph} theme={usePageTheme()} />;
}
