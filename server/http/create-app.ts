import express, { type ErrorRequestHandler, type Express } from 'express';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { ProfileStore } from '../store/profile-store.ts';
import { answerFromError, type ErrorLog } from './answer-from-error.ts';
import { addBreakdownRoute } from './breakdown-route.ts';
import { addChapterRoutes } from './chapter-routes.ts';
import { addCodeRoutes } from './code-routes.ts';
import type { Credentials } from './credentials.ts';
import { addExerciseRoutes } from './exercise-routes.ts';
import type { ExportFunctions } from './export-functions.ts';
import { addExportRoutes } from './export-routes.ts';
import { addFileRoute } from './file-route.ts';
import { pathOf } from './gate.ts';
import { addKeyRoute } from './key-route.ts';
import type { CodeActions, LabActions, TargetActions, TraceActions } from './lab-actions.ts';
import { addLabRoutes } from './lab-routes.ts';
import { addOpenRoutes } from './open-routes.ts';
import type { ProfileFunctions } from './profile-functions.ts';
import { addQueryRoutes } from './query-routes.ts';
import { refuseRequest } from './refuse-request.ts';
import { findMethods } from './route-roles.ts';
import { addSourceRoute, type SourceFinder } from './source-route.ts';
import { addStaticClient } from './static-client.ts';
import { addTargetRoutes } from './target-routes.ts';
import { addTraceRoutes } from './trace-routes.ts';
import { addWorkspaceRoutes } from './workspace-routes.ts';

export interface AppOptions {
  readonly clock: Clock;
  readonly log: ErrorLog;
  readonly credentials: Credentials;
  readonly store: ProfileStore;
  readonly profiles: ProfileFunctions;
  readonly exports: ExportFunctions;
  readonly lab: LabActions;
  readonly targets: TargetActions;
  readonly traces: TraceActions;
  readonly code: CodeActions;
  readonly sources: SourceFinder;
  /** The built page, dist/client. */
  readonly clientFolder: string;
  /** How a person gets a fresh link, as a sentence; stands on the page that refuses. */
  readonly linkHelp: string;
}

/** All routes but the direct ones. Nothing here decides who may come in: the gate has done that before any of it runs. */
export function createApp(options: AppOptions & { port: () => number; cookieName: () => string }): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('case sensitive routing');
  app.enable('strict routing');
  // queryOf reads the query; a second reader could see something else in it.
  app.set('query parser', false);
  addOpenRoutes(app, options);
  addQueryRoutes(app, options);
  addBreakdownRoute(app, options);
  addSourceRoute(app, options.sources);
  addExportRoutes(app, options);
  addFileRoute(app, options);
  addTargetRoutes(app, options.targets);
  addTraceRoutes(app, options.traces);
  addKeyRoute(app, options);
  addLabRoutes(app, options.lab);
  addChapterRoutes(app, options.lab);
  addExerciseRoutes(app, options.lab);
  addWorkspaceRoutes(app, options.lab);
  addCodeRoutes(app, options.code);
  addStaticClient(app, options.clientFolder);
  app.use((request) => {
    const path = pathOf(request);
    const methods = findMethods(path);
    if (methods.length === 0) throw new AppError('not-found', `There is nothing at ${path.slice(0, 200)}.`);
    throw new AppError('method-not-allowed', `${path.slice(0, 200)} takes ${methods.join(' and ')}.`);
  });
  const answerFailure: ErrorRequestHandler = (error, request, response, _next) => {
    refuseRequest(request, response, answerFromError(error, options.log), options.linkHelp);
  };
  app.use(answerFailure);
  return app;
}
