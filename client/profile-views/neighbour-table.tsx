import type { CSSProperties } from 'react';
import type { CallersTable } from '../../protocol/index.ts';
import { FunctionName } from '../flame-graph/index.ts';
import { formatShareOf, formatValue, UnrenderedRows, useVisibleRows } from '../ui/index.ts';
import { useRovingRows } from './use-roving-rows.ts';

export interface NeighbourTableProps {
  readonly title: string;
  readonly edges: CallersTable['callers'];
  readonly table: CallersTable;
  readonly onFunction: (name: string) => void;
}

const ROW_REM = 1.75;

/** The functions on one side of a sandwich; shares are of the function in the middle. */
export function NeighbourTable({ title, edges, table, onFunction }: NeighbourTableProps) {
  const window = useVisibleRows(edges.length, ROW_REM);
  const choose = (index: number) => onFunction(edges[index]?.name ?? '');
  const idAt = (index: number) => `${edges[index]?.name}\0${edges[index]?.file}`;
  const keys = useRovingRows({ count: edges.length, idAt }, { reveal: window.reveal, choose });
  const whole = table.function.cum;
  return (
    <section className="neighbours" aria-label={title}>
      <h4>
        {title} <span className="ui-badge">{edges.length}</span>
      </h4>
      {edges.length === 0 ? (
        <p className="neighbours-none">
          {title === 'Calls' ? 'It calls nothing: a leaf.' : 'Nothing calls it: an entry.'}
        </p>
      ) : (
        <div className="neighbours-scroller" ref={window.scroller} onScroll={window.onScroll}>
          {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the ARIA practices put a grid on a table */}
          <table role="grid" aria-label={title} aria-rowcount={edges.length + 1} onKeyDown={keys.onKeyDown}>
            <thead>
              <tr aria-rowindex={1}>
                <th scope="col">Function</th>
                <th scope="col">Value</th>
                <th scope="col">Of it</th>
              </tr>
            </thead>
            <UnrenderedRows pixels={window.above} />
            <tbody>
              {edges.slice(window.first, window.last).map((edge, at) => {
                const index = window.first + at;
                const share = whole > 0 ? edge.value / whole : 0;
                return (
                  <tr
                    key={idAt(index)}
                    aria-rowindex={index + 2}
                    data-index={index}
                    data-function={edge.name}
                    data-value={edge.value}
                    tabIndex={keys.active === index ? 0 : -1}
                    onClick={() => choose(index)}
                  >
                    <td title={`${edge.name}\n${edge.file}`}>
                      <FunctionName name={edge.name} />
                    </td>
                    <td>{formatValue(edge.value, table.unit)}</td>
                    <td style={share01(share)}>{formatShareOf(edge.value, whole)}</td>
                  </tr>
                );
              })}
            </tbody>
            <UnrenderedRows pixels={window.below} />
          </table>
        </div>
      )}
    </section>
  );
}

function share01(share: number): CSSProperties {
  const style: CSSProperties & Record<'--share', number> = { '--share': Math.min(1, Math.max(0, share)) };
  return style;
}
