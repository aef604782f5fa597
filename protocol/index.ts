/**
 * protocol: what crosses the wire between page and server, between the Go programs and the server, and the form of the
 * course's content. Zod schemas; the types follow from them. It must not know how anything is stored, drawn or run.
 *
 *     const graph = flameGraph.parse(await response.json());
 */
export * from './bundle.ts';
export * from './chapter.ts';
export * from './code.ts';
export * from './diff.ts';
export * from './errors.ts';
export * from './events.ts';
export * from './exercise.ts';
export * from './exercise-file.ts';
export * from './explore-link.ts';
export * from './flame-graph.ts';
export * from './graph-page.ts';
export * from './lab.ts';
export * from './load.ts';
export * from './misfit.ts';
export * from './profile.ts';
export * from './progress.ts';
export * from './routes.ts';
export * from './serve.ts';
export * from './target.ts';
export * from './trace.ts';
export * from './units.ts';
export * from './verdict.ts';
export * from './version.ts';
export * from './workspace.ts';
