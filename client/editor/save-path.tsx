import type { SaveView, StageView } from '../../protocol/index.ts';
import { formatMillis, Icon } from '../ui/index.ts';
import './save-path.css';

const TITLES: Record<StageView['name'], string> = {
  write: 'Write',
  format: 'gofmt',
  build: 'Build',
  start: 'Start',
  traffic: 'Traffic',
  profile: 'First frames',
};
const STATES: Record<StageView['state'], string> = {
  pending: 'not yet',
  running: 'running',
  done: 'done',
  failed: 'failed',
};

/** From the save to the first frames of the new code: each stage with its time, the one that failed standing out. */
export function SavePath({ save }: { readonly save: SaveView | null }) {
  if (!save || save.stages.length === 0)
    return <p className="save-path-none">Save a change: its way to the flame graph shows here.</p>;
  const total = save.stages.reduce((sum, stage) => sum + (stage.millis ?? 0), 0);
  return (
    <section className="save-path" aria-label="What became of your save">
      <ol>
        {save.stages.map((stage) => (
          <li key={stage.name} data-state={stage.state} aria-label={spoken(stage)}>
            <StageMark state={stage.state} />
            <span>{TITLES[stage.name]}</span>
            <span className="save-path-time">{stage.millis === null ? '' : formatMillis(stage.millis)}</span>
          </li>
        ))}
      </ol>
      {save.stages.every((stage) => stage.state === 'done') && <strong>{formatMillis(total)} in all</strong>}
    </section>
  );
}

function StageMark({ state }: { readonly state: StageView['state'] }) {
  if (state === 'running') return <span className="ui-spinner" aria-hidden="true" />;
  if (state === 'done') return <Icon name="check" />;
  if (state === 'failed') return <Icon name="alert" />;
  return <span className="save-path-dot" aria-hidden="true" />;
}

function spoken(stage: StageView): string {
  const time = stage.millis === null ? '' : `, ${formatMillis(stage.millis)}`;
  return `${TITLES[stage.name]}: ${STATES[stage.state]}${time}`;
}
