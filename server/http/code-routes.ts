import type { Express } from 'express';
import { hoverRequest, problemsRequest } from '../../protocol/index.ts';
import { addRoute, parseBody } from './add-route.ts';
import type { CodeActions } from './lab-actions.ts';

/** What is known of a text while it is written. Nothing is kept: POST because the text is in the body. */
export function addCodeRoutes(app: Express, code: CodeActions): void {
  addRoute(app, 'POST /api/code/hover', (request) => code.hover(parseBody(hoverRequest, request)));
  addRoute(app, 'POST /api/code/problems', (request) => code.problems(parseBody(problemsRequest, request)));
}
