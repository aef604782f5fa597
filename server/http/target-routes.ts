import type { Express } from 'express';
import { routeBodies } from '../../protocol/index.ts';
import { addRoute, parseBody, pathPart } from './add-route.ts';
import type { TargetActions } from './lab-actions.ts';

const OK = { ok: true } as const;

/** What is scraped, how much of it, and what that costs. */
export function addTargetRoutes(app: Express, targets: TargetActions): void {
  addRoute(app, 'GET /api/targets', () => targets.listTargets());
  addRoute(
    app,
    'POST /api/targets',
    (request) => targets.addTarget(parseBody(routeBodies['POST /api/targets'], request)),
    { status: 201 },
  );
  addRoute(app, 'POST /api/targets/:name/remove', async (request) => {
    await targets.removeTarget(pathPart(request, 'name'));
    return OK;
  });
  addRoute(
    app,
    'POST /api/targets/:name/overhead',
    async (request) => {
      const wanted = parseBody(routeBodies['POST /api/targets/:name/overhead'], request);
      await targets.measureOverhead(pathPart(request, 'name'), wanted);
      return OK;
    },
    { status: 202 },
  );
  addRoute(app, 'POST /api/sampling', (request) =>
    targets.setSampling(parseBody(routeBodies['POST /api/sampling'], request)),
  );
}
