import type { Express, Request } from 'express';
import { routeBodies } from '../../protocol/index.ts';
import { addRoute, parseBody, pathPart } from './add-route.ts';
import type { LabActions } from './lab-actions.ts';

const OK = { ok: true } as const;
const slugOf = (request: Request) => pathPart(request, 'slug');

export function addExerciseRoutes(app: Express, lab: LabActions): void {
  addRoute(app, 'GET /api/exercises', async () => ({ exercises: [...(await lab.listExercises())] }));
  addRoute(app, 'GET /api/exercises/:slug', (request) => lab.getExercise(slugOf(request)));
  addRoute(app, 'GET /api/exercises/:slug/solution', (request) => lab.getSolution(slugOf(request)));
  addRoute(app, 'POST /api/exercises/:slug/open', async (request) => {
    await lab.openExercise(slugOf(request));
    return OK;
  });
  addRoute(
    app,
    'POST /api/exercises/:slug/check',
    async (request) => {
      await lab.startCheck(slugOf(request), parseBody(routeBodies['POST /api/exercises/:slug/check'], request));
      return OK;
    },
    { status: 202 },
  );
  addRoute(app, 'POST /api/exercises/:slug/verdict', (request) =>
    lab.judge(
      slugOf(request),
      parseBody(routeBodies['POST /api/exercises/:slug/verdict'], request),
      untilGone(request),
    ),
  );
  addRoute(app, 'POST /api/exercises/:slug/hint', (request) => lab.takeHint(slugOf(request)));
  addRoute(app, 'POST /api/exercises/:slug/instrument', (request) =>
    lab.openInstrument(slugOf(request), parseBody(routeBodies['POST /api/exercises/:slug/instrument'], request)),
  );
  addRoute(app, 'POST /api/exercises/:slug/predict', (request) =>
    lab.predict(slugOf(request), parseBody(routeBodies['POST /api/exercises/:slug/predict'], request)),
  );
  addRoute(app, 'POST /api/exercises/:slug/answer', (request) =>
    lab.answerQuestion(slugOf(request), parseBody(routeBodies['POST /api/exercises/:slug/answer'], request)),
  );
  addRoute(app, 'POST /api/exercises/:slug/review', (request) =>
    lab.reviewQuestion(slugOf(request), parseBody(routeBodies['POST /api/exercises/:slug/review'], request)),
  );
  addRoute(app, 'GET /api/progress', () => lab.getProgress());
  addRoute(app, 'POST /api/exercises/:slug/reset', (request) => lab.resetExercise(slugOf(request)));
}

/** Aborts when the one who asked has gone away: nobody waits for the answer any more. */
function untilGone({ res }: Request): AbortSignal {
  const gone = new AbortController();
  res?.once('close', () => gone.abort());
  return gone.signal;
}
