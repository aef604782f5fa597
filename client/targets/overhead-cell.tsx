import type { Overhead, Target } from '../../protocol/index.ts';
import { Button, formatValue } from '../ui/index.ts';
import { overheadWords } from './target-words.ts';

export interface OverheadCellProps {
  readonly target: Target;
  readonly busy: boolean;
  readonly onMeasure: () => void;
}

/** What collecting costs this target, measured: point, interval, and the button that measures. */
export function OverheadCell({ target, busy, onMeasure }: OverheadCellProps) {
  const { overhead, measurable } = target;
  if (!measurable) {
    return (
      <div className="target-cost" data-empty="true">
        <p>Cost not known: this program doesn’t tell its CPU time.</p>
      </div>
    );
  }
  return (
    <div className="target-cost">
      {overhead && <Measured overhead={overhead} />}
      <Button
        look="quiet"
        busy={overhead?.state === 'running'}
        disabled={busy && overhead?.state !== 'running'}
        title="Compares CPU per request in alternating periods with and without collection"
        onClick={onMeasure}
      >
        {overhead?.state === 'running' ? progressWords(overhead) : overhead ? 'Measure again' : 'Measure the cost'}
      </Button>
    </div>
  );
}

function Measured({ overhead }: { readonly overhead: Overhead }) {
  if (overhead.state === 'failed') return <p className="target-error">Not measured: {overhead.error}</p>;
  const { point, range, notes } = overheadWords(overhead);
  if (range === null) return null;
  return (
    <>
      <p className="cost-point">
        <span className="cost-title">Profiling costs</span> <b>{point}</b> <span>95 %: {range}</span>
      </p>
      <p className="cost-notes">{notes.join(' · ')}</p>
    </>
  );
}

/** "3 of 8 pairs, 2 min left". */
function progressWords({ pairsDone, pairsWanted, periodMillis }: Overhead): string {
  const left = formatValue(Math.ceil(((pairsWanted - pairsDone) * 2 * periodMillis) / 1_000), 's');
  return `${pairsDone} of ${pairsWanted} pairs, ${left} left`;
}
