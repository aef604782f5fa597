import { type OutputStore, type Task, useStore } from '../state/index.ts';
import { Button, EmptyState, Icon } from '../ui/index.ts';
import { OutputView } from './output-view.tsx';
import './fleet.css';

export interface TestsPanelProps {
  readonly output: OutputStore;
  readonly service: string | undefined;
}

/** The service's own tests and benchmarks, run in the workspace. */
export function TestsPanel({ output, service }: TestsPanelProps) {
  const { task, starting } = useStore(output.store, (state) => state);
  const running = starting || task?.running === true;
  const start = (run: Task['run']) => {
    if (service !== undefined) void output.startTask(service, run);
  };
  return (
    <section className="output-panel" aria-label="Tests and benchmarks">
      <header>
        <Button disabled={service === undefined || running} icon={<Icon name="play" />} onClick={() => start('test')}>
          Run tests
        </Button>
        <Button disabled={service === undefined || running} icon={<Icon name="play" />} onClick={() => start('bench')}>
          Run benchmarks
        </Button>
        {task?.running && (
          <Button look="quiet" icon={<Icon name="stop" />} onClick={() => void output.stopTask()}>
            Stop
          </Button>
        )}
        <span role="status">{statusOf(task, starting)}</span>
      </header>
      {task && task.text !== '' ? (
        <OutputView label="Output" text={task.text} cut={task.cut} />
      ) : (
        <EmptyState icon="check" title={emptyTitle(task, running)}>
          {!task &&
            !running &&
            'The tests say whether the service still does its work; they pass on the slow code too.'}
        </EmptyState>
      )}
    </section>
  );
}

function emptyTitle(task: Task | null, running: boolean): string {
  if (running) return 'Building the tests …';
  return task ? 'It wrote nothing' : 'Nothing has run yet';
}

function statusOf(task: Task | null, starting: boolean): string {
  const name = task?.run === 'bench' ? 'Benchmarks' : 'Tests';
  if (starting || task?.running) return `${task ? name : 'Starting'} …`;
  if (!task) return '';
  if (task.exit === 0) return `${name} passed`;
  return task.exit === null ? `${name} stopped` : `${name} failed (exit code ${task.exit})`;
}
