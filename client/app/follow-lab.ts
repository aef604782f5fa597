import type { LabState, SaveView } from '../../protocol/index.ts';
import { baselineRunOf, graphSources } from '../state/index.ts';
import type { Stores } from './session.ts';

/**
 * What a change of the lab's state means for the other stores. The only place where stores meet; each rule compares the new
 * state with the last one, so that a repeated state does nothing.
 */
export function followLab(stores: Stores): { receive(lab: LabState): void; dispose(): void } {
  const { lab, course, files, history, view } = stores;
  const sources = () => followSources(stores);
  const exercise = createOnChange((slug: string | null) => {
    void course.follow(slug);
    history.clear();
  });
  const focus = createOnChange((path: string | undefined) => {
    if (path === undefined) return;
    void files.list();
    void files.open(path);
  });
  const listed = createOnChange((_key: string) => void history.load().then(noticeSave));
  const judged = createOnChange((key: string | null) => {
    if (key !== null) void course.follow(lab.store.get().lab?.exercise ?? null);
  });
  const noticeSave = () => {
    const save = lab.store.get().lab?.save;
    if (save) history.notice(save);
  };
  const checking = createOnChange((running: boolean) => {
    if (running) view.offerBottom('verdict');
  });
  const stops = [
    course.store.subscribe(() => {
      focus(course.store.get().exercise?.focus);
      sources();
    }),
    history.store.subscribe(sources),
  ];

  return {
    receive(next) {
      const received = lab.receive(next);
      if (received === 'stale') return;
      if (received === 'restarted') startOver(stores);
      exercise(next.exercise);
      files.noticeVersions(next.files);
      const { save } = next;
      const verdict = save?.check?.verdict?.verdict;
      listed([save?.id, save !== null && isOver(save), verdict].join());
      judged(save && verdict ? `${save.id} ${verdict}` : null);
      checking(next.save?.check?.running ?? false);
      sources();
    },
    dispose: () => {
      for (const stop of stops) stop();
    },
  };
}

/** A save gets its entry in the lab's history when its last stage is over, or one has failed. */
const isOver = ({ stages }: SaveView): boolean =>
  stages.every(({ state }) => state === 'done') || stages.some(({ state }) => state === 'failed');

/** Graph and strip show the same processes. */
function followSources({ lab, course, history, profiles, metrics }: Stores): void {
  const { exercise } = course.store.get();
  const state = lab.store.get();
  const next = graphSources(state, exercise, history.comparison());
  profiles.setSources(next);
  const shown = [next.before?.instance, next.after?.instance, baselineRunOf(state.lab, exercise)?.instance];
  metrics.follow([...new Set(shown.filter((instance) => instance !== undefined))]);
}

/** Another server process: what lived in the old one is gone; typed text stays. */
function startOver(stores: Stores): void {
  const { output, terminals, profiles, metrics, course, history, explore } = stores;
  output.startOver();
  terminals.startOver();
  profiles.startOver();
  metrics.startOver();
  explore.refresh();
  stores.slideGraphs.startOver();
  stores.slideMetrics.startOver();
  void course.load();
  void history.load();
}

function createOnChange<T>(changed: (value: T) => void): (value: T) => void {
  let last: { value: T } | null = null;
  return (value) => {
    if (last && Object.is(last.value, value)) return;
    last = { value };
    changed(value);
  };
}
