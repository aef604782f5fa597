import { Segmented } from '../ui/index.ts';
import type { PartProps } from './explore-props.ts';
import { rangeWords } from './window-words.ts';

/** Over a view that can only show one side of a comparison: which one, and the way to the other. */
export function SideBar({ state, change }: PartProps) {
  const { query, a, b } = state;
  if (b === null) return null;
  const side = query.side ?? 'b';
  const { match, ...range } = side === 'a' ? a : b;
  return (
    <section className="side-bar" aria-label="Side">
      <Segmented
        label="Side"
        value={side}
        onChange={(next) => change({ side: next })}
        options={[
          { value: 'a', label: 'A' },
          { value: 'b', label: 'B' },
        ]}
      />
      <p role="status">
        Shows <b data-side={side}>{side.toUpperCase()}</b> alone: {rangeWords(range, Date.now())}
        {a.match !== b.match && match !== '' && <code> {match}</code>}
      </p>
    </section>
  );
}
