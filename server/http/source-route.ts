import type { Express } from 'express';
import type { SourceText } from '../../protocol/index.ts';
import { addRoute } from './add-route.ts';
import { queryOf } from './gate.ts';
import { optionalText, readParameters, requiredText } from './query-parameters.ts';

/** Texts of source files, by the names that profiles have for them; main.ts supplies it. */
export interface SourceFinder {
  /** `version`: a build's id, '' = unknown. Rejects `no-source` with the reason: only snapshots of builds and Go's own library are read. */
  findSource(version: string, file: string): Promise<SourceText>;
}

export function addSourceRoute(app: Express, sources: SourceFinder): void {
  addRoute(app, 'GET /api/source', (request) => {
    const { version, file } = readParameters(queryOf(request), { version: optionalText, file: requiredText });
    return sources.findSource(version ?? '', file);
  });
}
