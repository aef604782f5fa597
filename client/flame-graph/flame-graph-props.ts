import type { FlameGraph as FlameGraphData } from '../../protocol/index.ts';
import type { Theme } from '../ui/index.ts';
import type { DrawnMoment } from './canvas/flame-view.ts';
import type { Per } from './model/diff-graphs.ts';
import type { FlameOptions } from './model/flame-options.ts';
import type { FlameMode, Picture } from './model/picture.ts';

/** A frame that the user chose. `path`: function names from the root, this one last. */
export interface ChosenFrame {
  readonly path: readonly string[];
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly share: number;
}

export interface FlameGraphProps {
  /** What is drawn; a new one morphs from the old one. null: nothing measured yet. */
  readonly graph: FlameGraphData | null;
  /** The baseline, when there is one: enables before | difference. */
  readonly before?: FlameGraphData | null;
  readonly mode?: FlameMode;
  /** For comparisons and tooltips; falls back to second, then total, when the counts are unknown. */
  readonly per?: Per;
  /** What the two graphs are called; default: before, after. */
  readonly sides?: Picture['sides'];
  /** false: the picture shows widths and names alone, to be judged by eye. Default: true. */
  readonly numbers?: boolean;
  /** flame: the root at the bottom; icicle: at the top. */
  readonly orientation?: 'flame' | 'icicle';
  /** The theme on <html>; a change re-reads the colours. */
  readonly theme: Theme;
  /** Import-path prefixes of the user's own code; what is neither these, the standard library nor a dotted path is own too. */
  readonly own?: readonly string[];
  /** Plain text, found anywhere in a name, case ignored. Leave out to let the component keep it. */
  readonly search?: string;
  readonly onSearch?: (text: string) => void;
  /** How the tree is looked at. Leave out to let the component keep it. */
  readonly options?: FlameOptions;
  readonly onOptions?: (options: FlameOptions) => void;
  /** The zoomed frame's path: function names from the root. Leave out to let the component keep it. */
  readonly zoom?: readonly string[];
  readonly onZoom?: (path: readonly string[]) => void;
  /** A frame that was chosen elsewhere, e.g. in a list, by its path; a new array chooses anew. */
  readonly chosen?: readonly string[] | null;
  /** More facts about frames, [title, value], by keyOfPath. */
  readonly notes?: ReadonlyMap<number, readonly [string, string]>;
  /** The orientation's button was pressed. Leave out to let the component keep it. */
  readonly onTurn?: () => void;
  /** A frame was clicked, or chosen with Space or Enter. */
  readonly onSelect?: (frame: ChosenFrame) => void;
  /** Shown while there is no graph: what is missing and what to do. */
  readonly empty?: { readonly title: string; readonly hint: string };
  /** Without what stands above or below the picture, where two of them stand together. Default: with both. */
  readonly bar?: boolean;
  readonly foot?: boolean;
  /** What the picture shows, for screen readers. Default: "Flame graph". */
  readonly label?: string;
  readonly onDrawn?: (moment: DrawnMoment) => void;
}
