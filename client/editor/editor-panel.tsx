import { useEffect } from 'react';
import type { CompileError } from '../../protocol/index.ts';
import { type Buffer, type CodeHelp, type FilesStore, isDirty, useStore, type ViewStore } from '../state/index.ts';
import { Button, EmptyState } from '../ui/index.ts';
import { CodeEditor } from './code-editor.tsx';
import { ConflictView } from './conflict-view.tsx';
import { FileTabs } from './file-tabs.tsx';
import { ProblemList } from './problem-list.tsx';
import './editor.css';

export interface EditorPanelProps {
  readonly files: FilesStore;
  readonly view: ViewStore;
  readonly errors: readonly CompileError[];
  /** What a language server knows while the text is written. */
  readonly help: CodeHelp;
  /** Other with every file that is written, by whomever. */
  readonly written: string;
}

const SAVE_KEYS = navigator.platform.startsWith('Mac') ? '⌘S' : 'Ctrl+S';

export function EditorPanel({ files, view, errors, help, written }: EditorPanelProps) {
  const state = useStore(files.store, (now) => now);
  const line = useStore(view.store, (now) => now.line);
  const buffer = state.active === null ? undefined : state.buffers[state.active];
  const goTo = (path: string, at: number) => view.showLine(path, at, 'to-front');
  useEffect(() => {
    if (line) void files.open(line.path);
  }, [files, line]);
  if (!buffer) {
    return (
      <EmptyState icon="terminal" title="No file is open">
        Choose an exercise: the file that it is about opens here.
      </EmptyState>
    );
  }
  return (
    <section className="editor-panel" aria-label="Code">
      <header className="editor-bar">
        <FileTabs state={state} onOpen={(path) => void files.open(path)} />
        <BufferState buffer={buffer} />
        <Button
          look="primary"
          busy={buffer.saving}
          disabled={buffer.conflict !== null}
          title={`Save and run (${SAVE_KEYS})`}
          onClick={() => void files.save(buffer.path)}
        >
          Save
        </Button>
      </header>
      {buffer.conflict ? (
        <ConflictView buffer={buffer} onChoose={(choice) => void files.resolve(buffer.path, choice)} />
      ) : (
        <CodeEditor
          path={buffer.path}
          text={buffer.text}
          errors={errors}
          help={help}
          written={written}
          dirty={isDirty(buffer)}
          line={line?.path === buffer.path ? line : null}
          onEdit={files.edit}
          onSave={(path) => void files.save(path)}
        />
      )}
      <ProblemList errors={errors} onChoose={goTo} />
    </section>
  );
}

function BufferState({ buffer }: { readonly buffer: Buffer }) {
  return (
    <span className="editor-state" role="status" title={stateOf(buffer)}>
      {stateOf(buffer)}
    </span>
  );
}

function stateOf(buffer: Buffer): string {
  if (buffer.saving) return 'Saving …';
  if (buffer.behind) return 'Changed on disk meanwhile: saving lets you choose';
  if (isDirty(buffer)) return 'Not saved';
  return buffer.formatted ? 'Saved, formatted by gofmt' : 'Saved';
}
