import { type ProfilesState, profileView } from '../state/index.ts';

/** One line over the picture: what it shows, or why it shows nothing new. */
export function wordsFor(state: ProfilesState): string {
  if (state.status === 'failed') return `The profile could not be read: ${state.problem ?? 'unknown reason'}`;
  if (state.gap !== null) return state.gap;
  const { after, before } = state.sources;
  if (state.status === 'waiting' && after) return `Waiting for the first profile ${titleOf(after.title)} …`;
  const says = profileView(state.view).says;
  if (!before || !after) return says;
  const compared = comparison(state.sources);
  if (compared !== '') return `${compared}${says}`;
  return `${says} Shown: ${state.side === 'difference' ? `${before.title} → ${after.title}` : (state.side === 'before' ? before : after).title}.`;
}

/** In place of `wordsFor` while the numbers are hidden: what is compared, and the first step. */
export function wordsBeforePrediction({ sources }: ProfilesState): string {
  return `${comparison(sources)}Predict first: then the numbers show.`;
}

function comparison(sources: ProfilesState['sources']): string {
  const saves = comparedSaves(sources);
  return saves ? `Compares the save of ${saves.before} with that of ${saves.after}. ` : '';
}

/** The times of the two saves that were picked in the history; null: the graph shows a change, or only one. */
export function comparedSaves({ before, after }: ProfilesState['sources']): { before: string; after: string } | null {
  if (!before?.savedAt || !after?.savedAt) return null;
  return { before: before.savedAt, after: after.savedAt };
}

const titleOf = (title: string) => (title.includes(' ') ? title : `of ${title}`);

/** In place of the picture. */
export function emptyWords(
  { status, view, sources }: ProfilesState,
  goMissing: boolean,
): { title: string; hint: string } {
  if (status === 'idle' && goMissing) {
    return { title: 'Nothing runs without Go', hint: 'The note on top says what is missing and how to get it.' };
  }
  if (status === 'idle' && sources.subject !== null) {
    return {
      title: 'The service of this exercise isn’t running yet',
      hint: 'It is being built and started; the Fleet tab says how far it is, or what is missing.',
    };
  }
  if (status === 'idle') {
    return { title: 'Nothing to show yet', hint: 'Choose an exercise; its service is then profiled all the time.' };
  }
  if (status === 'loading') return { title: 'Reading the profile …', hint: 'This takes less than a second.' };
  if (status === 'failed')
    return { title: 'No profile', hint: 'The reason is above. It is tried again with the next one.' };
  const { title } = profileView(view);
  const hint = ['mutex', 'block'].includes(view)
    ? 'That can be the answer: nobody waited. More traffic may bring waiting to light.'
    : 'The next one comes within seconds. Is the traffic paused?';
  return { title: `No ${title} profile of ${sources.after?.title ?? 'this service'} yet`, hint };
}
