import '../../../client/ui/tokens.css';
import '../../../client/ui/ui.css';
import { createRoot } from 'react-dom/client';
import { FlameGraph } from '../../../client/flame-graph/index.ts';
import type { FlameGraph as FlameGraphData } from '../../../protocol/index.ts';

declare global {
  interface Window {
    /** Gives the one flame graph of this page another tree. */
    showGraph(graph: FlameGraphData): void;
  }
}

const stage = document.getElementById('stage');
if (stage === null) throw new Error('the page has no stage');
const root = createRoot(stage);
window.showGraph = (graph) => root.render(<FlameGraph graph={graph} theme="light" />);
