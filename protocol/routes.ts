import { z } from 'zod';
import { chapterSummary, chapterView } from './chapter.ts';
import { hoverAnswer, hoverRequest, problemsAnswer, problemsRequest } from './code.ts';
import { exerciseSummary, exerciseView, solutionView } from './exercise.ts';
import { labState, saveView } from './lab.ts';
import { chapterAnswers, chapterOutcome, chapterTest, courseProgress, reviewOutcome } from './progress.ts';
import { newTarget, overheadRequest, sampling, target } from './target.ts';
import { recorder, recorderRequest, trace, tracedGraph, traceGraph, traceList, traceViewer } from './trace.ts';
import { verdict } from './verdict.ts';
import { workspaceFile } from './workspace.ts';

/** Who may call: anyone; holders of a session or the token; also holders of an expiring key (`?key=`), for this route alone. */
export type RouteRole = 'public' | 'learner' | 'learner-or-key';

/** Every HTTP route of the lab. A test holds this table against the router: an unlisted route fails it. */
export const ROUTES = {
  'GET /api/health': 'public',
  'GET /open/:code': 'public',
  'GET /api/targets': 'learner',
  'POST /api/targets': 'learner',
  'POST /api/targets/:name/remove': 'learner',
  'POST /api/targets/:name/overhead': 'learner',
  'POST /api/sampling': 'learner',
  'POST /api/profiles': 'learner',
  'POST /api/files': 'learner',
  'GET /api/labels': 'learner',
  'GET /api/labels/:name/values': 'learner',
  'GET /api/kinds': 'learner',
  'GET /api/series': 'learner',
  'GET /api/metrics': 'learner',
  'GET /api/flamegraph': 'learner',
  'GET /api/top': 'learner',
  'GET /api/callers': 'learner',
  'GET /api/lines': 'learner',
  'GET /api/breakdown': 'learner',
  'GET /api/source': 'learner',
  'GET /api/diff': 'learner',
  'GET /api/pprof': 'learner-or-key',
  'GET /api/export/html': 'learner',
  'GET /api/export/bundle': 'learner',
  'POST /api/bundles': 'learner',
  'POST /api/keys': 'learner',
  'POST /api/codes': 'learner',
  'GET /api/lab': 'learner',
  'GET /api/chapters': 'learner',
  'GET /api/chapters/:id': 'learner',
  'GET /api/exercises': 'learner',
  'GET /api/exercises/:slug': 'learner',
  'POST /api/exercises/:slug/open': 'learner',
  'POST /api/exercises/:slug/check': 'learner',
  'POST /api/exercises/:slug/verdict': 'learner',
  'POST /api/exercises/:slug/hint': 'learner',
  'POST /api/exercises/:slug/instrument': 'learner',
  'POST /api/exercises/:slug/predict': 'learner',
  'POST /api/exercises/:slug/answer': 'learner',
  'POST /api/exercises/:slug/reset': 'learner',
  'GET /api/exercises/:slug/solution': 'learner',
  'GET /api/progress': 'learner',
  'POST /api/exercises/:slug/review': 'learner',
  'POST /api/exercises/:slug/skip': 'learner',
  'GET /api/chapters/:chapter/test': 'learner',
  'POST /api/chapters/:chapter/test': 'learner',
  'GET /api/workspace/files': 'learner',
  'GET /api/workspace/file': 'learner',
  'PUT /api/workspace/file': 'learner',
  'POST /api/code/hover': 'learner',
  'POST /api/code/problems': 'learner',
  'GET /api/saves': 'learner',
  'POST /api/saves/:id/restore': 'learner',
  'POST /api/load': 'learner',
  'POST /api/fleet': 'learner',
  'GET /api/logs': 'learner',
  'POST /api/tasks': 'learner',
  'POST /api/tasks/:task/stop': 'learner',
  'GET /api/traces': 'learner',
  'POST /api/traces': 'learner',
  'GET /api/traces/:id': 'learner',
  'POST /api/traces/:id/graph': 'learner',
  'POST /api/traces/:id/viewer': 'learner',
  'POST /api/traces/:id/remove': 'learner',
  'POST /api/recorders': 'learner',
} as const satisfies Record<string, RouteRole>;
export type RouteName = keyof typeof ROUTES;

/** A place on the page that a link may lead to: never another site. */
export const explorePath = z
  .string()
  .max(8_000)
  .regex(/^\/explore(\?[\x21-\x7e]*)?$/, 'a path of the page: /explore?…');

const questionAnswer = z.object({ question: z.string(), chosen: z.number().int().min(0) });

