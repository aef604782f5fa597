import type { LineTable } from '../../protocol/index.ts';
import { FunctionName } from '../flame-graph/index.ts';
import { formatShareOf, formatValue } from '../ui/index.ts';

/** What is known of a file whose text isn't here: its lines by number, the most expensive first. */
export function HotLines({ missing, lines }: { readonly missing: string; readonly lines: LineTable | null }) {
  const rows = (lines?.lines ?? []).toSorted((a, b) => b.cum - a.cum || b.flat - a.flat || a.line - b.line);
  const share = (value: number) => formatShareOf(value, lines?.total ?? 0);
  return (
    <div className="hot-lines">
      <p role="status">{sentence(missing)}</p>
      {rows.length > 0 && (
        <table>
          <caption>Its lines in this selection</caption>
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">Function</th>
              <th scope="col">Flat</th>
              <th scope="col">Cum</th>
              <th scope="col">Cum %</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.line} ${row.function}`} data-line={row.line}>
                <td>{row.line}</td>
                <td>
                  <FunctionName name={row.function} />
                </td>
                <td>{formatValue(row.flat, lines?.unit ?? '')}</td>
                <td>{formatValue(row.cum, lines?.unit ?? '')}</td>
                <td>{share(row.cum)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
