import { useState } from 'react';
import { type ChosenFrame, FlameGraph, TreeTable } from '../flame-graph/index.ts';
import { findFileOfProfile, isPredicting, type ProfilesState, profileView, useStore } from '../state/index.ts';
import { Button, Segmented, type Theme } from '../ui/index.ts';
import { CopyPprofButton } from './copy-pprof-button.tsx';
import { GraphStrip } from './graph-strip.tsx';
import { KindSwitch } from './kind-switch.tsx';
import type { Session } from './session.ts';
import './graph-panel.css';

export interface GraphPanelProps {
  readonly session: Session;
  readonly theme: Theme;
}

const PREDICT_FIRST = 'The numbers show once you have predicted: mark a frame, then say its share in the lesson.';
const SHAPES = [
  { value: 'flame', label: 'Graph' },
  { value: 'table', label: 'Table' },
] as const;

/** The live profile of the exercise's service: as a flame graph or a table, before, after, or their difference. */
export function GraphPanel({ session, theme }: GraphPanelProps) {
  const state = useStore(session.profiles.store, (now) => now);
  const [shape, setShape] = useState<'flame' | 'table'>('flame');
  const predicting = useStore(session.course.store, isPredicting) && state.after !== null;
  const choose = (frame: ChosenFrame) => {
    session.course.mark(frame.name);
    const path = findFileOfProfile(session.files.store.get().files, frame.file);
    if (path !== undefined) session.view.showLine(path, frame.line);
  };
  const shown = { graph: state.after, before: state.before, mode: state.side, onSelect: choose };
  return (
    <section className="graph-panel" aria-label="Profile" data-predicting={predicting}>
      <header className="graph-bar">
        <KindSwitch profiles={session.profiles} view={state.view} />
        <SideSwitch state={state} onChange={session.profiles.setSide} />
      </header>
      <div className="graph-bar">
        <p className="graph-says" role="status">
          {predicting ? PREDICT_FIRST : wordsFor(state)}
        </p>
        {predicting && (
          <Button look="quiet" onClick={session.course.peek}>
            Show numbers
          </Button>
        )}
        <CopyPprofButton session={session} />
        <Segmented label="Shown as" options={SHAPES} value={shape} onChange={setShape} />
      </div>
      <div className="graph-body">
        {shape === 'flame' || predicting ? (
          <FlameGraph {...shown} theme={theme} empty={emptyWords(state)} />
        ) : (
          <TreeTable {...shown} />
        )}
      </div>
      <GraphStrip session={session} />
    </section>
  );
}

interface SideSwitchProps {
  readonly state: ProfilesState;
  readonly onChange: (side: ProfilesState['side']) => void;
}

function SideSwitch({ state, onChange }: SideSwitchProps) {
  const disabled = state.sources.before === null;
  const why = disabled ? { title: 'Save a change first: then there are two to compare', disabled } : {};
  return (
    <Segmented
      label="Before or after your change"
      value={state.side}
      onChange={onChange}
      options={[
        { value: 'before', label: 'Before', ...why },
        { value: 'after', label: disabled ? 'Live' : 'After' },
        { value: 'difference', label: 'Difference', ...why },
      ]}
    />
  );
}

function wordsFor(state: ProfilesState): string {
  if (state.status === 'failed') return `The profile could not be read: ${state.problem ?? 'unknown reason'}`;
  if (state.gap !== null) return state.gap;
  const { after, before } = state.sources;
  if (state.status === 'waiting' && after) return `Waiting for the first profile ${titleOf(after.title)} …`;
  const says = profileView(state.view).says;
  if (!before || !after) return says;
  return `${says} Shown: ${state.side === 'difference' ? `${before.title} → ${after.title}` : (state.side === 'before' ? before : after).title}.`;
}

const titleOf = (title: string) => (title.includes(' ') ? title : `of ${title}`);

function emptyWords({ status, view, sources }: ProfilesState): { title: string; hint: string } {
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