/** Bodies that the page sends, and answers that are not named elsewhere. */
export const routeBodies = {
  'POST /api/code/hover': hoverRequest,
  'POST /api/code/problems': problemsRequest,
  'POST /api/targets': newTarget,
  /** ABBA periods with and without collection; the course of it stands in the target's `overhead`. */
  'POST /api/targets/:name/overhead': overheadRequest,
  'POST /api/sampling': sampling.partial(),
  /** `to`: where on the page the link leads: `/explore?…`. */
  'POST /api/codes': z.object({ to: explorePath.optional() }),
  'POST /api/keys': z.object({ query: z.string().max(4_000) }),
  'POST /api/exercises/:slug/instrument': z.object({ name: z.string().max(64) }),
  'POST /api/exercises/:slug/predict': z.object({ frame: z.string().max(1_024), share: z.number().min(0).max(1) }),
  'POST /api/exercises/:slug/answer': questionAnswer,
  'POST /api/exercises/:slug/review': questionAnswer,
  'POST /api/chapters/:chapter/test': chapterAnswers,
  'POST /api/exercises/:slug/check': z.object({ seed: z.number().int().optional() }),
  /** Judges the workspace, or `files` over the installed sources, and answers with the verdict when it is there. */
  'POST /api/exercises/:slug/verdict': z.object({
    seed: z.number().int().optional(),
    files: z.record(z.string().max(500), z.string()).optional(),
  }),
  /** `rate`: requests/s to each instance of the exercise in focus. `one` answers with what was sent and what came back. */
  'POST /api/load': z.discriminatedUnion('do', [
    z.object({ do: z.literal('rate'), value: z.number().min(0).max(5_000) }),
    z.object({ do: z.literal('burst'), requests: z.number().int().min(1).max(20_000) }),
    z.object({ do: z.literal('pause') }),
    z.object({ do: z.literal('resume') }),
    z.object({ do: z.literal('one') }),
  ]),
  'POST /api/fleet': z.object({ do: z.enum(['pause', 'resume']) }),
  /** The tests or benchmarks of the service of an exercise, in the workspace; output comes as `task:written`. */
  'POST /api/tasks': z.object({
    service: z.string().regex(/^[a-z]+$/, 'the name of a service'),
    run: z.enum(['test', 'bench']),
  }),
  /** Turns a trace into a profile and stores it. */
  'POST /api/traces/:id/graph': z.strictObject({ graph: traceGraph }),
  /** Switches the flight recorder of an instance on, for ten minutes from now, or off. */
  'POST /api/recorders': recorderRequest,
} as const;

export const routeAnswers = {
  'POST /api/code/hover': hoverAnswer,
  'POST /api/code/problems': problemsAnswer,
  'GET /api/health': z.object({ ok: z.literal(true) }),
  'GET /api/targets': z.object({ targets: z.array(target), sampling }),
  'POST /api/targets': target,
  'POST /api/sampling': sampling,
  'GET /api/labels': z.object({ labels: z.array(z.string()) }),
  'GET /api/labels/:name/values': z.object({ values: z.array(z.string()) }),
  'GET /api/kinds': z.object({ kinds: z.array(z.string()) }),
  /** `match` selects this file alone; `known`: it had been opened before. */
  'POST /api/files': z.object({ kind: z.string(), match: z.string(), known: z.boolean() }),
  'POST /api/bundles': z.object({ profiles: z.number(), known: z.number() }),
  'POST /api/keys': z.object({ key: z.string(), command: z.string(), expiresMillis: z.number() }),
  /** A fresh one-time link to the page. */
  'POST /api/codes': z.object({ url: z.string() }),
  'GET /api/lab': labState,
  'GET /api/chapters': z.object({ chapters: z.array(chapterSummary) }),
  'GET /api/chapters/:id': chapterView,
  'GET /api/exercises': z.object({ exercises: z.array(exerciseSummary) }),
  'GET /api/exercises/:slug': exerciseView,
  'GET /api/exercises/:slug/solution': solutionView,
  'GET /api/progress': courseProgress,
  'POST /api/exercises/:slug/review': reviewOutcome,
  'POST /api/exercises/:slug/skip': exerciseView,
  'GET /api/chapters/:chapter/test': chapterTest,
  'POST /api/chapters/:chapter/test': chapterOutcome,
  'POST /api/exercises/:slug/verdict': verdict,
  'POST /api/exercises/:slug/hint': exerciseView,
  'POST /api/exercises/:slug/instrument': exerciseView,
  'POST /api/exercises/:slug/predict': exerciseView,
  'POST /api/exercises/:slug/answer': exerciseView,
  'POST /api/exercises/:slug/reset': z.object({ keptAs: z.string().nullable() }),
  'GET /api/workspace/files': z.object({ files: z.array(workspaceFile) }),
  'GET /api/saves': z.object({ saves: z.array(saveView) }),
  'GET /api/logs': z.object({ run: z.string(), text: z.string(), dropped: z.number() }),
  'POST /api/tasks': z.object({ task: z.string() }),
  'POST /api/load': z.object({ ok: z.literal(true), answers: z.array(z.unknown()).optional() }),
  'GET /api/traces': traceList,
  'POST /api/traces': trace,
  'POST /api/traces/:id/graph': tracedGraph,
  'POST /api/traces/:id/viewer': traceViewer,
  'POST /api/recorders': recorder,
} as const;
