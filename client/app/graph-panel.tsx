import { useState } from 'react';
import { type ChosenFrame, FlameGraph, TreeTable } from '../flame-graph/index.ts';
import { findFileOfProfile, isGoMissing, isPredicting, type ProfilesState, useStore } from '../state/index.ts';
import { Button, Segmented, type Theme } from '../ui/index.ts';
import { CopyPprofButton } from './copy-pprof-button.tsx';
import { ExploreLink } from './explore-link.tsx';
import { GraphStrip } from './graph-strip.tsx';
import { comparedSaves, emptyWords, wordsBeforePrediction, wordsFor } from './graph-words.ts';
import { KindSwitch } from './kind-switch.tsx';
import { SaveGraphMenu } from './save-graph-menu.tsx';
import type { Session } from './session.ts';
import './graph-panel.css';

export interface GraphPanelProps {
  readonly session: Session;
  readonly theme: Theme;
}

const SHAPES = [
  { value: 'flame', label: 'Graph' },
  { value: 'table', label: 'Table' },
] as const;

/** The live profile of the exercise's service: as a flame graph or a table, before, after, or their difference. */
export function GraphPanel({ session, theme }: GraphPanelProps) {
  const state = useStore(session.profiles.store, (now) => now);
  const [shape, setShape] = useState<'flame' | 'table'>('flame');
  const predicting = useStore(session.course.store, isPredicting) && state.after !== null;
  const goMissing = useStore(session.lab.store, ({ lab }) => isGoMissing(lab?.go));
  const words = predicting ? wordsBeforePrediction(state) : wordsFor(state);
  const saves = comparedSaves(state.sources);
  const choose = (frame: ChosenFrame) => {
    session.course.mark(frame.name);
    const path = findFileOfProfile(session.files.store.get().files, frame.file);
    if (path !== undefined) session.view.showLine(path, frame.line);
  };
  const sides = saves ? { sides: saves } : {};
  const shown = { graph: state.after, before: state.before, mode: state.side, onSelect: choose, ...sides };
  return (
    <section
      className="graph-panel"
      aria-label="Profile"
      data-predicting={predicting}
      data-shows={state.status === 'ready' ? state.sources.after?.instance : undefined}
    >
      <header className="graph-bar">
        <KindSwitch profiles={session.profiles} view={state.view} />
        <SideSwitch state={state} onChange={session.profiles.setSide} />
      </header>
      <div className="graph-bar">
        <p className="graph-says" role="status" title={words}>
          {words}
        </p>
        {predicting && (
          <Button look="quiet" onClick={session.course.peek}>
            Show numbers
          </Button>
        )}
        <Button
          look="quiet"
          aria-pressed={state.plumbing === 'hidden'}
          title="Leaves out the frames of net/http, of the lab’s chassis and of pprof labels, so that the service’s own work fills the picture"
          onClick={() => session.profiles.setPlumbing(state.plumbing === 'hidden' ? 'shown' : 'hidden')}
        >
          {state.plumbing === 'hidden' ? 'net/http hidden' : 'Hide net/http'}
        </Button>
        <CopyPprofButton session={session} />
        <ExploreLink session={session} state={state} />
        <SaveGraphMenu session={session} />
        <Segmented label="Shown as" options={SHAPES} value={shape} onChange={setShape} />
      </div>
      <div className="graph-body">
        {shape === 'flame' || predicting ? (
          <FlameGraph {...shown} numbers={!predicting} theme={theme} empty={emptyWords(state, goMissing)} />
        ) : (
          <TreeTable {...shown} />
        )}
      </div>
      <GraphStrip session={session} {...sides} />
    </section>
  );
}

interface SideSwitchProps {
  readonly state: ProfilesState;
  readonly onChange: (side: ProfilesState['side']) => void;
}

function SideSwitch({ state, onChange }: SideSwitchProps) {
  const compared = comparedSaves(state.sources);
  const disabled = state.sources.before === null;
  const why = disabled ? { title: 'Save a change first: then there are two to compare', disabled } : {};
  return (
    <Segmented
      label={compared ? 'Which of the two saves' : 'Before or after your change'}
      value={state.side}
      onChange={onChange}
      options={[
        { value: 'before', label: compared?.before ?? 'Before', ...why },
        { value: 'after', label: compared?.after ?? (disabled ? 'Live' : 'After') },
        { value: 'difference', label: 'Difference', ...why },
      ]}
    />
  );
}
