import './explore.css';
import { useCallback, useEffect, useState } from 'react';
import { type ExploreQuery, isTreeView, useStore } from '../state/index.ts';
import { Button, EmptyState, Icon } from '../ui/index.ts';
import { ChangeList } from './change-list.tsx';
import { ComparisonBar } from './comparison-bar.tsx';
import { emptyWords } from './empty-words.ts';
import type { ExploreProps, PartProps } from './explore-props.ts';
import { kindTitle, usualType } from './kind-words.ts';
import { QueryBar } from './query-bar.tsx';
import { SideBar } from './side-bar.tsx';
import { TimeBar } from './time-bar.tsx';
import { TimelinePanel } from './timeline-panel.tsx';
import { ViewBar } from './view-bar.tsx';
import { WindowView } from './window-view.tsx';

/**
 *     kind, labels, filter                         link
 *     when, live, compare
 *     timeline, a row for each service
 *     (what the comparison says)
 *     flame graph, or another view of the window
 */
export function ExploreScreen(props: ExploreProps) {
  const { explore, timeline, choices } = props;
  const state = useStore(explore.store, (now) => now);
  const [drags, setDrags] = useState<'a' | 'b' | null>(null);
  useEffect(() => {
    const stops = [explore.open(), timeline.open()];
    void choices.load();
    return () => {
      for (const stop of stops) stop();
    };
  }, [explore, timeline, choices]);
  const comparing = state.query.b !== null;
  useEffect(() => {
    if (comparing) setDrags((now) => now ?? 'b');
  }, [comparing]);
  const change = useCallback((patch: Partial<ExploreQuery>, how?: 'amend') => explore.change(patch, how), [explore]);
  const part: PartProps = { ...props, state, change };
  const diff = comparing ? state.diff : null;
  return (
    <div className="explore">
      {state.problems.length > 0 && <AddressProblems problems={state.problems} />}
      <QueryBar {...part} />
      <section className="explore-time" aria-label="Time">
        <TimeBar {...part} drags={drags} onDrags={setDrags} />
        <TimelinePanel {...part} drags={drags} onBrushed={(side) => side === 'b' && setDrags('b')} />
      </section>
      {diff && <ComparisonBar {...part} diff={diff} />}
      <section className="explore-window" aria-label="Window" aria-busy={state.status === 'loading'}>
        <ViewBar {...part} />
        {comparing && !isTreeView(state.query.view) && <SideBar {...part} />}
        <WindowBody {...part} />
      </section>
    </div>
  );
}

function WindowBody(part: PartProps) {
  const { state, change } = part;
  const { query, diff, failure, status } = state;
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  if (status === 'failed' && failure && state.tree === null && diff === null) return <NothingThere {...part} />;
  const waiting = status === 'loading' && state.tree === null && diff === null;
  if (waiting) {
    return (
      <div className="explore-body">
        <EmptyState icon="flame" title="Reading the profiles …" />
      </div>
    );
  }
  const listed = diff !== null && query.b !== null && query.side === null && isTreeView(query.view);
  return (
    <div className="explore-body" data-listed={listed}>
      <div className="explore-view">
        <WindowView {...part} chosen={chosen} />
      </div>
      {listed && (
        <ChangeList
          diff={diff}
          chosen={chosen}
          onChoose={(path) => {
            setChosen([...path]);
            change({ zoom: path.slice(0, -1), function: path.at(-1) ?? null }, 'amend');
          }}
        />
      )}
    </div>
  );
}

function NothingThere({ state, change, lab, explore }: PartProps) {
  const { failure } = state;
  if (failure === null) return null;
  const asked = { comparing: state.query.b !== null, groupedBy: state.query.by };
  const { title, hint, offers, kinds } = emptyWords(failure, Date.now(), { ...lab, ...asked });
  const everything = { from: null, to: null, live: null, axis: null, b: null, side: null };
  return (
    <div className="explore-body">
      <EmptyState
        icon="flame"
        title={title}
        action={
          <div className="explore-offers">
            {offers.includes('all') && (
              <Button look="primary" onClick={() => change(everything)}>
                Show all
              </Button>
            )}
            {offers.includes('every-label') && (
              <Button look="primary" onClick={() => change({ match: '' })}>
                Show every label
              </Button>
            )}
            {offers.includes('ungrouped') && (
              <Button look="primary" onClick={() => change({ by: null })}>
                Show without labels
              </Button>
            )}
            {kinds.map((kind) => (
              <Button key={kind} onClick={() => change({ kind, type: usualType(kind) })}>
                {kindTitle(kind)}
              </Button>
            ))}
            <Button look="quiet" onClick={explore.refresh}>
              Try again
            </Button>
          </div>
        }
      >
        {hint}
      </EmptyState>
    </div>
  );
}

function AddressProblems({ problems }: { readonly problems: readonly string[] }) {
  return (
    <div className="explore-problems" role="alert">
      <Icon name="alert" />
      <div>
        <p>The address of this page has parts that can’t be read; the rest holds.</p>
        <ul>
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}
