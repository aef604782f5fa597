import { queryOfGraph } from '../connection/index.ts';
import { SaveMenu } from '../take-home/index.ts';
import type { Session } from './session.ts';

/** Takes the graph on screen home: both sides of a change when there are two. */
export function SaveGraphMenu({ session }: { readonly session: Session }) {
  const { api, profiles, notices } = session;
  const page = async () => {
    const { before, after } = profiles.sides();
    const [first, second] = [before ?? after, before && after];
    if (first === null) throw new Error('there is no profile yet');
    return api.exportPage(queryOfGraph(first), second && queryOfGraph(second));
  };
  const bundle = async () => {
    const query = profiles.query();
    if (query === null) throw new Error('there is no profile yet');
    return api.exportBundle(queryOfGraph(query));
  };
  return <SaveMenu name={profiles.store.get().view} page={page} bundle={bundle} notices={notices} />;
}
