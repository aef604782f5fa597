import type { TopRow, TopTable } from '../../protocol/index.ts';
import { FunctionName } from '../flame-graph/index.ts';
import { formatShareOf, formatValue } from '../ui/index.ts';
import { CourseLine } from './course-line.tsx';
import { IntervalBar } from './interval-bar.tsx';

export interface TopTableRowProps {
  readonly row: TopRow;
  /** Among all rows, from 0. */
  readonly index: number;
  readonly table: TopTable;
  /** The end of the interval's scale. */
  readonly most: number;
  /** The one row that Tab reaches. */
  readonly active: boolean;
  readonly onChoose: (index: number) => void;
  readonly onOpen: (index: number) => void;
}

export function TopTableRow({ row, index, table, most, active, onChoose, onOpen }: TopTableRowProps) {
  const share = (value: number) => formatShareOf(value, table.total);
  return (
    <tr
      aria-rowindex={index + 2}
      tabIndex={active ? 0 : -1}
      data-index={index}
      data-function={row.name}
      data-flat={row.flat}
      data-cum={row.cum}
      onClick={() => onChoose(index)}
    >
      <td title={`${row.name}\n${row.file}`}>
        <span className="top-name">
          <FunctionName name={row.name} />
          {row.file !== '' && (
            <button
              type="button"
              className="top-file"
              tabIndex={-1}
              aria-label={`Source ${row.file}`}
              onClick={(event) => {
                event.stopPropagation();
                onOpen(index);
              }}
            >
              {row.file.slice(row.file.lastIndexOf('/') + 1)}
            </button>
          )}
        </span>
      </td>
      <td>{formatValue(row.flat, table.unit)}</td>
      <td>{share(row.flat)}</td>
      <td className="top-interval">
        <IntervalBar row={row} most={most} unit={table.unit} />
      </td>
      <td>
        {row.points === undefined || table.times === undefined ? (
          ''
        ) : (
          <CourseLine points={row.points} times={table.times} unit={table.unit} />
        )}
      </td>
      <td>{formatValue(row.cum, table.unit)}</td>
      <td>{share(row.cum)}</td>
    </tr>
  );
}
