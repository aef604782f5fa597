import type { Buffer } from '../state/index.ts';
import { Button, Icon } from '../ui/index.ts';
import { TextDiff } from '../ui/text-diff.tsx';

export interface ConflictViewProps {
  readonly buffer: Buffer;
  readonly onChoose: (choice: 'mine' | 'theirs') => void;
}

/** Someone else saved the file first. Nothing is lost; the learner says which text goes on. */
export function ConflictView({ buffer, onChoose }: ConflictViewProps) {
  const { conflict } = buffer;
  if (!conflict) return null;
  return (
    <section className="conflict-view" role="alert" aria-label="Version conflict">
      <h3>
        <Icon name="alert" /> {buffer.path} was saved somewhere else meanwhile
      </h3>
      <p>
        Both texts are kept: the one on disk is untouched, yours lies in <code>{conflict.keptAs}</code>. Which one do
        you want to go on with?
      </p>
      <div className="conflict-actions">
        <Button look="primary" busy={buffer.saving} onClick={() => onChoose('mine')}>
          Go on with mine
        </Button>
        <Button onClick={() => onChoose('theirs')}>Take the one on disk</Button>
      </div>
      <TextDiff
        before={conflict.text}
        after={buffer.text}
        beforeTitle="On disk"
        afterTitle="Yours"
        layout="side-by-side"
      />
    </section>
  );
}
