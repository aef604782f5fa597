import { Compartment, EditorSelection, EditorState } from '@codemirror/state';
import { Decoration, EditorView } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { readerSetup } from '../editor/index.ts';
import { heatExtension } from './heat-extension.ts';
import type { LineCost } from './model/line-heat.ts';

export interface SourceTextViewProps {
  readonly file: string;
  readonly text: string;
  readonly costs: readonly LineCost[];
  readonly unit: string;
  /** Scrolled to, each time `asked` changes. */
  readonly line: { readonly line: number; readonly asked: number };
}

/** A source file as the editor shows it, read only, with what its lines cost. */
export function SourceTextView({ file, text, costs, unit, line }: SourceTextViewProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const heat = useRef(new Compartment());
  const marked = useRef(new Compartment());

  useEffect(() => {
    if (host.current === null) return;
    const created = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: text,
        extensions: [heat.current.of([]), marked.current.of([]), readerSetup(file)],
      }),
    });
    view.current = created;
    return () => {
      created.destroy();
      view.current = null;
    };
  }, [file, text]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another text has another view
  useEffect(() => {
    const reader = view.current;
    reader?.dispatch({ effects: heat.current.reconfigure(heatExtension(costs, unit, reader.state.doc)) });
  }, [costs, unit, file, text]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asking anew is the event, not another line object
  useEffect(() => {
    const reader = view.current;
    if (reader === null || line.line <= 0) return;
    const { from } = reader.state.doc.line(Math.min(line.line, reader.state.doc.lines));
    const mark = Decoration.set([Decoration.line({ class: 'source-asked' }).range(from)]);
    reader.dispatch({
      selection: EditorSelection.cursor(from),
      effects: [
        marked.current.reconfigure(EditorView.decorations.of(mark)),
        EditorView.scrollIntoView(from, { y: 'center' }),
      ],
    });
  }, [line.asked, file, text]);

  return <div className="source-text" ref={host} data-file={file} data-line={line.line} />;
}
