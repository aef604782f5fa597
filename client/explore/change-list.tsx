import { useMemo, useState } from 'react';
import { type DiffGraph, FEWEST_WINDOWS } from '../../protocol/index.ts';
import { shareOfChange } from '../flame-graph/index.ts';
import { Button, EmptyState, formatCount, formatDelta } from '../ui/index.ts';
import { nodeWords, shortWords } from './difference-words.ts';
import { type LargeChange, largestChanges } from './largest-changes.ts';

export interface ChangeListProps {
  readonly diff: DiffGraph;
  readonly chosen: readonly string[] | null;
  readonly onChoose: (path: readonly string[]) => void;
}

const FIRST = 25;

/** Where the difference is: the frames that changed surely are loud, what noise could have made is quiet. */
export function ChangeList({ diff, chosen, onChoose }: ChangeListProps) {
  const [all, setAll] = useState(false);
  const changes = useMemo(() => largestChanges(diff), [diff]);
  if (changes === null) {
    return (
      <EmptyState icon="scale" title="Too few windows to tell frames from noise">
        Each side needs {FEWEST_WINDOWS} profiles: choose longer windows.
      </EmptyState>
    );
  }
  const sure = changes.filter(({ changed }) => changed).length;
  const most = Math.max(...changes.map(({ difference }) => Math.abs(difference)), Number.MIN_VALUE);
  const shown = all ? changes : changes.slice(0, FIRST);
  return (
    <section className="change-list" aria-label="Largest changes">
      <h3>
        Largest changes{diff.per === 'total' ? '' : ` per ${diff.per}`}{' '}
        <span>{sure === 0 ? 'none is sure' : `${formatCount(sure)} sure`}</span>
      </h3>
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
        data-changed={changed}
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
        <span className="change-words">{shortWords(change, diff.unit)}</span>
        <span className="change-relative">{formatDelta(shareOfChange(difference, diff.a.total), 'share')}</span>
      </button>
    </li>
  );
}
