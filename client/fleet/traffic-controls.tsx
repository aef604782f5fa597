import { useId } from 'react';
import type { LabState } from '../../protocol/index.ts';
import { type LoadStore, useStore } from '../state/index.ts';
import { Button, formatRate, Icon } from '../ui/index.ts';
import { OneAnswerView } from './one-answer.tsx';
import './fleet.css';

export interface TrafficControlsProps {
  readonly load: LoadStore;
  readonly lab: LabState;
}

const BURST = 500;
const MOST_RATE = 1_000;

/** What is sent to the service of the exercise: how fast, a burst, a pause, or a single request with its answer. */
export function TrafficControls({ load, lab }: TrafficControlsProps) {
  const { wantedRate, sending, answers } = useStore(load.store, (state) => state);
  const id = useId();
  const { paused } = lab.load;
  const rate = wantedRate ?? lab.load.rate;
  return (
    <div className="traffic">
      <label htmlFor={id}>Requests per second, to each instance</label>
      <div className="traffic-rate">
        <input
          id={id}
          type="range"
          min={10}
          max={Math.max(MOST_RATE, rate)}
          step={10}
          value={rate}
          aria-valuetext={formatRate(rate)}
          onChange={(event) => load.setRate(Number(event.target.value))}
        />
        <output htmlFor={id}>{formatRate(rate)}</output>
      </div>
      <div className="traffic-buttons">
        <Button icon={<Icon name={paused ? 'play' : 'pause'} />} onClick={() => void load.setPaused(!paused)}>
          {paused ? 'Resume traffic' : 'Pause traffic'}
        </Button>
        <Button onClick={() => void load.burst(BURST)}>Burst of {BURST}</Button>
        <Button busy={sending} onClick={() => void load.sendOne()}>
          Send one request
        </Button>
      </div>
      {answers.map((answer) => (
        <OneAnswerView key={answer.target} answer={answer} />
      ))}
    </div>
  );
}
