import type { CSSProperties } from 'react';
import { capital, formatDelta, formatShareOf, formatValue, Icon } from '../ui/index.ts';
import { packageOf, shortName } from './model/package-family.ts';
import { type FrameDetails, frameDetails, type Picture } from './model/picture.ts';
import type { TableRow, TableSort } from './model/table-rows.ts';

export interface TableColumn {
  readonly title: string;
  readonly sort: TableSort | null;
  readonly text: (details: FrameDetails) => string;
}

/** The number columns of a picture: of one graph, or of a difference. */
export function columnsOf({ unit, per, requests, difference, whole, sides }: Picture): readonly TableColumn[] {
  if (difference !== null) {
    const each = per === 'total' ? '' : ` / ${per}`;
    return [
      {
        title: `${capital(sides.before)}${each}`,
        sort: null,
        text: ({ change }) => formatValue(change?.before ?? 0, unit),
      },
      {
        title: `${capital(sides.after)}${each}`,
        sort: null,
        text: ({ change }) => formatValue(change?.after ?? 0, unit),
      },
      { title: 'Change', sort: 'total', text: ({ change }) => formatDelta(change?.delta ?? 0, unit) },
    ];
  }
  const columns: TableColumn[] = [
    { title: 'Total', sort: 'total', text: (details) => formatValue(details.total, unit) },
    { title: 'Share', sort: null, text: (details) => formatShareOf(details.total, whole) },
    { title: 'Self', sort: 'self', text: (details) => formatValue(details.self, unit) },
  ];
  if (requests === null) return columns;
  return [
    ...columns,
    { title: 'Per request', sort: null, text: ({ perRequest }) => formatValue(perRequest ?? 0, unit) },
  ];
}

export interface TreeRowProps {
  readonly row: TableRow;
  /** Among all rows, from 0. */
  readonly index: number;
  readonly picture: Picture;
  readonly columns: readonly TableColumn[];
  /** Its family is switched off. */
  readonly faded: boolean;
  /** The one row that Tab reaches. */
  readonly active: boolean;
  readonly onToggle: (row: TableRow) => void;
  readonly onChoose: (row: TableRow) => void;
}

export function TreeRow({ row, index, picture, columns, faded, active, onToggle, onChoose }: TreeRowProps) {
  const details = frameDetails(picture, row.node);
  const change = details.change === null ? undefined : Math.sign(details.change.delta);
  return (
    <tr
      aria-rowindex={index + 2}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={row.expandable ? row.expanded : undefined}
      tabIndex={active ? 0 : -1}
      data-index={index}
      data-path={details.path.join(';')}
      data-share={details.share}
      data-total={details.total}
      data-self={details.self}
      data-change={change}
      data-faded={faded || undefined}
      onClick={() => onChoose(row)}
    >
      <td title={details.file === '' ? details.name : `${details.name}\n${details.file}:${details.line}`}>
        <span className="tree-table-name" style={property('--tree-level', Math.min(row.level - 1, 24))}>
          <button
            type="button"
            className="tree-table-twist"
            tabIndex={-1}
            aria-hidden="true"
            data-open={row.expanded}
            hidden={!row.expandable}
            onClick={(event) => {
              event.stopPropagation();
              onToggle(row);
            }}
          >
            <Icon name="chevron" />
          </button>
          <span className="tree-table-text">
            {shortName(details.name)}
            <span className="tree-table-package"> {folderOf(details.name)}</span>
          </span>
        </span>
      </td>
      {columns.map((column) => (
        <td key={column.title} data-column={column.title} style={property('--tree-share', details.share)}>
          {column.text(details)}
        </td>
      ))}
    </tr>
  );
}

/** A custom property for the stylesheet. */
function property(name: `--${string}`, value: number): CSSProperties {
  const style: CSSProperties & Record<`--${string}`, number> = { [name]: value };
  return style;
}

/** The import path where the short name doesn't show it: `net/http` for http.(*conn).serve. */
function folderOf(name: string): string {
  const path = packageOf(name);
  return path.includes('/') ? path : '';
}
