import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { lintGutter, lintKeymap } from '@codemirror/lint';
import { searchKeymap } from '@codemirror/search';
import { Annotation, EditorState, type Extension } from '@codemirror/state';
import { EditorView, highlightActiveLine, highlightActiveLineGutter, keymap } from '@codemirror/view';
import { type AskHover, hoverHelp } from './hover-help.ts';
import { textSetup } from './text-setup.ts';

/** Marks a change that came from the store (gofmt, another editor), not from the keyboard. */
export const fromStore = Annotation.define<boolean>();

export type EditorCallbacks = { onEdit: (text: string) => void; onSave: () => void; onHover: AskHover };

/** Escape, then Tab, leaves the editor; Tab alone indents. */
export function createEditorState(path: string, text: string, callbacks: EditorCallbacks): EditorState {
  return EditorState.create({ doc: text, extensions: [...setup(path), callbackExtensions(callbacks)] });
}

function setup(path: string): Extension[] {
  return [
    ...textSetup(path),
    lintGutter(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    history(),
    indentUnit.of('\t'),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    EditorView.contentAttributes.of({ 'aria-label': `Code of ${path}. Escape, then Tab, leaves the editor.` }),
    keymap.of([
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...lintKeymap,
      indentWithTab,
    ]),
  ];
}

function callbackExtensions({ onEdit, onSave, onHover }: EditorCallbacks): Extension {
  const run = () => {
    onSave();
    return true;
  };
  return [
    hoverHelp(onHover),
    keymap.of([{ key: 'Mod-s', run, preventDefault: true }]),
    EditorView.updateListener.of((update) => {
      const typed = update.transactions.some((change) => change.docChanged && change.annotation(fromStore) !== true);
      if (typed) onEdit(update.state.doc.toString());
    }),
  ];
}

/** The smallest single replacement that turns one text into the other, so that cursor and scroll stay where they are. */
export function replacementOf(oldText: string, newText: string): { from: number; to: number; insert: string } {
  let head = 0;
  const shorter = Math.min(oldText.length, newText.length);
  while (head < shorter && oldText[head] === newText[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && oldText.at(-1 - tail) === newText.at(-1 - tail)) tail += 1;
  return { from: head, to: oldText.length - tail, insert: newText.slice(head, newText.length - tail) };
}
