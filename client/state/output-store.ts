import type { ServerMessage } from '../../protocol/index.ts';
import type { Api } from '../connection/index.ts';
import type { Notices } from './notices.ts';
import { createStore, type ReadStore } from './store.ts';

/** Text that a process writes; `cut`: characters no longer shown. */
export type Output = { text: string; cut: number };
export type Task = Output & { task: string; run: 'test' | 'bench'; exit: number | null; running: boolean };
export type OutputState = {
  task: Task | null;
  starting: boolean;
  /** Run id → its log; loaded when first shown, then appended to. */
  logs: Readonly<Record<string, Output & { dropped: number }>>;
};

export type OutputStore = {
  store: ReadStore<OutputState>;
  startTask(service: string, run: 'test' | 'bench'): Promise<void>;
  stopTask(): Promise<void>;
  openLog(run: string): Promise<void>;
  noticeTask(message: ServerMessage<'task:written'>): void;
  noticeTaskEnd(message: ServerMessage<'task:ended'>): void;
  noticeLog(message: ServerMessage<'log:appended'>): void;
  /** Another server process: its tasks and logs are gone. */
  startOver(): void;
};

const KEPT = 200_000;
const START: OutputState = { task: null, starting: false, logs: {} };

export function createOutputStore(
  api: Pick<Api, 'startTask' | 'stopTask' | 'readLog'>,
  notices: Pick<Notices, 'attempt'>,
): OutputStore {
  const store = createStore<OutputState>(START);
  /** Output can overtake the answer that names the task; it waits here. */
  const early = new Map<string, { text: string; exit: number | null | undefined }>();
  const changeTask = (id: string, change: (task: Task) => Partial<Task>): boolean => {
    const { task } = store.get();
    if (task?.task !== id) return false;
    store.patch({ task: { ...task, ...change(task) } });
    return true;
  };
  const keepEarly = (id: string, text: string, exit?: number | null) => {
    const known = early.get(id);
    if (store.get().starting) early.set(id, { text: (known?.text ?? '') + text, exit: exit ?? known?.exit });
  };
  return {
    store,
    async startTask(service, run) {
      early.clear();
      store.patch({ starting: true, task: null });
      const answer = await notices.attempt(run === 'test' ? 'Run the tests' : 'Run the benchmarks', () =>
        api.startTask({ service, run }),
      );
      if (!answer) return store.patch({ starting: false });
      const written = early.get(answer.task);
      const ended = written?.exit !== undefined;
      const output = appendOutput({ text: '', cut: 0 }, written?.text ?? '');
      const task = { ...output, task: answer.task, run, exit: written?.exit ?? null, running: !ended };
      store.patch({ starting: false, task });
    },
    async stopTask() {
      const { task } = store.get();
      if (task) await notices.attempt('Stop', () => api.stopTask(task.task));
    },
    async openLog(run) {
      const log = await notices.attempt('Read the log', () => api.readLog(run));
      if (!log) return;
      const output = appendOutput({ text: '', cut: 0 }, log.text);
      store.patch({ logs: { ...store.get().logs, [run]: { ...output, dropped: log.dropped } } });
    },
    noticeTask({ task, text }) {
      if (!changeTask(task, (known) => appendOutput(known, text))) keepEarly(task, text);
    },
    noticeTaskEnd({ task, exit }) {
      if (!changeTask(task, () => ({ exit, running: false }))) keepEarly(task, '', exit);
    },
    noticeLog({ run, text, dropped }) {
      const log = store.get().logs[run];
      if (!log) return;
      const next = { ...appendOutput(log, text), dropped: log.dropped + dropped };
      store.patch({ logs: { ...store.get().logs, [run]: next } });
    },
    startOver: () => store.set(START),
  };
}

/** Appends and keeps the last KEPT characters, cut at a line's start. */
export function appendOutput({ text, cut }: Output, more: string, kept = KEPT): Output {
  const whole = text + more;
  if (whole.length <= kept) return { text: whole, cut };
  const newline = whole.indexOf('\n', whole.length - kept);
  const start = newline === -1 ? whole.length - kept : newline + 1;
  return { text: whole.slice(start), cut: cut + start };
}
