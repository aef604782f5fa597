import { useEffect, useState } from 'react';
import type { RunView } from '../../protocol/index.ts';
import { type OutputStore, useStore } from '../state/index.ts';
import { EmptyState, formatCount } from '../ui/index.ts';
import { OutputView } from './output-view.tsx';
import { runOptions } from './run-options.ts';
import './fleet.css';

export interface LogsPanelProps {
  readonly output: OutputStore;
  readonly runs: readonly RunView[];
  /** The service of the exercise: its newest run that has not been stopped is shown first. */
  readonly service: string | undefined;
}

/** The log of one run, live. */
export function LogsPanel({ output, runs, service }: LogsPanelProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const ofService = runs.filter((one) => one.service === service);
  const newest = ofService.findLast((one) => one.state !== 'stopped') ?? ofService.at(-1);
  const run = runs.find((one) => one.run === chosen) ?? newest ?? runs[0];
  const log = useStore(output.store, (state) => (run ? state.logs[run.run] : undefined));
  const id = run?.run;
  useEffect(() => {
    if (id !== undefined) void output.openLog(id);
  }, [output, id]);
  if (!run) {
    return (
      <EmptyState icon="terminal" title="No logs yet">
        They come with the first service that starts.
      </EmptyState>
    );
  }
  return (
    <section className="output-panel" aria-label="Logs">
      <header>
        <select aria-label="Run" value={run.run} onChange={(event) => setChosen(event.target.value)}>
          {runOptions(runs, service).map((group) => (
            <optgroup key={group.service} label={group.service}>
              {group.options.map((option) => (
                <option key={option.run} value={option.run}>
                  {option.label}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
        {log && log.dropped > 0 && (
          <span>{formatCount(log.dropped)} lines dropped: it wrote faster than the lab keeps</span>
        )}
      </header>
      {log?.text === '' ? (
        <EmptyState title="This run has logged nothing">Healthy services are quiet. Errors would show here.</EmptyState>
      ) : (
        <OutputView label={`Log of ${run.instance}`} text={log?.text ?? 'Loading …'} cut={log?.cut ?? 0} />
      )}
    </section>
  );
}
