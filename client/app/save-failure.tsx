import type { SaveView } from '../../protocol/index.ts';
import { Button, Icon } from '../ui/index.ts';
import { failureParts } from './failure-parts.ts';

export interface SaveFailureProps {
  readonly save: SaveView | null;
  readonly onLogs: () => void;
}

/** What stopped a save that did compile: a panic at start, no ready line, too much memory, … */
export function SaveFailure({ save, onLogs }: SaveFailureProps) {
  if (!save || save.error === null) return null;
  const { headline, rest, log } = failureParts(save.error);
  return (
    <section className="save-failure" role="alert" aria-label="What stopped the save">
      <Icon name="alert" />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <div key={save.id} className="save-failure-text" tabIndex={0}>
        <p>
          <strong>{headline}</strong> The last good candidate stays.{rest === '' ? null : ` ${rest}`}
        </p>
        {log !== '' && <pre>{log}</pre>}
      </div>
      <Button look="quiet" onClick={onLogs}>
        Show the log
      </Button>
    </section>
  );
}
