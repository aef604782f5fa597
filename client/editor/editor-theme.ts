import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const frame = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--surface-panel)', color: 'var(--text)', fontSize: 'var(--text-m)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-code)', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--accent)', padding: 'var(--space-2) 0' },
  '.cm-cursor': { borderLeftColor: 'var(--accent)', borderLeftWidth: '2px' },
  '.cm-gutters': { backgroundColor: 'var(--surface-panel)', color: 'var(--text-muted)', border: '0' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--surface-hover) 55%, transparent)' },
  '.cm-activeLineGutter': { backgroundColor: 'var(--surface-hover)', color: 'var(--text)' },
  '.cm-selectionBackground': { backgroundColor: 'var(--surface-selected) !important' },
  '.cm-matchingBracket': { backgroundColor: 'var(--surface-selected) !important', outline: '1px solid var(--accent)' },
  '.cm-searchMatch': { backgroundColor: 'var(--warn-surface)', outline: '1px solid var(--warn)' },
  '.cm-selectionMatch': { backgroundColor: 'var(--warn-surface)' },
  '.cm-panels': { backgroundColor: 'var(--surface-sunken)', color: 'var(--text)', fontFamily: 'var(--font-ui)' },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--border)' },
  '.cm-textfield': { backgroundColor: 'var(--surface-panel)', border: '1px solid var(--border-strong)' },
  '.cm-button': {
    backgroundImage: 'none',
    backgroundColor: 'var(--surface-panel)',
    borderColor: 'var(--border-strong)',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--surface-raised)',
    border: '1px solid var(--border-strong)',
    borderRadius: 'var(--radius-m)',
  },
  '.cm-diagnostic': { fontFamily: 'var(--font-code)', whiteSpace: 'pre-wrap' },
});

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.controlKeyword, tags.definitionKeyword], color: 'var(--link)' },
  { tag: [tags.string, tags.special(tags.string), tags.character], color: 'var(--good)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--focus)' },
  { tag: [tags.typeName, tags.standard(tags.typeName)], color: 'var(--before)' },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], fontWeight: 'var(--weight-medium)' },
  { tag: [tags.comment, tags.lineComment, tags.blockComment], color: 'var(--text-muted)', fontStyle: 'italic' },
]);

/** Every colour is a token, so the editor follows the page's theme by itself. */
export const editorTheme = [frame, syntaxHighlighting(colours)];
