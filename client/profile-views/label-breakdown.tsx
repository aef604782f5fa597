import './profile-views.css';
import './label-breakdown.css';
import type { LabelBreakdown as LabelBreakdownData } from '../../protocol/index.ts';
import { NegativeNote, SaturatedNote } from '../flame-graph/index.ts';
import { formatShareOf, formatValue } from '../ui/index.ts';
import { addMatcher } from './model/add-matcher.ts';
import type { ProfileViewProps } from './profile-view-props.ts';
import { ReadState } from './read-state.tsx';
import { useReading } from './use-reading.ts';

export interface LabelBreakdownProps extends ProfileViewProps {
  /** A value was picked: the selector that also wants it. */
  readonly onNarrow: (match: string) => void;
}

/** For each label, how the selection's value is shared out among the label's values; a click narrows the selection to one. */
export function LabelBreakdown({ api, query, revision, onNarrow }: LabelBreakdownProps) {
  const reading = useReading((signal) => api.readBreakdown(query, signal), {
    subject: [query.kind, query.type],
    occasion: [query, revision],
  });
  const filtered = query.focus !== null || query.ignore !== null || query.hide !== null;
  return (
    <section className="profile-view" aria-label="Labels" aria-busy={reading.busy}>
      <ReadState reading={reading} what="the labels" hint="Take a wider window, or fewer conditions.">
        {(breakdown) => (
          <div className="label-breakdown">
            {filtered && (
              <p className="label-breakdown-note">
                Whole stacks are counted here: focus, ignore and hide play no part.
              </p>
            )}
            <NegativeNote total={breakdown.total} unit={breakdown.unit} />
            <SaturatedNote of={breakdown} />
            {breakdown.labels.map((label) => (
              <LabelValues key={label.name} label={label} of={breakdown} match={query.match} onNarrow={onNarrow} />
            ))}
            {breakdown.labels.length === 0 && <p className="label-breakdown-note">These profiles carry no labels.</p>}
          </div>
        )}
      </ReadState>
    </section>
  );
}

interface LabelValuesProps {
  readonly label: LabelBreakdownData['labels'][number];
  readonly of: LabelBreakdownData;
  readonly match: string;
  readonly onNarrow: (match: string) => void;
}

function LabelValues({ label, of, match, onNarrow }: LabelValuesProps) {
  const share = (amount: number) => (of.total > 0 ? amount / of.total : 0);
  const only = label.values.length === 1 && label.rest.values === 0;
  return (
    <section className="label-values" aria-label={label.name} data-label={label.name}>
      <h4>{label.name}</h4>
      <ul>
        {label.values.map(({ value, amount, all = [value] }) => (
          <li key={value}>
            <button
              type="button"
              disabled={only}
              title={
                only ? 'All of the selection has this value' : `Only ${label.name} ${value === '' ? 'absent' : value}`
              }
              data-value={value}
              data-share={share(amount)}
              onClick={() => onNarrow(all.reduce((narrowed, one) => addMatcher(narrowed, label.name, one), match))}
            >
              <span className="label-bar" style={{ width: `${Math.min(1, Math.max(0, share(amount))) * 100}%` }} />
              <span className="label-value">{value === '' ? <i>without {label.name}</i> : value}</span>
              <span className="label-amount">{formatValue(amount, of.unit)}</span>
              <b className="label-share">{formatShareOf(amount, of.total)}</b>
            </button>
          </li>
        ))}
      </ul>
      {label.rest.values > 0 && (
        <p className="label-breakdown-note">
          and {label.rest.values} more values: {formatValue(label.rest.amount, of.unit)} ·{' '}
          {formatShareOf(label.rest.amount, of.total)}
        </p>
      )}
    </section>
  );
}
