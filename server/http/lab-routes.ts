import type { Express } from 'express';
import { routeBodies } from '../../protocol/index.ts';
import { addRoute, parseBody, pathPart } from './add-route.ts';
import { queryOf } from './gate.ts';
import type { LabActions } from './lab-actions.ts';
import { readParameters, requiredText } from './query-parameters.ts';

const OK = { ok: true } as const;

/** The lab as a whole: its state, its fleet and load, logs, and tasks in the workspace. */
export function addLabRoutes(app: Express, lab: LabActions): void {
  addRoute(app, 'GET /api/lab', () => lab.getState());
  addRoute(app, 'POST /api/load', (request) => lab.driveLoad(parseBody(routeBodies['POST /api/load'], request)));
  addRoute(app, 'POST /api/fleet', async (request) => {
    await lab.driveFleet(parseBody(routeBodies['POST /api/fleet'], request));
    return OK;
  });
  addRoute(app, 'GET /api/logs', (request) => {
    return lab.readLog(readParameters(queryOf(request), { run: requiredText }).run);
  });
  addRoute(app, 'POST /api/tasks', (request) => lab.startTask(parseBody(routeBodies['POST /api/tasks'], request)), {
    status: 201,
  });
  addRoute(app, 'POST /api/tasks/:task/stop', async (request) => {
    await lab.stopTask(pathPart(request, 'task'));
    return OK;
  });
}
