import { useState } from 'react';
import type { ExerciseView } from '../../protocol/index.ts';
import { Button, Icon } from '../ui/index.ts';
import { MarkdownText } from './markdown-text.tsx';

export interface HintLadderProps {
  readonly hints: ExerciseView['hints'];
  readonly onTake: () => Promise<void>;
}

/** From the instrument down to a worked example, one rung at a time; taking one costs nothing. */
export function HintLadder({ hints, onTake }: HintLadderProps) {
  const [busy, setBusy] = useState(false);
  const left = hints.total - hints.shown.length;
  const take = async () => {
    setBusy(true);
    await onTake();
    setBusy(false);
  };
  return (
    <section className="hint-ladder" aria-label="Hints">
      {hints.shown.length > 0 && (
        <ol>
          {hints.shown.map((hint) => (
            <li key={hint.level}>
              <strong>{hint.level}</strong>
              <MarkdownText text={hint.text} />
            </li>
          ))}
        </ol>
      )}
      {left > 0 && (
        <Button busy={busy} icon={<Icon name="hint" />} onClick={() => void take()}>
          {hints.shown.length === 0 ? 'Show a hint' : 'Next hint'} ({left} left)
        </Button>
      )}
    </section>
  );
}
