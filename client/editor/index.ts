/**
 * editor: the workspace's files in CodeMirror: Go, search, compile errors in the gutter, save, conflicts with both texts kept.
 * It must not know how a file is stored or built: buffers come from the files store, errors as data.
 *
 *     <EditorPanel files={session.files} view={session.view} errors={save.compileErrors} help={session.code} />
 */
export { compileDiagnostics } from './compile-diagnostics.ts';
export { EditorPanel, type EditorPanelProps } from './editor-panel.tsx';
export { ProblemList } from './problem-list.tsx';
export { SavePath } from './save-path.tsx';
export { readerSetup } from './text-setup.ts';
