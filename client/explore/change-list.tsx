import { useMemo, useState } from 'react';
import { type DiffGraph, TOO_FEW_WINDOWS } from '../../protocol/index.ts';
import { shareOfChange } from '../flame-graph/index.ts';
import { Button, formatCount, formatDelta, formatValue } from '../ui/index.ts';
import { nodeWords, shortWords, tooFewWords } from './difference-words.ts';
import { type LargeChange, largestChanges } from './largest-changes.ts';

export interface ChangeListProps {
  readonly diff: DiffGraph;
  readonly chosen: readonly string[] | null;
  readonly onChoose: (path: readonly string[]) => void;
}

const FIRST = 25;

/** Where the difference is: the frames that changed surely are loud, what noise could have made is quiet; without intervals, all alike. */
export function ChangeList({ diff, chosen, onChoose }: ChangeListProps) {
  const [all, setAll] = useState(false);
  const changes = useMemo(() => largestChanges(diff), [diff]);
  const isTooFew = diff.largest === TOO_FEW_WINDOWS;
  const sure = changes.filter(({ changed }) => changed).length;
  const most = Math.max(...changes.map(({ difference }) => Math.abs(difference)), Number.MIN_VALUE);
  const shown = all ? changes : changes.slice(0, FIRST);
  return (
    <section className="change-list" aria-label="Largest changes">
      <h3>
        Largest changes{diff.per === 'total' ? '' : ` per ${diff.per}`}{' '}
        <span>{isTooFew ? '' : sure === 0 ? 'none is sure' : `${formatCount(sure)} sure`}</span>
      </h3>
      {isTooFew && <p className="change-list-note">{sentence(tooFewWords(diff))}</p>}
      <p>Percent of A’s total</p>
      <ol>
        {shown.map((change) => (
          <ChangeRow key={change.node} {...{ change, diff, chosen, most, onChoose }} />
        ))}
      </ol>
      {changes.length > shown.length && (
        <Button look="quiet" onClick={() => setAll(true)}>
          Show all {formatCount(changes.length)}
        </Button>
      )}
    </section>
  );
}

interface ChangeRowProps extends ChangeListProps {
  readonly change: LargeChange;
  readonly most: number;
}

function ChangeRow({ change, diff, chosen, most, onChoose }: ChangeRowProps) {
  const { path, difference, changed } = change;
  const words = nodeWords(change, diff.unit, diff.per);
  return (
    <li>
      <button
        type="button"
        data-changed={changed ?? undefined}
        data-sign={difference < 0 ? 'less' : 'more'}
        aria-pressed={chosen !== null && chosen.join(';') === path.join(';')}
        title={`${path.join('\n')}\n\n${words}`}
        onClick={() => onChoose(path)}
      >
        <span className="change-name">{path.at(-1)}</span>
        <b>{formatDelta(difference, diff.unit)}</b>
        <span className="change-bar" aria-hidden="true">
          <i style={{ width: `${(Math.abs(difference) / most) * 100}%` }} />
        </span>
        <span className="change-words">{shortWords(change, diff.unit) || sidesWords(change, diff.unit)}</span>
        <span className="change-relative">{formatDelta(shareOfChange(difference, diff.a.total), 'share')}</span>
      </button>
    </li>
  );
}

const sidesWords = ({ before, after }: LargeChange, unit: string): string =>
  `${formatValue(before, unit)} → ${formatValue(after, unit)}`;

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
