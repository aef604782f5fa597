import { describe, expect, it } from 'vitest';
import { findMethods, findRoute, roleOf } from '../../../server/http/route-roles.ts';

describe('the role of a request', () => {
  it.each([
    ['GET', '/api/health', 'public'],
    ['HEAD', '/api/health', 'public'],
    ['GET', '/open/abc', 'public'],
    ['GET', '/api/pprof', 'learner-or-key'],
    ['POST', '/api/health', 'learner'],
    ['GET', '/api/health/', 'learner'],
    ['GET', '/API/health', 'learner'],
    ['GET', '/api/%68ealth', 'learner'],
    ['GET', '/open/', 'learner'],
    ['GET', '/open/a/b', 'learner'],
    ['GET', '/open', 'learner'],
    ['GET', '/', 'learner'],
    ['GET', '/assets/index.js', 'learner'],
    ['GET', '/api/anything-new', 'learner'],
  ])('%s %s is %s', (method, path, role) => expect(roleOf(findRoute(method, path))).toBe(role));

  it('comes from the table’s own routes', () => {
    expect(findRoute('GET', '/api/labels/service/values')).toBe('GET /api/labels/:name/values');
    expect(findMethods('/api/workspace/file')).toEqual(['GET', 'PUT']);
  });
});
