import { type ReactNode, useEffect } from 'react';
import { type TargetsStore, useStore } from '../state/index.ts';
import { EmptyState } from '../ui/index.ts';
import { AttachForm } from './attach-form.tsx';
import { SamplingCard } from './sampling-card.tsx';
import { TargetRow } from './target-row.tsx';
import './targets.css';

export interface TargetsScreenProps {
  /** Read again every few seconds while the screen is there. */
  readonly targets: TargetsStore;
  /** The way to what else belongs to targets. */
  readonly tabs?: ReactNode;
}

/** All targets with their health and cost, beside what can be done about them: attach one, choose how much is collected. */
export function TargetsScreen({ targets: store, tabs }: TargetsScreenProps) {
  const { targets, sampling, refusal, attaching } = useStore(store.store, (state) => state);
  useEffect(() => store.watch(), [store]);
  return (
    <div className="targets-screen">
      <h1 className="visually-hidden">Targets</h1>
      {tabs}
      <section className="targets-card targets-list" aria-label="Targets">
        {targets?.length === 0 ? (
          <EmptyState icon="flame" title="Nothing is profiled yet">
            The fleet starts by itself when Go is there. Or attach a program of your own.
          </EmptyState>
        ) : (
          <ul>
            {(targets ?? []).map((target) => (
              <TargetRow
                key={target.name}
                target={target}
                now={Date.now()}
                busy={(targets ?? []).some(({ overhead }) => overhead?.state === 'running')}
                onMeasure={() => void store.measure(target.name)}
                onRemove={() => void store.remove(target.name)}
              />
            ))}
          </ul>
        )}
      </section>
      <div className="targets-side">
        <AttachForm refusal={refusal} attaching={attaching} onAttach={store.attach} />
        {sampling && (
          <SamplingCard
            sampling={sampling}
            targets={targets ?? []}
            onChange={(change) => void store.setSampling(change)}
          />
        )}
      </div>
    </div>
  );
}
