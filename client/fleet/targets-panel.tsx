import { type ReactNode, useEffect } from 'react';
import type { LabState, RunView, Target } from '../../protocol/index.ts';
import { type TargetsStore, useStore } from '../state/index.ts';
import { EmptyState } from '../ui/index.ts';
import './fleet.css';

export interface TargetsPanelProps {
  readonly lab: LabState;
  readonly targets: TargetsStore;
  /** To the screen with all that can be done about targets. */
  readonly more: ReactNode;
}

const HEALTH: Record<Target['health'], string> = {
  waiting: 'no scrape yet',
  up: 'up',
  'in-use': 'another profiler is at it',
  'backing-off': 'failing, tried again later',
  paused: 'paused',
};
const TONES: Record<Target['health'] | RunView['state'], 'good' | 'bad' | 'quiet'> = {
  up: 'good',
  waiting: 'quiet',
  paused: 'quiet',
  'in-use': 'quiet',
  'backing-off': 'bad',
  starting: 'quiet',
  restarting: 'bad',
  stopped: 'quiet',
  failed: 'bad',
};

/** What runs, and what is scraped of it. */
export function TargetsPanel({ lab, targets: store, more }: TargetsPanelProps) {
  const targets = useStore(store.store, (state) => state.targets);
  useEffect(() => store.watch(), [store]);
  if (lab.fleet.runs.length === 0 && targets?.length === 0) {
    return (
      <EmptyState icon="flame" title="Nothing runs yet">
        {lab.go.ok
          ? 'The fleet is being built; the first start takes a minute.'
          : 'The fleet needs Go. See the note on top.'}
      </EmptyState>
    );
  }
  return (
    <section className="targets" aria-label="Fleet">
      <table>
        <caption>Processes</caption>
        <tbody>
          {lab.fleet.runs.map((run) => (
            <tr key={run.run}>
              <th scope="row">{run.instance}</th>
              <td>
                <Health tone={TONES[run.state]} text={run.state} />
              </td>
              <td>
                {run.role} {run.reason !== null && <p className="targets-why">{run.reason}</p>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="targets-link">{more}</p>
      <table>
        <caption>Profiled targets</caption>
        <tbody>
          {(targets ?? []).map((target) => (
            <tr key={target.name}>
              <th scope="row">{target.name}</th>
              <td>
                <Health tone={TONES[target.health]} text={HEALTH[target.health]} />
              </td>
              <td>
                {target.kinds.join(', ')}
                {target.lastError !== null && <p className="targets-why">{target.lastError}</p>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Health({ tone, text }: { readonly tone: 'good' | 'bad' | 'quiet'; readonly text: string }) {
  return (
    <span className="health" data-tone={tone}>
      {text}
    </span>
  );
}
