import { setDiagnostics } from '@codemirror/lint';
import { EditorSelection, type EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { type RefObject, useEffect, useRef } from 'react';
import type { CodeProblem, CompileError } from '../../protocol/index.ts';
import type { CodeHelp } from '../state/index.ts';
import { compileDiagnostics } from './compile-diagnostics.ts';
import { createEditorState, type EditorCallbacks, fromStore, replacementOf } from './editor-setup.ts';
import { problemDiagnostics } from './problem-diagnostics.ts';
import { useProblems } from './use-problems.ts';

export interface CodeEditorProps {
  readonly path: string;
  readonly text: string;
  readonly errors: readonly CompileError[];
  readonly help: CodeHelp;
  /** Other with every file that is written. */
  readonly written: string;
  /** The text isn't what the last build saw. */
  readonly dirty: boolean;
  /** Scrolls there and puts the cursor there, each time `asked` changes. */
  readonly line: { readonly line: number; readonly asked: number } | null;
  readonly onEdit: (path: string, text: string) => void;
  readonly onSave: (path: string) => void;
}

/** One CodeMirror view; each file keeps its own state (undo, cursor) while another one is in front. */
export function CodeEditor({ path, text, errors, help, written, dirty, line, onEdit, onSave }: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef({ onEdit, onSave, help });
  latest.current = { onEdit, onSave, help };

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
  const problems = useProblems(help, { path, text, written });
  useDiagnostics(view, { path, errors, problems, dirty });
  useReveal(view, line);

  return <div className="code-editor" ref={host} data-path={path} />;
}

type ViewRef = RefObject<EditorView | null>;
type LatestRef = RefObject<Pick<CodeEditorProps, 'onEdit' | 'onSave' | 'help'>>;

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
        onHover: (shown, at) => latest.current.help.hover(path, shown, at),
      };
      editor.setState(states.current.get(path) ?? createEditorState(path, text, callbacks));
      shown.current = path;
    }
    const now = editor.state.doc.toString();
    if (now !== text) editor.dispatch({ changes: replacementOf(now, text), annotations: fromStore.of(true) });
  }, [view, latest, path, text]);
}

interface Marks extends Pick<CodeEditorProps, 'path' | 'errors' | 'dirty'> {
  readonly problems: readonly CodeProblem[] | null;
}

/** The last build's errors; beside a language server, what it says of the text as it is now, and theirs only for what was built. */
function useDiagnostics(view: ViewRef, { path, errors, problems, dirty }: Marks) {
  const built = problems !== null && dirty ? NONE : errors;
  // Every message of the lab brings a new array; only other errors are news, so that marks move along while typing.
  const key = JSON.stringify(built);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for `built`; each answer is news, since the text it is about was edited
  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const { doc } = editor.state;
    const said = compileDiagnostics(built, path, doc);
    const more = problemDiagnostics(problems ?? [], doc).filter(
      ({ from }) => !said.some((one) => doc.lineAt(one.from).number === doc.lineAt(from).number),
    );
    editor.dispatch(setDiagnostics(editor.state, [...said, ...more]));
  }, [view, path, key, problems]);
}

const NONE: readonly CompileError[] = [];

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
