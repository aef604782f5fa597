import { useEffect, useMemo } from 'react';
import { ExploreScreen } from '../explore/index.ts';
import { isGoMissing, useStore } from '../state/index.ts';
import { causeWords } from '../traces/index.ts';
import type { Theme } from '../ui/index.ts';
import { SaveExploreMenu } from './save-explore-menu.tsx';
import type { Session } from './session.ts';

/** Any stored profiles, with the session's stores plugged in. */
export function ExplorePage({ session, theme }: { readonly session: Session; readonly theme: Theme }) {
  const goMissing = useStore(session.lab.store, ({ lab }) => isGoMissing(lab?.go));
  const paused = useStore(session.lab.store, ({ lab }) => lab?.fleet.paused ?? false);
  const list = useStore(session.traces.store, (state) => state.list);
  useEffect(() => session.traces.watch(), [session.traces]);
  const traces = useMemo(
    () => (list?.traces ?? []).map((trace) => ({ ...trace, words: `trace: ${causeWords(trace)}` })),
    [list],
  );
  const { explore, timeline, choices, api } = session;
  return (
    <ExploreScreen
      {...{ explore, timeline, choices, api, theme }}
      lab={{ goMissing, paused }}
      traces={traces}
      saveMenu={<SaveExploreMenu session={session} />}
    />
  );
}
