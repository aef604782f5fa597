import { setDiagnostics } from '@codemirror/lint';
import { EditorSelection, type EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { type RefObject, useEffect, useRef } from 'react';
import type { CompileError } from '../../protocol/index.ts';
import { compileDiagnostics } from './compile-diagnostics.ts';
import { createEditorState, type EditorCallbacks, fromStore, replacementOf } from './editor-setup.ts';

export interface CodeEditorProps {
  readonly path: string;
  readonly text: string;
  readonly errors: readonly CompileError[];
  /** Scrolls there and puts the cursor there, each time `asked` changes. */
  readonly line: { readonly line: number; readonly asked: number } | null;
  readonly onEdit: (path: string, text: string) => void;
  readonly onSave: (path: string) => void;
}

/** One CodeMirror view; each file keeps its own state (undo, cursor) while another one is in front. */
export function CodeEditor({ path, text, errors, line, onEdit, onSave }: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef({ onEdit, onSave });
  latest.current = { onEdit, onSave };

  useEffect(() => {
    if (!host.current) return;
    const created = new EditorView({ parent: host.current });
    view.current = created;
    return () => {
      created.destroy();
      view.current = null;
    };
  }, []);
  useFileState(view, latest, path, text);
  useDiagnostics(view, path, errors);
  useReveal(view, line);

  return <div className="code-editor" ref={host} data-path={path} />;
}

type ViewRef = RefObject<EditorView | null>;
type LatestRef = RefObject<{ onEdit: CodeEditorProps['onEdit']; onSave: CodeEditorProps['onSave'] }>;

function useFileState(view: ViewRef, latest: LatestRef, path: string, text: string) {
  const states = useRef(new Map<string, EditorState>());
  const shown = useRef<string | null>(null);
  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    if (shown.current !== path) {
      if (shown.current !== null) states.current.set(shown.current, editor.state);
      const callbacks: EditorCallbacks = {
        onEdit: (changed) => latest.current.onEdit(path, changed),
        onSave: () => latest.current.onSave(path),
      };
      editor.setState(states.current.get(path) ?? createEditorState(path, text, callbacks));
      shown.current = path;
    }
    const now = editor.state.doc.toString();
    if (now !== text) editor.dispatch({ changes: replacementOf(now, text), annotations: fromStore.of(true) });
  }, [view, latest, path, text]);
}

function useDiagnostics(view: ViewRef, path: string, errors: readonly CompileError[]) {
  // Every message of the lab brings a new array; only other errors are news, so that marks move along while typing.
  const key = JSON.stringify(errors);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for `errors`
  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    editor.dispatch(setDiagnostics(editor.state, compileDiagnostics(errors, path, editor.state.doc)));
  }, [view, path, key]);
}

function useReveal(view: ViewRef, line: CodeEditorProps['line']) {
  const asked = line?.asked;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asking anew is the event, not another line object
  useEffect(() => {
    const editor = view.current;
    if (!editor || !line) return;
    const { from } = editor.state.doc.line(Math.min(Math.max(line.line, 1), editor.state.doc.lines));
    editor.dispatch({
      selection: EditorSelection.cursor(from),
      effects: EditorView.scrollIntoView(from, { y: 'center' }),
    });
  }, [view, asked]);
}
