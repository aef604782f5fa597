import { LessonPanel } from '../course/index.ts';
import { EditorPanel, SavePath } from '../editor/index.ts';
import { LogsPanel, TargetsPanel, TestsPanel } from '../fleet/index.ts';
import { isDirty, isGoMissing, isPredicting, saveOfExercise, useStore, viewOfKind } from '../state/index.ts';
import { TerminalPanel } from '../terminal/index.ts';
import type { Theme } from '../ui/index.ts';
import { HistoryList, VerdictCard } from '../verdict/index.ts';
import { PageLink } from './page-link.tsx';
import { SaveFailure } from './save-failure.tsx';
import type { Session } from './session.ts';

/** The panels with the session's stores plugged in; both layouts place them. */
interface PanelProps {
  readonly session: Session;
}

const NONE: readonly never[] = [];

export function Lesson({ session }: PanelProps) {
  const { course, terminals, view, files, notices, profiles } = session;
  return (
    <LessonPanel
      course={course}
      terminals={terminals}
      onRun={() => view.showBottom('terminal')}
      onInstrument={(name) => {
        const graph = viewOfKind(name, '');
        if (graph) profiles.setView(graph);
      }}
      onReset={(keptAs) => {
        void files.reload();
        notices.tell(
          keptAs === null ? 'Reset. Your files were as at the start.' : `Reset. Your files are kept in ${keptAs}.`,
        );
      }}
    />
  );
}

export function Code({ session }: PanelProps) {
  const slug = useStore(session.course.store, (state) => state.exercise?.slug);
  const save = useStore(session.lab.store, (state) => saveOfExercise(state.lab, slug));
  const goMissing = useStore(session.lab.store, ({ lab }) => isGoMissing(lab?.go));
  const written = useStore(session.lab.store, ({ lab }) => JSON.stringify(lab?.files ?? {}));
  return (
    <div className="code-panel">
      <div className="code-panel-editor">
        <EditorPanel
          files={session.files}
          view={session.view}
          errors={save?.compileErrors ?? NONE}
          help={session.code}
          written={written}
        />
      </div>
      <SaveFailure save={save} onLogs={() => session.view.showBottom('logs')} />
      <div className="code-panel-path">
        {goMissing ? (
          <p className="save-path-none">A save is only written: without Go nothing builds it.</p>
        ) : (
          <SavePath save={save} />
        )}
      </div>
    </div>
  );
}

export function VerdictPanel({ session }: PanelProps) {
  const slug = useStore(session.course.store, (state) => state.exercise?.slug);
  const save = useStore(session.lab.store, (state) => saveOfExercise(state.lab, slug));
  const predicting = useStore(session.course.store, isPredicting);
  return (
    <VerdictCard
      check={save?.check ?? null}
      exercise={slug ?? null}
      numbers={!predicting}
      onCheck={() => checkOrSave(session)}
    />
  );
}

/** A check judges what is on disk, so typed text is saved first; a save is checked by itself. */
function checkOrSave({ files, course }: Session): void {
  const { buffers } = files.store.get();
  const dirty = Object.values(buffers).find(isDirty);
  if (dirty) void files.save(dirty.path);
  else void course.check();
}

export function Terminals({ session, theme }: PanelProps & { readonly theme: Theme }) {
  return <TerminalPanel terminals={session.terminals} theme={theme} onTyping={session.view.holdBottom} />;
}

export function Tests({ session }: PanelProps) {
  const service = useStore(session.course.store, (state) => state.exercise?.service);
  return <TestsPanel output={session.output} service={service} />;
}

export function Logs({ session }: PanelProps) {
  const service = useStore(session.course.store, (state) => state.exercise?.service);
  const runs = useStore(session.lab.store, (state) => state.lab?.fleet.runs);
  return <LogsPanel output={session.output} runs={runs ?? NONE} service={service} />;
}

export function History({ session }: PanelProps) {
  const restore = async (id: string) => {
    if (await session.history.restore(id)) {
      await session.files.reload();
      session.notices.tell('The workspace is back at that save.');
    }
  };
  return <HistoryList history={session.history} onRestore={(id) => void restore(id)} />;
}

export function Fleet({ session }: PanelProps) {
  const lab = useStore(session.lab.store, (state) => state.lab);
  const more = (
    <PageLink address={session.address} to="/targets">
      All targets: attach your own, sampling, what profiling costs
    </PageLink>
  );
  return lab ? <TargetsPanel lab={lab} targets={session.targets} more={more} /> : null;
}
