import type { SaveView } from '../../protocol/index.ts';
import { Button, Icon } from '../ui/index.ts';

export interface SaveFailureProps {
  readonly save: SaveView | null;
  readonly onLogs: () => void;
}

/** What stopped a save that did compile: a panic at start, no ready line, too much memory, … */
export function SaveFailure({ save, onLogs }: SaveFailureProps) {
  if (!save || save.error === null) return null;
  return (
    <section className="save-failure" role="alert">
      <Icon name="alert" />
      <p>
        <strong>{save.error}</strong> The last good candidate stays.
      </p>
      <Button look="quiet" onClick={onLogs}>
        Show the log
      </Button>
    </section>
  );
}
