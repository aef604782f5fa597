import { z } from 'zod';

/** What `go tool trace -pprof=` makes of an execution trace. */
export const TRACE_GRAPHS = ['sync', 'sched', 'net', 'syscall'] as const;
export const traceGraph = z.enum(TRACE_GRAPHS);
export type TraceGraph = z.infer<typeof traceGraph>;

/** The kind under which such a profile is stored. */
export const kindOfTraceGraph = (graph: TraceGraph): string => `trace-${graph}`;

export const TRACE_SECONDS = { least: 1, most: 5 } as const;

/** asked: recorded for some seconds from then on. flight: the flight recorder's last seconds. slow: those before a slow request ended. */
export const traceCause = z.discriminatedUnion('why', [
  z.object({ why: z.literal('asked'), seconds: z.number() }),
  z.object({ why: z.literal('flight') }),
  z.object({ why: z.literal('slow'), endpoint: z.string(), millis: z.number() }),
]);
export type TraceCause = z.infer<typeof traceCause>;

export const traceId = z.string().regex(/^[a-z0-9]{12}$/, 'the id of a trace');

/** One trace that the lab keeps. */
export const trace = z.object({
  id: traceId,
  /** What a download is called; plain ASCII. */
  file: z.string(),
  service: z.string(),
  instance: z.string(),
  version: z.string(),
  /** When it ended, Unix milliseconds. */
  atMillis: z.number(),
  bytes: z.number(),
  cause: traceCause,
  /** Somebody else asked for a trace meanwhile, so it ended early. */
  cut: z.boolean(),
});
export type Trace = z.infer<typeof trace>;

/** The flight recorder of one instance, as last heard of. `untilMillis`: when it goes off by itself, 0 while it is off. */
export const recorder = z.object({
  service: z.string(),
  instance: z.string(),
  available: z.boolean(),
  on: z.boolean(),
  untilMillis: z.number(),
  /** A request that takes longer leaves a snapshot; 0: none does. */
  slowMillis: z.number(),
});
export type Recorder = z.infer<typeof recorder>;

export const traceList = z.object({
  /** Newest first. */
  traces: z.array(trace),
  /** Instances whose program has internal/serve's instruments. */
  recorders: z.array(recorder),
  /** What is kept at most; the least recently used goes first. */
  limits: z.object({ traces: z.number(), bytes: z.number() }),
});
export type TraceList = z.infer<typeof traceList>;

export const recorderRequest = z.strictObject({
  instance: z.string().min(1).max(256),
  on: z.boolean(),
  slowMillis: z.number().int().min(0).max(60_000).default(100),
});
export type RecorderRequest = z.infer<typeof recorderRequest>;

/** A graph that was stored: `match` selects it alone. `samples` 0: nothing of that sort happened in the trace. */
export const tracedGraph = z.object({ kind: z.string(), match: z.string(), samples: z.number() });
export type TracedGraph = z.infer<typeof tracedGraph>;

/** Go's own viewer at work, on the machine of the lab. */
export const traceViewer = z.object({ url: z.string() });
export type TraceViewer = z.infer<typeof traceViewer>;
