import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import type { z } from 'zod';
import { parseInput, type RouteName, type routeAnswers, sentenceOf } from '../../protocol/index.ts';
import { AppError } from '../errors.ts';
import { splitRoute } from './route-roles.ts';

const BODY_BYTES = 256 * 1024;
const SOURCE_BYTES = 1024 * 1024;
/** Routes whose bodies carry source files. */
const WITH_SOURCES: ReadonlySet<RouteName> = new Set<RouteName>([
  'PUT /api/workspace/file',
  'POST /api/code/hover',
  'POST /api/code/problems',
  'POST /api/exercises/:slug/verdict',
]);

type Answer<N extends RouteName> = N extends keyof typeof routeAnswers ? z.input<(typeof routeAnswers)[N]> : object;

export interface RouteOptions {
  readonly status?: number;
}

/** Registers a route of the table whose handler's result is the JSON answer. Bodies are JSON; their size is capped by route. */
export function addRoute<N extends RouteName>(
  app: Express,
  name: N,
  handle: (request: Request) => Promise<Answer<N>> | Answer<N>,
  options: RouteOptions = {},
): void {
  const limit = WITH_SOURCES.has(name) ? SOURCE_BYTES : BODY_BYTES;
  const readBody = name.startsWith('GET ') ? [] : [express.json({ limit })];
  addRawRoute(app, name, readBody, async (request, response) => {
    response.status(options.status ?? 200).json(await handle(request));
  });
}

/** Registers a route that writes its answer itself. */
export function addRawRoute(
  app: Express,
  name: RouteName,
  before: readonly RequestHandler[],
  handle: (request: Request, response: Response) => Promise<void> | void,
): void {
  const { method, path } = splitRoute(name);
  const route = app.route(path);
  // Express answers HEAD from a GET route; it calls the rest by their own names.
  if (method === 'GET') route.get(...before, handle);
  else if (method === 'PUT') route.put(...before, handle);
  else route.post(...before, handle);
}

/** The body as `schema` sees it; bad-request says what is wrong first, and has all of it as `detail`. No body at all counts as {}. */
export function parseBody<T>(schema: z.ZodType<T>, request: Request): T {
  return parseInput(schema, request.body ?? {}, (first, all) => {
    const detail = { problems: all.map((misfit) => sentenceOf(misfit, 'the body')) };
    return new AppError('bad-request', `Bad request: ${sentenceOf(first, 'the body')}.`, { detail });
  });
}

/** A named part of the path, as the route of the table promises it. */
export function pathPart(request: Request, name: string): string {
  const part = request.params[name];
  if (typeof part === 'string' && part !== '') return part;
  throw new AppError('bad-request', `The path lacks its ${name}.`);
}
