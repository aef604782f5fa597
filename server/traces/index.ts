/**
 * traces: execution traces of targets. Records them, fetches what flight recorders kept of slow requests, keeps a bounded
 * number of files, has them turned into profiles, and has Go's own viewer opened. It must not know how a target is reached,
 * how a program is run or where profiles are stored: `ports.ts` says what it needs, main.ts supplies it.
 *
 *     const traces = await openTraces({ folder, limits: DEFAULT_TRACE_LIMITS, … });
 *     const trace = await traces.record({ service: null, instance: 'search-1', kind: 'trace', seconds: 2 });
 *     const { kind, match } = await traces.draw(trace.id, 'sync');       // trace-sync, {trace="…"}
 */
export { DEFAULT_TRACE_LIMITS, type TraceLimits } from './limits.ts';
export type { TracesParts, TraceTarget, Viewer } from './ports.ts';
export { openTraces, type Traces } from './traces.ts';
