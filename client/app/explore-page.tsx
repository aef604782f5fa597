import { ExploreScreen } from '../explore/index.ts';
import { isGoMissing, useStore } from '../state/index.ts';
import type { Theme } from '../ui/index.ts';
import { SaveExploreMenu } from './save-explore-menu.tsx';
import type { Session } from './session.ts';

/** Any stored profiles, with the session's stores plugged in. */
export function ExplorePage({ session, theme }: { readonly session: Session; readonly theme: Theme }) {
  const goMissing = useStore(session.lab.store, ({ lab }) => isGoMissing(lab?.go));
  const paused = useStore(session.lab.store, ({ lab }) => lab?.fleet.paused ?? false);
  const { explore, timeline, choices, api } = session;
  return (
    <ExploreScreen
      {...{ explore, timeline, choices, api, theme }}
      lab={{ goMissing, paused }}
      saveMenu={<SaveExploreMenu session={session} />}
    />
  );
}
