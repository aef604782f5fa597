import { useId, useState } from 'react';
import type { PredictionView } from '../../protocol/index.ts';
import { profileView, viewOfKind } from '../state/index.ts';
import { Button, formatShare, Icon } from '../ui/index.ts';
import { InlineMarkdown } from './markdown-text.tsx';

export interface PredictionCardProps {
  readonly prediction: PredictionView;
  /** The frame that was chosen on the graph. */
  readonly marked: string | null;
  readonly onPredict: (share: number) => Promise<void>;
}

/** Guess before you look: a frame and its share; the truth shows after that. */
export function PredictionCard({ prediction, marked, onPredict }: PredictionCardProps) {
  const [percent, setPercent] = useState(20);
  const [busy, setBusy] = useState(false);
  const id = useId();
  const { answer, truth } = prediction;
  const instrument = profileView(viewOfKind(prediction.kind, prediction.type) ?? 'cpu').title;
  if (answer !== null) return <PredictionTruth question={prediction.question} answer={answer} truth={truth} />;
  const predict = async () => {
    setBusy(true);
    await onPredict(percent / 100);
    setBusy(false);
  };
  return (
    <section className="lesson-card" aria-label="Prediction">
      <h3>Predict first</h3>
      <p>
        <InlineMarkdown text={prediction.question} />
      </p>
      <div className="prediction-frame">
        {marked === null ? (
          <span>Click the frame on the {instrument} flame graph.</span>
        ) : (
          <>
            <Icon name="flame" /> <code>{marked}</code>
          </>
        )}
      </div>
      <label htmlFor={id}>Its share of the whole</label>
      <div className="prediction-share">
        <input
          id={id}
          type="range"
          min={0}
          max={100}
          value={percent}
          aria-valuetext={`${percent} percent`}
          onChange={(event) => setPercent(Number(event.target.value))}
        />
        <output htmlFor={id}>{formatShare(percent / 100)}</output>
        <Button look="primary" busy={busy} disabled={marked === null} onClick={() => void predict()}>
          Lock it in
        </Button>
      </div>
    </section>
  );
}

interface PredictionTruthProps {
  readonly question: string;
  readonly answer: NonNullable<PredictionView['answer']>;
  readonly truth: PredictionView['truth'];
}

function PredictionTruth({ question, answer, truth }: PredictionTruthProps) {
  return (
    <section className="lesson-card" aria-label="Prediction">
      <h3>
        {truth === null ? 'Your prediction' : truth.right ? 'You predicted right' : 'Not quite what you predicted'}
      </h3>
      <p className="lesson-card-quiet">
        <InlineMarkdown text={question} />
      </p>
      <dl className="prediction-result">
        <dt>You said</dt>
        <dd>
          <code>{answer.frame}</code> {formatShare(answer.share)}
        </dd>
        {truth && (
          <>
            <dt>Measured</dt>
            <dd>
              <code>{truth.frame}</code> {formatShare(truth.share)}
            </dd>
          </>
        )}
      </dl>
      {truth && (
        <p>
          <InlineMarkdown text={truth.explain} />
        </p>
      )}
    </section>
  );
}
