import { useEffect, useRef } from 'react';
import type { CheckView, Gate, VerdictName } from '../../protocol/index.ts';
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
  /** false: the learner is still to predict, so what was measured isn't said. Default: true. */
  readonly numbers?: boolean;
  readonly onCheck: () => void;
}

/** The six gates are always all there and fill one by one; the verdict stands above them when it is sure. */
export function VerdictCard({ check, exercise, numbers = true, onCheck }: VerdictCardProps) {
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
        <Headline check={check} numbers={numbers} />
      </div>
      {numbers && verdict?.difference && <DifferenceBar difference={verdict.difference} />}
      <ol className="gate-list" aria-label="Gates">
        {GATES.map((known) => (
          <GateRow
            key={known.id}
            gate={gateOrPending(gates.get(known.id), known, numbers)}
            running={check?.running ?? false}
            numbers={numbers}
          />
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

function Headline({ check, numbers }: { readonly check: CheckView | null; readonly numbers: boolean }) {
  if (check?.verdict) {
    const words = VERDICT_WORDS[check.verdict.verdict];
    return (
      <header className="verdict-headline" data-tone={words.tone}>
        <h2>
          <Icon name={words.icon} /> {words.title}
        </h2>
        <p>{numbers || !MEASURED.has(check.verdict.verdict) ? keepUnits(check.verdict.summary) : PREDICT_FIRST}</p>
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

/** Verdicts whose summary says what the profile would: how much the code costs, and where. */
const MEASURED: ReadonlySet<VerdictName> = new Set(['fixed', 'not-fixed', 'moved-elsewhere']);
const PREDICT_FIRST = 'Predict first: then the numbers show.';

/** A gate that has nothing to say, or not yet, says what it is about; its title could name what is to be predicted. */
function gateOrPending(gate: Gate | undefined, known: (typeof GATES)[number], numbers: boolean): Gate {
  const { id, title, about } = known;
  if (gate && !numbers) return { ...gate, title, explain: about };
  if (gate) return gate.explain === '' ? { ...gate, explain: about } : gate;
  return { id, title, pass: null, observed: null, limit: null, unit: '', explain: about };
}
