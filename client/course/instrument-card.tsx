import { useState } from 'react';
import type { InstrumentsView } from '../../protocol/index.ts';
import { Button, Icon } from '../ui/index.ts';
import { InlineMarkdown } from './markdown-text.tsx';

export interface InstrumentCardProps {
  readonly instruments: InstrumentsView;
  readonly onOpen: (name: string) => Promise<void>;
}

/** What a colleague would call them when asked "what do you open?". */
const TITLES: Readonly<Record<string, string>> = {
  cpu: 'CPU profile',
  allocs: 'Allocation profile',
  heap: 'Heap profile',
  goroutine: 'Goroutine profile',
  goroutineleak: 'Goroutine leak profile',
  mutex: 'Mutex profile',
  block: 'Block profile',
  trace: 'Execution trace',
  metrics: 'Runtime metrics',
};

/** Which instrument first? Each shows something true; the clock of the incident runs on with each. */
export function InstrumentCard({ instruments, onOpen }: InstrumentCardProps) {
  const [opening, setOpening] = useState<string | null>(null);
  const { choices, found } = instruments;
  const open = async (name: string) => {
    setOpening(name);
    await onOpen(name);
    setOpening(null);
  };
  return (
    <section className="lesson-card" aria-label="Instrument">
      <h3>Which instrument first?</h3>
      <p className="lesson-card-quiet">
        {found
          ? 'Each says something true. Only some answer the question.'
          : 'The incident goes on while you look: each costs the time beside it.'}
      </p>
      <ul className="instrument-list">
        {choices.map(({ name, seconds, opened }) => (
          <li key={name} data-mark={opened ? (opened.right ? 'right' : 'wrong') : undefined}>
            <div>
              {opened ? (
                <strong>
                  <Icon name={opened.right ? 'check' : 'close'} /> {TITLES[name] ?? name}
                </strong>
              ) : (
                <Button busy={opening === name} disabled={found} onClick={() => void open(name)}>
                  {TITLES[name] ?? name}
                </Button>
              )}
              <span>{incidentClock(seconds)}</span>
            </div>
            {opened && (
              <p className="instrument-shows">
                <InlineMarkdown text={opened.shows} />
              </p>
            )}
          </li>
        ))}
      </ul>
      <p role="status">{spentWords(instruments)}</p>
    </section>
  );
}

function spentWords({ choices, spentSeconds, found }: InstrumentsView): string {
  if (spentSeconds === 0) return 'Nothing opened so far.';
  if (!found) return `${incidentClock(spentSeconds)} of the incident are gone.`;
  const rights = choices.filter(({ opened }) => opened?.right).map(({ seconds }) => seconds);
  const least = Math.min(...rights);
  return spentSeconds === least
    ? `Found after ${incidentClock(spentSeconds)}, at the first try.`
    : `Found after ${incidentClock(spentSeconds)}; straight to it would have taken ${incidentClock(least)}.`;
}

/** Minutes and seconds, as on a stop-watch: 85 → "1:25". */
function incidentClock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
