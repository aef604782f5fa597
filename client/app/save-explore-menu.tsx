import { type ExploreState, profileQueryOf } from '../state/index.ts';
import { SaveMenu } from '../take-home/index.ts';
import type { Session } from './session.ts';

/** Takes the window on screen home; of a comparison both sides, and for the bundle the side that is shown. */
export function SaveExploreMenu({ session }: { readonly session: Session }) {
  const { api, explore, notices } = session;
  const now = (): ExploreState => explore.store.get();
  const page = async () => {
    const { query, a, b } = now();
    return api.exportPage(profileQueryOf(query, a), b, query.per);
  };
  const bundle = async () => api.exportBundle(now().shown);
  return <SaveMenu name={now().query.kind} page={page} bundle={bundle} notices={notices} />;
}
