import './profile-views.css';
import './top-table.css';
import { useMemo } from 'react';
import type { TopTable as TopTableData } from '../../protocol/index.ts';
import { NegativeNote, SaturatedNote } from '../flame-graph/index.ts';
import { formatCount, formatShareOf, Icon, UnrenderedRows, useVisibleRows } from '../ui/index.ts';
import { largestFlat, nextOrder, type TopOrder, type TopSort, topRows } from './model/top-rows.ts';
import type { ProfileViewProps } from './profile-view-props.ts';
import { ReadState } from './read-state.tsx';
import { TopTableRow } from './top-table-row.tsx';
import { useReading } from './use-reading.ts';
import { useRovingRows } from './use-roving-rows.ts';

/** Rows that bring their course over time, the largest first: as many as bring an interval. */
const COURSES = 200;
/** As `--top-row` of top-table.css. */
const ROW_REM = 1.75;

/** How the table is looked at; the caller keeps it. */
export interface TopLook {
  readonly filter: string;
  readonly onFilter: (text: string) => void;
  readonly order: TopOrder;
  readonly onOrder: (order: TopOrder) => void;
}

/** Every function of a selection: flat with its interval and its course over time, cum; sortable, filtered by plain text. */
export function TopTable({ api, query, revision, ...rest }: ProfileViewProps & TopLook) {
  const reading = useReading((signal) => api.readTop({ ...query, limit: null, points: COURSES }, signal), {
    subject: [query.kind, query.type],
    occasion: [query, revision],
  });
  return (
    <section className="profile-view" aria-label="Top functions" aria-busy={reading.busy}>
      <ReadState reading={reading} what="the table" hint="Take a wider window, or fewer conditions.">
        {(table) => <TopGrid table={table} {...rest} />}
      </ReadState>
    </section>
  );
}

export type TopGridProps = Pick<ProfileViewProps, 'onFunction' | 'onFile'> & TopLook & { readonly table: TopTableData };

/** The table of an answer that is at hand; stands in a column of limited height. */
export function TopGrid({ table, onFunction, onFile, filter: text, onFilter, order, onOrder }: TopGridProps) {
  const { rows, flat } = useMemo(() => topRows(table, text, order), [table, text, order]);
  const most = useMemo(() => largestFlat(table), [table]);
  const window = useVisibleRows(rows.length, ROW_REM);
  const idAt = (index: number) => `${rows[index]?.name}\0${rows[index]?.file}`;
  const choose = (index: number) => onFunction(rows[index]?.name ?? '');
  const openFile = (index: number) => onFile(rows[index]?.file ?? '', 0, rows[index]?.name ?? '');
  const keys = useRovingRows(
    { count: rows.length, idAt },
    {
      reveal: window.reveal,
      choose,
      other: (key, index) => {
        if (key === 'o') openFile(index);
        return key === 'o';
      },
    },
  );
  const header = (title: string, by: TopSort) => <SortHeader title={title} by={by} order={order} onOrder={onOrder} />;

  return (
    <>
      <div className="profile-view-bar">
        <search className="profile-view-search">
          <Icon name="search" />
          <input
            type="search"
            value={text}
            placeholder="Filter functions or files"
            aria-label="Filter functions by name or file"
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => onFilter(event.target.value)}
          />
        </search>
        <output className="profile-view-says" aria-live="polite">
          {text === ''
            ? `${formatCount(rows.length)} functions`
            : `${formatCount(rows.length)} of ${formatCount(table.rows.length)} functions · ${formatShareOf(flat, table.total)} flat`}
        </output>
        <NegativeNote total={table.total} unit={table.unit} />
        <SaturatedNote of={table} />
        <span className="profile-view-keys">Enter sandwich · o source</span>
      </div>
      <div className="top-scroller" ref={window.scroller} onScroll={window.onScroll}>
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the ARIA practices put a grid on a table
          role="grid"
          className="top-table"
          aria-label="Functions"
          aria-rowcount={rows.length + 1}
          onKeyDown={keys.onKeyDown}
        >
          <thead>
            <tr aria-rowindex={1}>
              {header('Function', 'name')}
              {header('Flat', 'flat')}
              <th scope="col">Flat %</th>
              {header('95 % interval of flat', 'high')}
              <th scope="col">Over time</th>
              {header('Cum', 'cum')}
              <th scope="col">Cum %</th>
            </tr>
          </thead>
          <UnrenderedRows pixels={window.above} />
          <tbody>
            {rows.slice(window.first, window.last).map((row, at) => (
              <TopTableRow
                key={idAt(window.first + at)}
                row={row}
                index={window.first + at}
                table={table}
                most={most}
                active={keys.active === window.first + at}
                onChoose={(index) => {
                  keys.activate(index);
                  choose(index);
                }}
                onOpen={openFile}
              />
            ))}
          </tbody>
          <UnrenderedRows pixels={window.below} />
        </table>
      </div>
    </>
  );
}

interface SortHeaderProps {
  readonly title: string;
  readonly by: TopSort;
  readonly order: TopOrder;
  readonly onOrder: (order: TopOrder) => void;
}

function SortHeader({ title, by, order, onOrder }: SortHeaderProps) {
  const sorted = order.by === by;
  return (
    <th scope="col" aria-sort={!sorted ? 'none' : order.descending ? 'descending' : 'ascending'}>
      <button type="button" onClick={() => onOrder(nextOrder(order, by))}>
        {title}
        <span aria-hidden="true">{!sorted ? '' : order.descending ? ' ▾' : ' ▴'}</span>
      </button>
    </th>
  );
}
