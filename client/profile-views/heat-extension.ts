import { type Extension, RangeSetBuilder, type Text } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, GutterMarker, gutter } from '@codemirror/view';
import { formatValue } from '../ui/index.ts';
import type { LineCost } from './model/line-heat.ts';

/** Two columns of numbers beside the text, cum and flat, and a ground that is the warmer the more a line costs. */
export function heatExtension(costs: readonly LineCost[], unit: string, text: Text): Extension {
  const byLine = new Map(costs.map((cost) => [cost.line, cost]));
  const column = (name: 'cum' | 'flat') =>
    gutter({
      class: `source-column source-column-${name}`,
      lineMarker: (view, block) => {
        const cost = byLine.get(view.state.doc.lineAt(block.from).number);
        return cost === undefined || cost[name] === 0 ? null : new CostMarker(formatValue(cost[name], unit), name);
      },
      initialSpacer: () => new CostMarker('', name),
    });
  return [column('cum'), column('flat'), EditorView.decorations.of(heatOf(costs, text))];
}

class CostMarker extends GutterMarker {
  private readonly text: string;
  private readonly column: string;

  constructor(text: string, column: string) {
    super();
    this.text = text;
    this.column = column;
  }

  override eq(other: GutterMarker): boolean {
    return other instanceof CostMarker && other.text === this.text && other.column === this.column;
  }

  override toDOM(): Node {
    const element = document.createElement('span');
    element.textContent = this.text;
    element.title = this.text === '' ? '' : `${this.column} ${this.text}`;
    return element;
  }
}

function heatOf(costs: readonly LineCost[], text: Text): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { line, heat } of costs) {
    if (line > text.lines || heat <= 0) continue;
    const { from } = text.line(line);
    builder.add(
      from,
      from,
      Decoration.line({ class: 'source-hot', attributes: { style: `--heat: ${heat.toFixed(3)}` } }),
    );
  }
  return builder.finish();
}
