import { useId, useState } from 'react';
import { type Recorder, TRACE_SECONDS } from '../../protocol/index.ts';
import type { TracesState, TracesStore, TraceTask } from '../state/index.ts';
import { Button, formatMillis, formatValue, Segmented } from '../ui/index.ts';
import { recorderWords } from './trace-words.ts';

export interface RecordCardProps {
  readonly store: TracesStore;
  readonly targets: TracesState['targets'];
  readonly recorders: readonly Recorder[];
  readonly task: TraceTask | null;
  /** Unix milliseconds. */
  readonly now: number;
}

const SECONDS = Array.from({ length: TRACE_SECONDS.most }, (_, index) => TRACE_SECONDS.least + index);
const SLOW = [20, 50, 100, 250, 1_000];
const USUAL = { seconds: 2, slow: 100 };

/** Of whom, then two ways: from now on for some seconds, or the seconds before. Both say what they cost. */
export function RecordCard({ store, targets, recorders, task, now }: RecordCardProps) {
  const [wanted, setWanted] = useState<string | null>(null);
  const chooser = useId();
  const names = targets.map(({ name, labels }) => labels.instance ?? name);
  const instance = wanted !== null && names.includes(wanted) ? wanted : (names[0] ?? null);
  if (instance === null) {
    return (
      <section className="traces-card trace-record" aria-labelledby="record-title">
        <h2 id="record-title">Record a trace</h2>
        <p>There is no target yet. The fleet starts by itself when Go is there.</p>
      </section>
    );
  }
  const recorder = recorders.find((one) => one.instance === instance) ?? null;
  return (
    <div className="traces-side">
      <section className="traces-card trace-record" aria-labelledby="record-title">
        <h2 id="record-title">Record a trace</h2>
        <div className="trace-choice">
          <label htmlFor={chooser}>Of</label>
          <select id={chooser} value={instance} onChange={(event) => setWanted(event.target.value)}>
            {names.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </div>
        <RecordNow {...{ store, instance, task }} />
      </section>
      <section className="traces-card trace-record" aria-labelledby="flight-title">
        <h2 id="flight-title">Flight recorder of {instance}</h2>
        <FlightRecorder {...{ store, instance, recorder, task, now }} />
      </section>
    </div>
  );
}

interface PartProps extends Pick<RecordCardProps, 'store' | 'task'> {
  readonly instance: string;
}

function RecordNow({ store, instance, task }: PartProps) {
  const [seconds, setSeconds] = useState(USUAL.seconds);
  const recording = task?.do === 'record' ? task : null;
  return (
    <>
      <div className="trace-choice">
        <span aria-hidden="true">For</span>
        <Segmented
          label="Seconds"
          value={String(seconds)}
          options={SECONDS.map((one) => ({ value: String(one), label: formatValue(one, 's') }))}
          onChange={(chosen) => setSeconds(Number(chosen))}
        />
      </div>
      <p>
        Every switch of a goroutine is written down: tens of kilobytes a second of a quiet service, a megabyte and more
        of a busy one, and some of its CPU time meanwhile.
      </p>
      <Button
        look="primary"
        busy={recording !== null}
        disabled={task !== null && recording === null}
        onClick={() => void store.record(instance, seconds)}
      >
        {recording ? `Recording ${recording.instance} for ${formatValue(recording.seconds, 's')} …` : 'Record a trace'}
      </Button>
    </>
  );
}

function FlightRecorder({
  store,
  instance,
  recorder,
  task,
  now,
}: PartProps & { readonly recorder: Recorder | null; readonly now: number }) {
  const [slow, setSlow] = useState(USUAL.slow);
  const driving = task?.do === 'drive';
  const others = (mine: boolean) => task !== null && !mine;
  return (
    <>
      <p role="status">{recorderWords(recorder, now)}</p>
      {recorder?.available && !recorder.on && (
        <>
          <div className="trace-choice">
            <span aria-hidden="true">Slow is</span>
            <Segmented
              label="A request is slow from"
              value={String(slow)}
              options={SLOW.map((one) => ({ value: String(one), label: formatMillis(one) }))}
              onChange={(chosen) => setSlow(Number(chosen))}
            />
          </div>
          <p>
            Keeps the last seconds in memory, about 4 MB, for 10 minutes; the snapshot of a slow request stays until the
            next one. A service that does much in each request hardly notices; one that switches goroutines all the time
            pays a tenth of its CPU time or more.
          </p>
          <Button
            busy={driving}
            disabled={others(driving)}
            onClick={() => void store.driveRecorder(instance, true, slow)}
          >
            Switch on for 10 min
          </Button>
        </>
      )}
      {recorder?.on && (
        <div className="trace-buttons">
          <Button
            look="primary"
            busy={task?.do === 'flight'}
            disabled={others(task?.do === 'flight')}
            onClick={() => void store.keepFlight(instance)}
          >
            Keep the last seconds
          </Button>
          <Button
            busy={driving}
            disabled={others(driving)}
            onClick={() => void store.driveRecorder(instance, false, 0)}
          >
            Switch off
          </Button>
        </div>
      )}
    </>
  );
}
