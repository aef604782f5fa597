import { DEFAULT_QUERY, type ExploreQuery, type ProfilesState, searchOfQuery, selectorOf } from '../state/index.ts';
import { Icon } from '../ui/index.ts';
import { PageLink } from './page-link.tsx';
import type { Session } from './session.ts';

/** The same profiles on the Explore page; a comparison stays one. */
export function ExploreLink({ session, state }: { readonly session: Session; readonly state: ProfilesState }) {
  const query = session.profiles.query();
  if (query === null) return null;
  const { kind, type, hide, instance, from } = query;
  const range = { from: from ?? null, to: Date.now() };
  const ofInstance = (name: string) => selectorOf([{ label: 'instance', op: '=', value: name }]);
  const { before, after } = state.sources;
  const both = state.side === 'difference' && before && after;
  const asked: ExploreQuery = {
    ...DEFAULT_QUERY,
    ...range,
    kind,
    type,
    hide: hide ?? null,
    live: null,
    match: ofInstance(both ? before.instance : instance),
    b: both ? { ...range, match: ofInstance(after.instance) } : null,
  };
  return (
    <PageLink
      address={session.address}
      to="/explore"
      search={searchOfQuery(asked)}
      className="ui-button graph-explore"
      title="These profiles on a timeline, beside all others"
    >
      <Icon name="flame" />
      <span>
        <span className="visually-hidden">Open in </span>Explore
      </span>
    </PageLink>
  );
}
