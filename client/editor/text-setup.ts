import { go } from '@codemirror/lang-go';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view';
import { editorTheme } from './editor-theme.ts';

/** What every view of a source file has: line numbers, Go, search, the page's colours. */
export function textSetup(path: string): Extension[] {
  return [
    lineNumbers(),
    drawSelection(),
    EditorState.tabSize.of(4),
    search({ top: true }),
    highlightSelectionMatches(),
    path.endsWith('.go') ? go() : [],
    editorTheme,
  ];
}

/** The same for reading only; it is scrolled and searched by keyboard like a page, and Tab leaves it. */
export function readerSetup(path: string): Extension[] {
  return [
    ...textSetup(path),
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': `Source of ${path}, read only` }),
    keymap.of(searchKeymap),
  ];
}
