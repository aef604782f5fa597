import type { Express } from 'express';
import { newTarget } from '../../protocol/index.ts';
import { addRoute, parseBody } from './add-route.ts';
import type { TargetActions } from './lab-actions.ts';

export function addTargetRoutes(app: Express, targets: TargetActions): void {
  addRoute(app, 'GET /api/targets', async () => ({ targets: [...(await targets.listTargets())] }));
  addRoute(app, 'POST /api/targets', (request) => targets.addTarget(parseBody(newTarget, request)), { status: 201 });
}
