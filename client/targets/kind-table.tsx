import type { KindHealth } from '../../protocol/index.ts';
import { formatCount } from '../ui/index.ts';
import { kindTone, kindWords, planWords } from './target-words.ts';

export interface KindTableProps {
  readonly kinds: readonly KindHealth[];
  /** Unix milliseconds. */
  readonly now: number;
}

/** Each kind of profile of one target: how often it is taken, how many came, and when. */
export function KindTable({ kinds, now }: KindTableProps) {
  return (
    <table className="kind-table">
      <thead>
        <tr>
          <th scope="col">Profile</th>
          <th scope="col">Taken</th>
          <th scope="col">Came</th>
          <th scope="col">Last</th>
        </tr>
      </thead>
      <tbody>
        {kinds.map((kind) => (
          <tr key={kind.kind} data-tone={kindTone(kind)}>
            <th scope="row">{kind.kind}</th>
            <td>{planWords(kind)}</td>
            <td>{formatCount(kind.windows)}</td>
            <td>{kindWords(kind, now)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
