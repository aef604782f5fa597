import type { DiffGraph, DiffPer } from '../../protocol/index.ts';
import { isSnapshotKind, isTreeView } from '../state/index.ts';
import { Icon, Segmented } from '../ui/index.ts';
import { wholeWords } from './difference-words.ts';
import type { PartProps } from './explore-props.ts';

const PERS: readonly { value: DiffPer; label: string; title: string }[] = [
  { value: 'request', label: 'Request', title: 'Divided by the requests that the windows served' },
  { value: 'second', label: 'Second', title: 'Divided by the profiled seconds' },
  { value: 'profile', label: 'Profile', title: 'The mean of the profiles: for snapshots' },
  { value: 'total', label: 'Total', title: 'As it is: longer windows cost more' },
];

/** What B costs more or less than A as a whole, in words, and how that is counted. */
export function ComparisonBar({ state, change, diff }: PartProps & { readonly diff: DiffGraph }) {
  const { query, perNote } = state;
  const { tone, headline, detail, relative } = wholeWords(diff);
  const pers = isSnapshotKind(query.kind)
    ? PERS.filter(({ value }) => value !== 'request' && value !== 'second')
    : PERS;
  return (
    <section className="comparison-bar" aria-label="Comparison" data-tone={tone}>
      <p className="comparison-says" role="status">
        <Icon name={tone === 'more' ? 'alert' : tone === 'less' ? 'check' : 'scale'} />
        <strong>{headline}</strong>
        <span>{detail}</span>
        {relative !== '' && <span className="comparison-relative">{relative}</span>}
      </p>
      <Segmented label="Per" options={pers} value={diff.per} onChange={(per) => change({ per })} />
      {isTreeView(query.view) && (
        <Segmented
          label="Shown"
          value={query.side ?? 'difference'}
          onChange={(side) => change({ side: side === 'difference' ? null : side })}
          options={[
            { value: 'a', label: 'A' },
            { value: 'b', label: 'B' },
            { value: 'difference', label: 'Difference' },
          ]}
        />
      )}
      {perNote !== null && <p className="comparison-note">{perNote}</p>}
    </section>
  );
}
