import { TRACE_GRAPHS, type Trace, type TraceGraph } from '../../protocol/index.ts';
import type { TracesStore, TraceTask } from '../state/index.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Button, formatMoment, formatValue, Icon, IconButton, saveFile } from '../ui/index.ts';
import { causeWords, GRAPH_WORDS } from './trace-words.ts';

export interface TraceRowProps {
  readonly trace: Trace;
  /** Unix milliseconds. */
  readonly now: number;
  readonly task: TraceTask | null;
  readonly store: TracesStore;
  /** Address of Go's viewer of this trace, when it was started here. */
  readonly viewer: string | null;
  readonly onShow: (link: string) => void;
}

/** One trace: of whom, when, why, how large, and what can be seen of it. */
export function TraceRow({ trace, now, task, store, viewer, onShow }: TraceRowProps) {
  const { id, instance, cause, bytes, atMillis } = trace;
  const does = task !== null && 'id' in task && task.id === id ? task : null;
  const draw = async (graph: TraceGraph) => {
    const link = await store.draw(trace, graph);
    if (link !== null) onShow(link);
  };
  const download = async () => {
    const content = await store.download(trace);
    if (content) saveFile(trace.file, content);
  };
  return (
    <li className="trace" data-trace={id} data-why={cause.why}>
      <div className="trace-who">
        <h2>{instance}</h2>
        <p>{causeWords(trace)}</p>
      </div>
      <p className="trace-facts">
        <time dateTime={new Date(atMillis).toISOString()}>{formatMoment(atMillis, now)}</time>
        <span>{formatValue(bytes, 'bytes')}</span>
      </p>
      <fieldset className="trace-graphs">
        <legend className="visually-hidden">Graphs of {instance}</legend>
        {TRACE_GRAPHS.map((graph) => (
          <Button
            key={graph}
            title={GRAPH_WORDS[graph].title}
            busy={does?.do === 'draw' && does.graph === graph}
            disabled={task !== null && !(does?.do === 'draw' && does.graph === graph)}
            onClick={() => void draw(graph)}
          >
            {GRAPH_WORDS[graph].label}
          </Button>
        ))}
      </fieldset>
      <div className="trace-actions">
        <Button
          look="quiet"
          title="Goroutines, processors and events on a timeline, in a tab of its own. Its server has no password: other programs of the lab’s machine can read it meanwhile"
          busy={does?.do === 'view'}
          disabled={task !== null && does?.do !== 'view'}
          onClick={() => void openViewer(store, trace)}
        >
          Open in go tool trace <span aria-hidden="true">↗</span>
        </Button>
        <Button
          look="quiet"
          icon={<Icon name="download" />}
          busy={does?.do === 'download'}
          disabled={task !== null && does?.do !== 'download'}
          onClick={() => void download()}
        >
          Download
        </Button>
        <IconButton
          icon="close"
          label={`Remove the trace of ${instance}`}
          disabled={task !== null}
          onClick={() => void store.remove(trace)}
        />
      </div>
      {viewer !== null && <ViewerNote url={viewer} file={trace.file} />}
    </li>
  );
}

/** The tab is opened by the click itself, or browsers would block it; its address follows when the viewer listens. */
async function openViewer(store: TracesStore, trace: Trace): Promise<void> {
  const tab = window.open('', '_blank');
  if (tab) {
    tab.opener = null;
    tab.document.title = 'go tool trace';
    tab.document.body.textContent = 'go tool trace reads the trace …';
  }
  const url = await store.view(trace);
  if (!tab) return;
  if (url === null) tab.close();
  else tab.location.replace(url);
}

function ViewerNote({ url, file }: { readonly url: string; readonly file: string }) {
  const command = `go tool trace ${file}`;
  return (
    <p className="trace-viewer">
      go tool trace shows it at <code>{url.replace('http://', '')}</code> on the machine of the lab, for 15 minutes at
      most; the button opens it again. Elsewhere: download it, then <code>{command}</code>
      <CopyButton text={command} label="Copy" />
    </p>
  );
}
