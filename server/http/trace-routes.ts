import type { Express } from 'express';
import { routeBodies, TRACE_SECONDS, traceId } from '../../protocol/index.ts';
import { AppError } from '../errors.ts';
import { addRawRoute, addRoute, parseBody, pathPart } from './add-route.ts';
import { queryOf } from './gate.ts';
import type { TraceActions } from './lab-actions.ts';
import { oneOf, optionalText, readParameters, wholeNumber } from './query-parameters.ts';

const OK = { ok: true } as const;
const { least, most } = TRACE_SECONDS;
const RECORD = {
  service: optionalText,
  instance: optionalText,
  kind: oneOf(['trace', 'flight']),
  seconds: wholeNumber({ min: least, max: most, absent: 2 }),
};

/** Execution traces: recorded, kept, drawn, opened with Go's own viewer. */
export function addTraceRoutes(app: Express, traces: TraceActions): void {
  addRoute(app, 'GET /api/traces', () => traces.listTraces());
  addRoute(
    app,
    'POST /api/traces',
    (request) => {
      const wanted = readParameters(queryOf(request), RECORD);
      if (wanted.service === null && wanted.instance === null)
        throw new AppError('bad-request', 'Bad request: parameter instance is missing: whom shall the trace be of?');
      return traces.recordTrace(wanted);
    },
    { status: 201 },
  );
  addRawRoute(app, 'GET /api/traces/:id', [], async (request, response) => {
    readParameters(queryOf(request), {});
    const { file, name } = await traces.downloadTrace(idOf(pathPart(request, 'id')));
    response.set('Content-Disposition', `attachment; filename="${name}"`);
    response.type('application/octet-stream');
    await new Promise<void>((resolve, reject) => {
      response.sendFile(file, { cacheControl: false, dotfiles: 'allow' }, (cause) =>
        cause && !response.headersSent ? reject(cause) : resolve(),
      );
    });
  });
  addRoute(app, 'POST /api/traces/:id/graph', (request) => {
    const { graph } = parseBody(routeBodies['POST /api/traces/:id/graph'], request);
    return traces.drawTrace(idOf(pathPart(request, 'id')), graph);
  });
  addRoute(app, 'POST /api/traces/:id/viewer', (request) => traces.viewTrace(idOf(pathPart(request, 'id'))));
  addRoute(app, 'POST /api/traces/:id/remove', async (request) => {
    await traces.removeTrace(idOf(pathPart(request, 'id')));
    return OK;
  });
  addRoute(app, 'POST /api/recorders', (request) =>
    traces.driveRecorder(parseBody(routeBodies['POST /api/recorders'], request)),
  );
}

/** A part of a path becomes part of a file's name: nothing but what ids are made of. */
function idOf(text: string): string {
  if (traceId.safeParse(text).success) return text;
  throw new AppError('not-found', `There is no trace ${JSON.stringify(text.slice(0, 40))}.`);
}
