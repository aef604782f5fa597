import type { PaneSize, PaneView } from './screen-state.ts';

/** The lower pane after a key; the same view when the key says nothing about it. */
export function turnView(
  view: PaneView,
  key: string,
  { kinds, pane }: { readonly kinds: readonly string[]; readonly pane: PaneSize },
): PaneView {
  const by = (lines: number): PaneView => ({
    ...view,
    scroll: Math.max(0, Math.min(view.scroll + lines, pane.length - pane.height)),
  });
  const page = Math.max(1, pane.height - 1);
  switch (key) {
    case 'f':
      return { ...view, shows: 'flame', scroll: 0 };
    case 't':
      return { ...view, shows: 'top', scroll: 0 };
    case 'k':
      return nextKind(view, kinds);
    case 'up':
      return by(-1);
    case 'down':
      return by(1);
    case 'pageup':
      return by(-page);
    case 'pagedown':
      return by(page);
    default:
      return view;
  }
}

/** From a text it goes back to the graph of the kind that was shown. */
function nextKind(view: PaneView, kinds: readonly string[]): PaneView {
  if (view.shows === 'text') return { ...view, shows: 'flame', scroll: 0 };
  const next = kinds[(kinds.indexOf(view.kind) + 1) % kinds.length] ?? view.kind;
  return { ...view, kind: next, scroll: 0 };
}
