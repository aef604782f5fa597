import { useCallback, useMemo } from 'react';
import type { DiffGraph, FlameGraph as FlameGraphData } from '../../protocol/index.ts';
import { TOO_FEW_WINDOWS } from '../../protocol/index.ts';
import {
  type ChosenFrame,
  FlameGraph,
  type FlameOptions,
  keyOfPath,
  markLabelGroups,
  TreeTable,
} from '../flame-graph/index.ts';
import { LabelBreakdown, Sandwich, SourceView, TopTable } from '../profile-views/index.ts';
import { EmptyState } from '../ui/index.ts';
import { pathOf, sidesOf } from './diff-sides.ts';
import { nodeWords } from './difference-words.ts';
import type { PartProps } from './explore-props.ts';

export interface WindowViewProps extends PartProps {
  readonly chosen: readonly string[] | null;
}

/** The window in the chosen view. */
export function WindowView(props: WindowViewProps) {
  const { state, change, api } = props;
  const { query, shown, revision } = state;
  const { views } = query;
  const look = (next: Partial<typeof views>) => change({ views: { ...views, ...next } }, 'amend');
  const panel = {
    api,
    query: shown,
    revision,
    onFunction: (name: string) => change({ view: 'sandwich', function: name }),
    onFile: (file: string, line: number, of: string) =>
      change({ view: 'source', file, line: line || null, function: of || query.function }),
  };
  switch (query.view) {
    case 'top':
      return (
        <TopTable
          {...panel}
          filter={views.filter}
          onFilter={(filter) => look({ filter })}
          order={views.order}
          onOrder={(order) => look({ order })}
        />
      );
    case 'sandwich':
      return query.function === null ? (
        <ChooseFirst what="function" />
      ) : (
        <Sandwich {...panel} function={query.function} />
      );
    case 'source':
      return query.file === null ? (
        <ChooseFirst what="file" />
      ) : (
        <SourceView
          {...panel}
          file={query.file}
          line={query.line ?? 0}
          function={query.function}
          version={views.build}
          onVersion={(build) => look({ build })}
        />
      );
    case 'labels': {
      const second = query.b !== null && query.side !== 'a' ? query.b : null;
      const narrow = (match: string) => change(second ? { b: { ...second, match } } : { match });
      return <LabelBreakdown {...panel} onNarrow={narrow} />;
    }
    default:
      return <TreeView {...props} />;
  }
}

function ChooseFirst({ what }: { readonly what: 'function' | 'file' }) {
  return (
    <EmptyState icon="flame" title={`Choose a ${what} first`}>
      Click a frame in the flame graph, or a row of Top; then come back here.
    </EmptyState>
  );
}

const SIDES = { before: 'A', after: 'B' } as const;
const NO_FRAMES = {
  title: 'No stack is left',
  hint: 'The patterns of the filter leave nothing over, or nothing was sampled.',
};

/** One graph, or the difference of two, as picture or as rows. */
function TreeView({ state, change, theme, chosen }: WindowViewProps) {
  const { query, treeBy, diff } = state;
  const tree = useMemo(
    () => (state.tree && treeBy !== null ? markLabelGroups(state.tree, treeBy) : state.tree),
    [state.tree, treeBy],
  );
  const difference = query.b !== null && query.side === null ? diff : null;
  const sides = useMemo(() => difference && sidesOf(difference), [difference]);
  const notes = useMemo(() => (difference ? notesOf(difference) : undefined), [difference]);
  const drawn: { graph: FlameGraphData | null; before?: FlameGraphData | null; mode: 'after' | 'difference' } = sides
    ? { graph: sides.after, before: sides.before, mode: 'difference' }
    : { graph: tree, mode: 'after' };
  const select = useCallback(
    ({ name, file, line }: ChosenFrame) => {
      if (file !== '') change({ function: name, file, line: line || null }, 'amend');
    },
    [change],
  );
  const onZoom = useCallback((zoom: readonly string[]) => change({ zoom }), [change]);
  const onSearch = useCallback((search: string) => change({ search }, 'amend'), [change]);
  const onOptions = useCallback((look: FlameOptions) => change({ look }, 'amend'), [change]);
  const onSort = (rows: typeof query.views.rows) => change({ views: { ...query.views, rows } }, 'amend');
  const common = {
    ...drawn,
    sides: SIDES,
    per: sides?.per ?? 'request',
    search: query.search,
    onSelect: select,
    options: query.look,
    onOptions,
  } as const;
  if (query.view === 'table') return <TreeTable {...common} sort={query.views.rows} onSort={onSort} />;
  return (
    <FlameGraph
      {...common}
      theme={theme}
      orientation={query.view === 'icicle' ? 'icicle' : 'flame'}
      onTurn={() => change({ view: query.view === 'icicle' ? 'flame' : 'icicle' })}
      onSearch={onSearch}
      zoom={query.zoom}
      onZoom={onZoom}
      chosen={chosen}
      empty={NO_FRAMES}
      {...(notes ? { notes } : {})}
    />
  );
}

/** For the tooltips: the interval of each frame that has one. */
function notesOf(diff: DiffGraph): ReadonlyMap<number, readonly [string, string]> {
  const { largest, unit, per } = diff;
  if (largest === TOO_FEW_WINDOWS) return new Map();
  return new Map(largest.map((one) => [keyOfPath(pathOf(diff, one.node)), ['95 %', nodeWords(one, unit, per)]]));
}
