import type { SaveView } from '../../protocol/index.ts';
import { type HistoryStore, useStore } from '../state/index.ts';
import { Button, EmptyState, formatClock, Icon } from '../ui/index.ts';
import { VerdictMark } from './verdict-mark.tsx';

export interface HistoryListProps {
  readonly history: HistoryStore;
  readonly onRestore: (id: string) => void;
}

/** Every save with what came of it; any two can be compared, and each can be gone back to. */
export function HistoryList({ history, onRestore }: HistoryListProps) {
  const { saves, picked } = useStore(history.store, (state) => state);
  if (saves.length === 0) {
    return (
      <EmptyState icon="history" title="No saves yet">
        Each save lands here with its verdict; any two can be compared on the flame graph.
      </EmptyState>
    );
  }
  return (
    <section className="history" aria-label="History of saves">
      <header>
        <p>{wordsFor(picked.length)}</p>
        {picked.length > 0 && (
          <Button look="quiet" onClick={history.clear}>
            Stop comparing
          </Button>
        )}
      </header>
      <ul>
        {saves.map((save) => (
          <li key={save.id}>
            <input
              type="checkbox"
              aria-label={`Compare the save of ${formatClock(save.atMillis)}`}
              checked={picked.includes(save.id)}
              disabled={save.twin === null}
              title={save.twin === null ? 'It never ran, so there is nothing to compare' : undefined}
              onChange={() => history.pick(save.id)}
            />
            <time dateTime={new Date(save.atMillis).toISOString()}>{formatClock(save.atMillis)}</time>
            <span className="history-what">
              <SaveOutcome save={save} />
              <code>{save.files.join(', ')}</code>
            </span>
            <Button look="quiet" icon={<Icon name="reset" />} onClick={() => onRestore(save.id)}>
              Back to this one
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function wordsFor(count: number): string {
  if (count === 2) return 'The flame graph compares the two.';
  if (count === 1) return 'Tick one more to compare the two on the flame graph.';
  return 'Tick any two to compare them on the flame graph.';
}

function SaveOutcome({ save }: { readonly save: SaveView }) {
  if (save.check?.verdict) return <VerdictMark verdict={save.check.verdict.verdict} />;
  if (save.compileErrors.length > 0) return <span className="verdict-mark">Did not compile</span>;
  if (save.error !== null) return <span className="verdict-mark">Did not run</span>;
  return <span className="verdict-mark">{save.check?.running ? 'Being checked' : 'Ran'}</span>;
}
