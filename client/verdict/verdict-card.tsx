import { useEffect, useRef } from 'react';
import type { CheckView, Gate } from '../../protocol/index.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Button, formatMillis, Icon, keepUnits } from '../ui/index.ts';
import { DifferenceBar } from './difference-bar.tsx';
import { GateRow } from './gate-row.tsx';
import { GATES, VERDICT_WORDS } from './verdict-words.ts';
import './verdict.css';

export interface VerdictCardProps {
  /** null: nothing has been checked yet. */
  readonly check: CheckView | null;
  /** Its slug; null: none is open. */
  readonly exercise: string | null;
  readonly onCheck: () => void;
}

/** The six gates are always all there and fill one by one; the verdict stands above them when it is sure. */
export function VerdictCard({ check, exercise, onCheck }: VerdictCardProps) {
  const verdict = check?.verdict ?? null;
  const card = useRef<HTMLElement>(null);
  const stage = verdict ? 'judged' : check?.running ? 'running' : 'open';
  // biome-ignore lint/correctness/useExhaustiveDependencies: a start or an end of a check is the event
  useEffect(() => {
    card.current?.scrollTo({ top: 0 });
  }, [stage]);
  const gates = new Map((verdict?.gates ?? check?.gates ?? []).map((gate) => [gate.id, gate]));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section ref={card} className="verdict-card" aria-label="Verdict" tabIndex={0}>
      <div role="status" aria-live="polite">
        <Headline check={check} />
      </div>
      {verdict?.difference && <DifferenceBar difference={verdict.difference} />}
      <ol className="gate-list" aria-label="Gates">
        {GATES.map((known) => (
          <GateRow key={known.id} gate={gateOrPending(gates.get(known.id), known)} running={check?.running ?? false} />
        ))}
      </ol>
      <footer className="verdict-foot">
        <Button
          look={verdict?.verdict === 'fixed' ? 'plain' : 'primary'}
          icon={<Icon name="scale" />}
          busy={check?.running ?? false}
          disabled={exercise === null}
          onClick={onCheck}
        >
          {check === null ? 'Check it' : 'Check again'}
        </Button>
        {check && (
          <>
            <span>
              seed <code>{verdict?.seed ?? check.seed}</code>
              {verdict && <> · took {formatMillis(verdict.millis)}</>}
            </span>
            <CopyButton
              label="Copy command"
              title="Copies the command that repeats this very check"
              text={`npx flamelab check ${exercise} --seed ${verdict?.seed ?? check.seed}`}
            />
          </>
        )}
      </footer>
    </section>
  );
}

function Headline({ check }: { readonly check: CheckView | null }) {
  if (check?.verdict) {
    const words = VERDICT_WORDS[check.verdict.verdict];
    return (
      <header className="verdict-headline" data-tone={words.tone}>
        <h2>
          <Icon name={words.icon} /> {words.title}
        </h2>
        <p>{keepUnits(check.verdict.summary)}</p>
        <p className="verdict-means">{words.means}</p>
      </header>
    );
  }
  if (check?.running) {
    return (
      <header className="verdict-headline" data-tone="running">
        <h2>
          <span className="ui-spinner" aria-hidden="true" /> Checking
        </h2>
        <p>{check.phase}</p>
      </header>
    );
  }
  return (
    <header className="verdict-headline">
      <h2>{check ? 'The check stopped' : 'Not checked yet'}</h2>
      <p>{check ? check.phase : 'Save a change, or check the code as it is: these six gates are what proves a fix.'}</p>
    </header>
  );
}

/** A gate that has nothing to say yet says what it is about. */
function gateOrPending(gate: Gate | undefined, { id, title, about }: (typeof GATES)[number]): Gate {
  if (gate) return gate.explain === '' ? { ...gate, explain: about } : gate;
  return { id, title, pass: null, observed: null, limit: null, unit: '', explain: about };
}
