import type { Extension, Text } from '@codemirror/state';
import { activateHover, closeHoverTooltips, hasHoverTooltips, hoverTooltip, keymap } from '@codemirror/view';
import type { CodeHover, CodePosition } from '../../protocol/index.ts';
import { offsetOf, positionOf } from './problem-diagnostics.ts';

const HOVER_MILLIS = 350;

export type AskHover = (text: string, at: CodePosition) => Promise<CodeHover | null>;

/**
 * Declaration and documentation of the name under the pointer, or at the cursor after Ctrl-K Ctrl-I; Escape closes it. All of it is
 * text, whoever wrote the code.
 */
export function hoverHelp(ask: AskHover): Extension {
  const tooltip = hoverTooltip(
    async ({ state }, offset) => {
      if (!/\w/.test(state.sliceDoc(Math.max(0, offset - 1), offset + 1))) return null;
      const hover = await ask(state.doc.toString(), positionOf(offset, state.doc));
      if (hover === null) return null;
      const { from, to } = rangeOf(hover, state.doc, offset);
      return { pos: from, end: to, above: true, create: () => ({ dom: drawHover(hover) }) };
    },
    { hoverTime: HOVER_MILLIS, hideOnChange: true },
  );
  return [tooltip, hoverKeys];
}

const hoverKeys = keymap.of([
  {
    key: 'Mod-k Mod-i',
    run(view) {
      activateHover(view, view.state.selection.main.head, 1);
      return true;
    },
  },
  {
    key: 'Escape',
    run(view) {
      if (!hasHoverTooltips(view.state)) return false;
      view.dispatch({ effects: closeHoverTooltips });
      return true;
    },
  },
]);

/** CodeMirror wants the place that was asked for within it. */
function rangeOf({ from, to }: CodeHover, text: Text, offset: number): { from: number; to: number } {
  return { from: Math.min(offsetOf(from, text), offset), to: Math.max(offsetOf(to, text), offset) };
}

function drawHover({ declaration, documentation }: CodeHover): HTMLElement {
  const dom = document.createElement('div');
  dom.className = 'hover-help';
  for (const [tag, text] of [
    ['code', declaration],
    ['p', documentation],
  ] as const) {
    if (text === '') continue;
    const part = document.createElement(tag);
    part.textContent = text;
    dom.append(part);
  }
  return dom;
}
