import { ROUTES, type RouteName, type RouteRole } from '../../protocol/index.ts';

interface RoutePattern {
  readonly name: RouteName;
  readonly method: string;
  readonly segments: readonly string[];
}

const NAMES = Object.keys(ROUTES) as RouteName[];
const PATTERNS: readonly RoutePattern[] = NAMES.map((name) => {
  const { method, path } = splitRoute(name);
  return { name, method, segments: path.split('/') };
});
/** Routes without a part to fill in are named as they are asked for. */
const PLAIN_ROUTES: ReadonlyMap<string, RouteName> = new Map(
  NAMES.filter((name) => !name.includes(':')).map((name) => [name, name]),
);

/** `'GET /api/kinds'` → `{method: 'GET', path: '/api/kinds'}`. */
export function splitRoute(name: RouteName): { method: string; path: string } {
  const space = name.indexOf(' ');
  return { method: name.slice(0, space), path: name.slice(space + 1) };
}

/** The route of the table that a raw (percent-encoded) path belongs to. HEAD counts as GET. */
export function findRoute(method: string, path: string): RouteName | undefined {
  const wanted = method === 'HEAD' ? 'GET' : method;
  const plain = PLAIN_ROUTES.get(`${wanted} ${path}`);
  if (plain !== undefined) return plain;
  const segments = path.split('/');
  return PATTERNS.find((pattern) => pattern.method === wanted && matchesPath(pattern, segments))?.name;
}

/** The methods that a path of the table answers to. */
export function findMethods(path: string): string[] {
  const segments = path.split('/');
  return PATTERNS.filter((pattern) => matchesPath(pattern, segments)).map((pattern) => pattern.method);
}

/** What is not in the table (the page and its files) needs a session as well. */
export function roleOf(route: RouteName | undefined): RouteRole {
  return route === undefined ? 'learner' : ROUTES[route];
}

function matchesPath(pattern: RoutePattern, segments: readonly string[]): boolean {
  if (segments.length !== pattern.segments.length) return false;
  return pattern.segments.every((wanted, i) => (wanted.startsWith(':') ? segments[i] !== '' : wanted === segments[i]));
}
