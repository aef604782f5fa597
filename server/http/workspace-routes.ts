import type { Express } from 'express';
import { saveRequest } from '../../protocol/index.ts';
import { addRoute, parseBody, pathPart } from './add-route.ts';
import { queryOf } from './gate.ts';
import type { LabActions } from './lab-actions.ts';
import { readParameters, requiredText } from './query-parameters.ts';

/** The learner's files and the history of their saves. Paths are checked by the workspace, which owns the rule. */
export function addWorkspaceRoutes(app: Express, lab: LabActions): void {
  addRoute(app, 'GET /api/workspace/files', async () => ({ files: [...(await lab.listFiles())] }));
  addRoute(app, 'GET /api/workspace/file', (request) => {
    return lab.readFile(readParameters(queryOf(request), { path: requiredText }).path);
  });
  addRoute(app, 'PUT /api/workspace/file', (request) => lab.saveFile(parseBody(saveRequest, request)));
  addRoute(app, 'GET /api/saves', async () => ({ saves: [...(await lab.listSaves())] }));
  addRoute(app, 'POST /api/saves/:id/restore', async (request) => {
    await lab.restoreSave(pathPart(request, 'id'));
    return { ok: true };
  });
}
