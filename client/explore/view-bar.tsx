import { EXPLORE_VIEWS, type ExploreView, isTreeView, useStore } from '../state/index.ts';
import { Segmented } from '../ui/index.ts';
import type { PartProps } from './explore-props.ts';

const TITLES: Readonly<Record<ExploreView, string>> = {
  flame: 'Flame graph',
  icicle: 'Icicle',
  table: 'Tree',
  top: 'Top',
  sandwich: 'Sandwich',
  source: 'Source',
  labels: 'Labels',
};
const OPTIONS = EXPLORE_VIEWS.map((value) => ({ value, label: TITLES[value] }));

/** How the window is looked at. */
export function ViewBar({ state, change, choices }: PartProps) {
  const { query } = state;
  const labels = useStore(choices.store, (now) => now.labels);
  const known = query.by === null || labels.includes(query.by) ? labels : [...labels, query.by];
  const canGroup = query.b === null && isTreeView(query.view);
  return (
    <div className="view-bar">
      <div className="view-switch">
        <Segmented label="View" options={OPTIONS} value={query.view} onChange={(view) => change({ view })} />
      </div>
      {canGroup && (
        <label className="query-select">
          <span>By</span>
          <select value={query.by ?? ''} onChange={({ target }) => change({ by: target.value || null, zoom: [] })}>
            <option value="">no label</option>
            {known.map((label) => (
              <option key={label} value={label}>
                {label}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}
