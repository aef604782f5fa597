import './tree-table.css';
import { useMemo, useState } from 'react';
import type { FlameGraph as FlameGraphData } from '../../protocol/index.ts';
import { EmptyState, Icon, UnrenderedRows, useVisibleRows } from '../ui/index.ts';
import type { ChosenFrame } from './flame-graph-props.ts';
import { FlameLegend } from './flame-legend.tsx';
import type { Per } from './model/diff-graphs.ts';
import type { FlameOptions } from './model/flame-options.ts';
import { litNames } from './model/lit-names.ts';
import { LABEL_PACKAGE } from './model/package-family.ts';
import { type FlameMode, frameDetails, type Picture, PLAIN_WORDS, pictureOf } from './model/picture.ts';
import { searchNames } from './model/search-names.ts';
import { shapeGraph } from './model/shape-graph.ts';
import { type TableRow, type TableSort, tableRows } from './model/table-rows.ts';
import { SaturatedNote } from './saturated-note.tsx';
import { columnsOf, TreeRow } from './tree-row.tsx';
import { useCoalesced } from './use-coalesced.ts';
import { useFlameOptions } from './use-flame-options.ts';
import { NO_OWN } from './use-picture.ts';
import { useRowKeys } from './use-row-keys.ts';
import { ViewMenu } from './view-menu.tsx';

export interface TreeTableProps {
  readonly graph: FlameGraphData | null;
  readonly before?: FlameGraphData | null;
  readonly mode?: FlameMode;
  readonly per?: Per;
  /** What the two graphs are called; default: before, after. */
  readonly sides?: Picture['sides'];
  /** Only frames with this text in their name, and the way to them. Leave out to let the table keep it. */
  readonly search?: string;
  readonly onSelect?: (frame: ChosenFrame) => void;
  /** Import-path prefixes of the user's own code, as for the picture. */
  readonly own?: readonly string[];
  /** How the tree is looked at, as for the picture. With `onOptions` the table shows their switches. */
  readonly options?: FlameOptions;
  readonly onOptions?: (options: FlameOptions) => void;
  /** Leave out to let the table keep it. */
  readonly sort?: TableSort;
  readonly onSort?: (sort: TableSort) => void;
}

/** Tables change more slowly than pictures: a row must stand still long enough to be read. */
const TABLE_MILLIS = 500;
/** As `--tree-row` of tree-table.css. */
const ROW_REM = 1.75;

/**
 * The flame graph's data as an ARIA treegrid: every number that the picture holds. Rows carry `data-path` (function names
 * from the root, joined with ";"), `data-share` and `data-total`, `data-self` as plain numbers.
 */
export function TreeTable(props: TreeTableProps) {
  const { graph, before = null, mode = 'after', per = 'request', sides = PLAIN_WORDS.sides, search, onSelect } = props;
  const [ownSort, setOwnSort] = useState<TableSort>('total');
  const { sort = ownSort, onSort = setOwnSort, own = NO_OWN } = props;
  const { options, setOptions, toggleFamily } = useFlameOptions(props);
  const incoming = useCoalesced(graph, TABLE_MILLIS);
  const incomingBefore = useCoalesced(before, TABLE_MILLIS);
  const [typed, setTyped] = useState('');
  const [toggled, setToggled] = useState<ReadonlyMap<number, boolean>>(new Map());
  const text = search ?? typed;
  const word = options.onlyFound ? text : '';
  const [shown, other] = useMemo(
    () => [incoming, incomingBefore].map((from) => from && shapeGraph(from, { options, search: word, own })),
    [incoming, incomingBefore, options, word, own],
  );
  const picture = useMemo(
    () => pictureOf({ graph: shown ?? null, before: other ?? null, mode, per, scale: 'fit', own }),
    [shown, other, mode, per, own],
  );
  const lit = useMemo(() => {
    const faded = options.offAs === 'faded' ? options.off : [];
    return litNames(picture.layout.names, { search: '', faded, own });
  }, [picture, options, own]);
  const rows = useMemo(
    () => tableRows({ picture, toggled, sort, matches: searchNames(picture.layout.names, text) }),
    [picture, toggled, sort, text],
  );
  const window = useVisibleRows(rows.length, ROW_REM);
  const toggle = (row: TableRow) => {
    setToggled(new Map(toggled).set(picture.layout.key[row.node] ?? 0, !row.expanded));
  };
  const choose = (row: TableRow) => row.node > 0 && onSelect?.(frameDetails(picture, row.node));
  const keys = useRowKeys(rows, picture.layout, { toggle, choose, reveal: window.reveal });
  const columns = columnsOf({ ...picture, sides });

  if (picture.layout.count === 0) {
    return (
      <EmptyState icon="table" title="No profile yet">
        Send the service some load; the first rows come within seconds.
      </EmptyState>
    );
  }
  return (
    <div className="tree-table">
      {search === undefined && (
        <search className="flame-search tree-table-search">
          <Icon name="search" />
          <input
            type="search"
            value={typed}
            placeholder="Search frames"
            aria-label="Search rows by name"
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => setTyped(event.target.value)}
          />
        </search>
      )}
      {props.onOptions && (
        <div className="tree-table-look">
          <FlameLegend
            difference={null}
            labels={picture.layout.names.frames.some((frame) => frame.package === LABEL_PACKAGE)}
            options={options}
            onFamily={toggleFamily}
          />
          <ViewMenu options={options} onOptions={setOptions} />
        </div>
      )}
      <SaturatedNote of={picture} />
      <div className="tree-table-scroller" ref={window.scroller} onScroll={window.onScroll}>
        {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the ARIA practices put treegrid on a table */}
        <table role="treegrid" aria-label="Frames" aria-rowcount={rows.length + 1} onKeyDown={keys.onKeyDown}>
          <thead>
            <tr aria-rowindex={1}>
              <SortHeader title="Function" of="name" sort={sort} onSort={onSort} />
              {columns.map(({ title, sort: of }) =>
                of === null ? (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ) : (
                  <SortHeader key={title} title={title} of={of} sort={sort} onSort={onSort} />
                ),
              )}
            </tr>
          </thead>
          <UnrenderedRows pixels={window.above} />
          <tbody>
            {rows.slice(window.first, window.last).map((row, index) => (
              <TreeRow
                key={picture.layout.key[row.node]}
                row={row}
                index={window.first + index}
                picture={picture}
                columns={columns}
                faded={lit?.[picture.layout.nameOf[row.node] ?? -1] === 0}
                active={keys.active === window.first + index}
                onToggle={toggle}
                onChoose={(chosen) => {
                  keys.activate(window.first + index);
                  choose(chosen);
                }}
              />
            ))}
          </tbody>
          <UnrenderedRows pixels={window.below} />
        </table>
      </div>
    </div>
  );
}

interface SortHeaderProps {
  readonly title: string;
  readonly of: TableSort;
  readonly sort: TableSort;
  readonly onSort: (sort: TableSort) => void;
}

function SortHeader({ title, of, sort, onSort }: SortHeaderProps) {
  const direction = of === 'name' ? 'ascending' : 'descending';
  return (
    <th scope="col" aria-sort={sort === of ? direction : 'none'}>
      <button type="button" onClick={() => onSort(of)}>
        {title}
        <span aria-hidden="true">{sort === of ? (of === 'name' ? ' ▴' : ' ▾') : ''}</span>
      </button>
    </th>
  );
}
