import type { TraceActions } from '../http/index.ts';
import type { Traces } from '../traces/index.ts';

/** The traces' room as the routes see it. */
export function traceActions(traces: Traces): TraceActions {
  return {
    listTraces: async () => traces.list(),
    recordTrace: (wanted) => traces.record(wanted),
    driveRecorder: (request) => traces.drive(request),
    downloadTrace: (id) => traces.download(id),
    drawTrace: (id, graph) => traces.draw(id, graph),
    viewTrace: (id) => traces.view(id),
    removeTrace: (id) => traces.remove(id),
  };
}
