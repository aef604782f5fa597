import { type ReactNode, useEffect } from 'react';
import { type TracesStore, useStore } from '../state/index.ts';
import { EmptyState, formatValue } from '../ui/index.ts';
import { RecordCard } from './record-card.tsx';
import { TraceRow } from './trace-row.tsx';
import './traces.css';

export interface TracesScreenProps {
  /** Read again every few seconds while the screen is there. */
  readonly traces: TracesStore;
  /** The way to what else belongs to targets. */
  readonly tabs: ReactNode;
  /** Shows a graph: path and query of its view. */
  readonly onShow: (link: string) => void;
}

/** The traces that the lab keeps, beside what makes new ones. */
export function TracesScreen({ traces: store, tabs, onShow }: TracesScreenProps) {
  const { list, targets, task, viewers } = useStore(store.store, (state) => state);
  useEffect(() => store.watch(), [store]);
  const now = Date.now();
  return (
    <div className="traces-screen">
      <h1 className="visually-hidden">Execution traces</h1>
      {tabs}
      <section className="traces-card traces-list" aria-label="Traces" aria-busy={list === null}>
        {list === null && <EmptyState icon="history" title="Reading the traces …" />}
        {list?.traces.length === 0 && (
          <EmptyState icon="history" title="No trace yet">
            Record one, or switch a flight recorder on and wait for a slow request. A trace says who waited for what,
            and for how long: what no CPU profile shows.
          </EmptyState>
        )}
        {list !== null && list.traces.length > 0 && (
          <>
            <ul>
              {list.traces.map((trace) => (
                <TraceRow key={trace.id} {...{ trace, now, task, store, onShow }} viewer={viewers[trace.id] ?? null} />
              ))}
            </ul>
            <p className="traces-limits">
              {formatValue(sumOf(list.traces), 'bytes')} in {list.traces.length} of {list.limits.traces} traces. Beyond
              that, and beyond {formatValue(list.limits.bytes, 'bytes')}, what was used least recently goes.
            </p>
          </>
        )}
      </section>
      <RecordCard {...{ store, targets, task, now }} recorders={list?.recorders ?? []} />
    </div>
  );
}

const sumOf = (traces: readonly { readonly bytes: number }[]): number =>
  traces.reduce((sum, { bytes }) => sum + bytes, 0);
