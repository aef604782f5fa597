import type { Express } from 'express';
import { explorePath } from '../../protocol/index.ts';
import { AppError } from '../errors.ts';
import { addRawRoute, addRoute, pathPart } from './add-route.ts';
import type { Credentials } from './credentials.ts';
import { queryOf } from './gate.ts';

export interface OpenRouteOptions {
  readonly credentials: Pick<Credentials, 'redeemCode'>;
  readonly cookieName: () => string;
}

/** The two routes that need no credentials: a sign of life, and the printed link that makes a session. */
export function addOpenRoutes(app: Express, { credentials, cookieName }: OpenRouteOptions): void {
  addRoute(app, 'GET /api/health', () => ({ ok: true as const }));
  addRawRoute(app, 'GET /open/:code', [], (request, response) => {
    // Express routes HEAD here too; a link preview must not use the code up.
    if (request.method !== 'GET') throw new AppError('method-not-allowed', 'The link is opened with GET.');
    const to = readTo(queryOf(request).get('to'));
    const session = credentials.redeemCode(pathPart(request, 'code'));
    if (session === undefined) {
      throw new AppError(
        'unauthorised',
        'This link was used before, has expired, or belongs to an earlier start of the lab.',
      );
    }
    response.cookie(cookieName(), session, { httpOnly: true, sameSite: 'strict', path: '/' });
    response.redirect(303, to);
  });
}

/** Where the link leads once its code is redeemed: the page, or a view of it; checked before the code is used up. */
function readTo(text: string | null): string {
  if (text === null) return '/';
  const parsed = explorePath.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new AppError('bad-request', 'The link leads nowhere on this page: after to= must stand /explore?…');
}
