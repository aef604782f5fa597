import type { Express } from 'express';
import { routeBodies } from '../../protocol/index.ts';
import { addRoute, parseBody } from './add-route.ts';
import type { Credentials } from './credentials.ts';
import type { ProfileFunctions } from './profile-functions.ts';
import { readPprofSelection } from './query-routes.ts';

export interface KeyRouteOptions {
  readonly port: () => number;
  readonly credentials: Pick<Credentials, 'newKey' | 'newCode'>;
  readonly profiles: ProfileFunctions;
}

/** The page shows what was allocated; a delta of allocs names no default type, and go tool pprof would show inuse_space. */
const SAMPLE_INDEX: Readonly<Record<string, string>> = { allocs: '-sample_index=alloc_space ' };

/** Makes the command behind the page's copy button. The query is checked first: a command that is copied must work. */
export function addKeyRoute(app: Express, { port, credentials, profiles }: KeyRouteOptions): void {
  addRoute(app, 'POST /api/codes', (request) => {
    const { to } = parseBody(routeBodies['POST /api/codes'], request);
    const query = to === undefined ? '' : `?${new URLSearchParams({ to })}`;
    return { url: `http://127.0.0.1:${port()}/open/${credentials.newCode()}${query}` };
  });
  addRoute(app, 'POST /api/keys', (request) => {
    const query = new URLSearchParams(parseBody(routeBodies['POST /api/keys'], request).query);
    query.delete('key');
    const { kind } = readPprofSelection(query, profiles);
    const { key, expiresMillis } = credentials.newKey();
    query.set('key', key);
    // URLSearchParams escapes everything that means something to a shell inside double quotes.
    const command = `go tool pprof ${SAMPLE_INDEX[kind] ?? ''}"http://127.0.0.1:${port()}/api/pprof?${query.toString()}"`;
    return { key, command, expiresMillis };
  });
}
