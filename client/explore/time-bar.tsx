import { useState } from 'react';
import type { Span } from '../state/index.ts';
import { Button, Icon, IconButton, Segmented } from '../ui/index.ts';
import type { PartProps } from './explore-props.ts';
import { againstBefore, type Direction, shifted, spanChosen, spanOf, stepFrom } from './time-travel.ts';
import { rangeWords, windowWords } from './window-words.ts';

export interface TimeBarProps extends PartProps {
  /** What a drag over the timeline chooses; null: comparing is off. */
  readonly drags: 'a' | 'b' | null;
  readonly onDrags: (drags: 'a' | 'b' | null) => void;
}

const SPANS: readonly { value: Span | 'none'; label: string; title?: string }[] = [
  { value: '5m', label: '5 min' },
  { value: '15m', label: '15 min' },
  { value: '1h', label: '1 h' },
  { value: 'all', label: 'All', title: 'Everything that is stored' },
];

/** When: presets, live, steps, and a second window to compare with. */
export function TimeBar(props: TimeBarProps) {
  const { state, change, timeline, drags } = props;
  const { query } = state;
  const now = Date.now();
  const span = spanOf(query);
  const choose = async (next: Span | 'none') => {
    if (next === 'none') return;
    const extent = next === 'all' && query.b !== null ? await timeline.findExtent() : null;
    change(spanChosen(query, next, Date.now(), extent));
  };
  const toggleLive = () => {
    if (query.live === null) change({ live: span ?? '5m', from: null, to: null, axis: null, b: null, side: null });
    else change({ live: null, from: state.a.from, to: now, axis: null });
  };
  return (
    <div className="time-bar">
      <Segmented label="Time span" options={SPANS} value={span ?? 'none'} onChange={(next) => void choose(next)} />
      <Button
        look={query.live === null ? 'plain' : 'primary'}
        aria-pressed={query.live !== null}
        icon={<Icon name={query.live === null ? 'play' : 'pause'} />}
        title={query.live === null ? 'Follow what is collected now' : 'Stand still at this moment'}
        onClick={toggleLive}
      >
        Live
      </Button>
      {query.b === null && <Steps {...props} now={now} />}
      <Button
        aria-pressed={drags !== null}
        className="time-compare"
        icon={<Icon name="scale" />}
        title="Choose a second window to compare with; Shift-drag does the same"
        onClick={() => {
          props.onDrags(drags === null ? 'b' : null);
          if (drags !== null) change({ b: null, side: null });
        }}
      >
        Compare
      </Button>
      <CompareHint {...props} now={now} />
      <p className="time-says" role="status">
        {query.b === null ? windowWords(query, state.a, state.tree, now) : <TwoWindows {...props} now={now} />}
      </p>
    </div>
  );
}

interface Now {
  readonly now: number;
}

function Steps({ state, change, api, now }: TimeBarProps & Now) {
  const { query } = state;
  const [missed, setMissed] = useState<Direction | null>(null);
  const isProfile = query.from !== null && query.to !== null && query.to - query.from <= 1;
  const step = async (direction: Direction) => {
    const patch = await stepFrom(api, query, Date.now(), direction).catch(() => null);
    setMissed(patch === null ? direction : null);
    if (patch) change(patch);
  };
  const disabled = (direction: Direction) => !isProfile && shifted(query, now, direction) === null;
  const what = isProfile ? 'profile' : 'window';
  return (
    <span className="time-steps">
      <IconButton
        icon="out"
        label={`Previous ${what}`}
        disabled={disabled('back') || missed === 'back'}
        onClick={() => void step('back')}
      />
      <IconButton
        icon="out"
        className="time-forward"
        label={`Next ${what}`}
        disabled={disabled('forward') || missed === 'forward'}
        onClick={() => void step('forward')}
      />
    </span>
  );
}

/** While a second window is wanted but not there: how to get one. With two: which of them a drag moves. */
function CompareHint({ state, change, drags, onDrags, now }: TimeBarProps & Now) {
  if (drags === null) return null;
  if (state.query.b !== null) {
    return (
      <Segmented
        label="A drag chooses"
        value={drags}
        onChange={onDrags}
        options={[
          { value: 'a', label: 'Drag A', title: 'A drag over the timeline moves the first window' },
          { value: 'b', label: 'Drag B', title: 'A drag over the timeline moves the second window' },
        ]}
      />
    );
  }
  const before = againstBefore(state.query, now);
  return (
    <span className="time-hint" role="status">
      Drag a second window over the timeline
      {before !== null && (
        <>
          , or{' '}
          <Button look="quiet" onClick={() => change(before)}>
            compare with the time before
          </Button>
        </>
      )}
    </span>
  );
}

function TwoWindows({ state, now }: TimeBarProps & Now) {
  return (
    <>
      <b data-side="a">A</b> {rangeWords(state.a, now)} · <b data-side="b">B</b>{' '}
      {state.b ? rangeWords(state.b, now) : ''}
    </>
  );
}
