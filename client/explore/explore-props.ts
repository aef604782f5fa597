import type { ReactNode } from 'react';
import type { Trace } from '../../protocol/index.ts';
import type { Api } from '../connection/index.ts';
import type { ChoicesStore, ExploreQuery, ExploreState, ExploreStore, TimelineStore } from '../state/index.ts';
import type { Theme } from '../ui/index.ts';
import type { LabNow } from './empty-words.ts';

export interface ExploreProps {
  readonly explore: ExploreStore;
  readonly timeline: TimelineStore;
  readonly choices: ChoicesStore;
  readonly api: Api;
  readonly theme: Theme;
  readonly lab: LabNow;
  /** Execution traces, marked on the timeline; `words` say what one is. */
  readonly traces: readonly (Pick<Trace, 'service' | 'atMillis'> & { readonly words: string })[];
  /** What takes the window home, beside its link. */
  readonly saveMenu: ReactNode;
}

/** What the parts of the screen share. */
export interface PartProps extends ExploreProps {
  readonly state: ExploreState;
  readonly change: (patch: Partial<ExploreQuery>, how?: 'amend') => void;
}
