import { z } from 'zod';
import { kindName } from './profile.ts';

/**
 * Front matter of an exercise's `index.md` (CURRICULUM.md section 5). Strict: an unknown key is an error that names it.
 * Ratios are times the reference solution, measured in the same run; shares are 0..1.
 */
const relativeFile = z.string().regex(/^(?!.*\.\.)[a-z0-9_][a-zA-Z0-9_./-]*$/, 'a clean relative file name with /');

/**
 * Something that a verdict can observe, by name:
 * - `objects`, `bytes`, `cpu`: candidate / reference per request; `objects.gain`, …: candidate / baseline;
 * - `heldout.objects`, …: the same under the held-out load; `scaling.bytes`: bytes at 4n rows / bytes at n rows;
 * - `mutex-wait-micros`: waiting for mutexes that the own code held, per request; `calls-in-flight`: most at the downstream;
 * - `goroutines-left`: more goroutines after the run of `checks.leftovers` than before it, the server's idle connections
 *   aside; `goroutines-left.gain`: candidate / baseline; `bytes-left`: more live heap per request of that run;
 *   `leftovers.objects.gain`: objects allocated in it, candidate / baseline;
 * - `heap-slope`: growth of the live heap per request, candidate / baseline; `hit-ratio`: known of the visitors who came back soon,
 *   candidate / reference; `overstay`: share of those known who came back when there was no room for them any more; all
 *   want `checks.liveHeap`;
 * - `probe-millis`: median time of a request that is alone on its service (checks.probe); `probe-millis.gain`: candidate / baseline;
 *   `calls-per-request`: what each of these asked of the downstream, on average; `calls-in-flight-per-request`: most at once;
 * - `held-after-burst`: bytes of the live heap, after a burst of huge requests, beyond what the start has in use before it;
 *   `held-after-burst.gain`: candidate / baseline; `after-burst.bytes.gain`: allocated per small request after it, candidate /
 *   baseline; `after-burst.collections`: garbage collections per MiB allocated after it, the judge's own aside; `held-at-rest`: bytes
 *   held when nobody asks any more and pools are empty; `after-burst.tuned`: 1 when GOGC or a memory limit
 *   made the collector run more often than the start's; all want
 *   `checks.afterBurst`; `after-burst.forced`: collections that the service ordered itself, under load and around the burst;
 * - `most-goroutines`: most goroutines in the run of `checks.burst`, idle connections aside; `capacity-used`: share of the push provider's
 *   slots that was used while the burst lasted; `refused-share`: refusals of all that the burst offered; `refused-at-base`: refusals
 *   before it; `deliveries-per-accepted`: messages that the provider counted for each accepted request; `most-in-line`: most calls
 *   that stood in line at the provider;
 * - `gc-share`: of the CPU time of collector and program, the collector's; `gc-cycles`: collections per second; `memory-held`: most bytes
 *   that the runtime held and hadn't given back; `gogc`: its percentage, as it is set; all want `checks.collector`;
 * - `forced-collections`: collections per second that the service ordered itself, in the run of `checks.collector` or `checks.liveHeap`, else in
 *   the load;
 * - `stalled-requests`: requests that waited longer than a quarter of the long job beside them (checks.stall), and
 *   `stalled-requests.gain`: candidate / baseline, each without its worst job; `stalled-share`: of all requests beside the jobs; `stalled-writes`:
 *   share of the stalled ones that don't only read;
 *   `slowest-millis`: the slowest request of a job, median over the jobs;
 *   `job-millis.gain`: time of a job, candidate / baseline; `stall-mutex-wait.gain`: waiting for mutexes meanwhile, candidate / baseline;
 * - `rule:NAME`: how many answers broke that rule of the scenario's model; `crash`, `race`, `instruments`: 0 or 1;
 * - `share:KIND:FRAME`: share of the kind's default sample type under frames that match FRAME (RE2).
 */
export const signalName = z
  .string()
  .regex(
    /^((heldout\.)?(objects|bytes|cpu)(\.gain)?|scaling\.(objects|bytes|cpu)|mutex-wait-micros|calls-in-flight|goroutines-left(\.gain)?|bytes-left|leftovers\.objects\.gain|heap-slope|hit-ratio|overstay|probe-millis(\.gain)?|calls-per-request|calls-in-flight-per-request|held-after-burst(\.gain)?|held-at-rest|after-burst\.(bytes\.gain|collections|tuned|forced)|most-goroutines|capacity-used|refused-share|refused-at-base|deliveries-per-accepted|most-in-line|gc-share|gc-cycles|memory-held|gogc|forced-collections|stalled-requests(\.gain)?|stalled-share|stalled-writes|slowest-millis|job-millis\.gain|stall-mutex-wait\.gain|crash|race|instruments|rule:[a-z0-9-]+|share:[a-z]+:.+)$/,
    'the name of a signal, such as bytes, heldout.cpu or share:cpu:FRAME',
  );

const condition = z
  .strictObject({ signal: signalName, atLeast: z.number().optional(), atMost: z.number().optional() })
  .refine((value) => value.atLeast !== undefined || value.atMost !== undefined, 'atLeast or atMost, or both');
export type SignalCondition = z.infer<typeof condition>;

/** What G3 asks: the symptom is under its threshold, in three windows running where it is a share of a profile. */
const symptom = z.strictObject({
  title: z.string().max(120),
  signal: signalName,
  atMost: z.number().optional(),
  atLeast: z.number().optional(),
  unit: z
    .enum([
      'share',
      'microseconds',
      'calls',
      'times',
      'count',
      'goroutines',
      'bytes/request',
      'bytes',
      'collections',
      'collections/MiB',
      'refusals',
      'messages/request',
      '/s',
    ])
    .default('share'),
});

const budget = z.strictObject({ quantity: z.enum(['objects', 'bytes', 'cpu']), atMost: z.number().positive() });

/** What a learner may open first. A decoy shows something true that doesn't explain the symptom, and costs its time, too. */
const instrument = z.strictObject({
  /** A kind of profile, or another instrument: `trace`, `metrics`. */
  name: kindName,
  /** What taking it and reading it costs while the incident lasts. */
  seconds: z.number().int().min(1).max(3_600),
  right: z.boolean().default(false),
  /** What is seen in it; filled as hints are. */
  shows: z.string().min(20).max(500),
});

const instruments = z
  .array(instrument)
  .min(3)
  .refine((all) => all.some(({ right }) => right), 'one of them must be right: true')
  .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'each instrument once');

export const exerciseFile = z.strictObject({
  title: z.string().max(80),
  summary: z.string().max(300),
  minutes: z.number().int().min(1).max(120),
  service: z.string().regex(/^[a-z]+$/),
  kinds: z.array(kindName).min(1),
  /** The file that the editor opens. */
  focus: relativeFile,
  scenario: z.string().regex(/^[a-z]+$/),
  load: z.strictObject({
    /** Requests/s to each instance while the learner looks. */
    rate: z.number().positive().max(5_000),
    /** Requests/s to each instance while its slice is on, for the verdict. */
    verdictRate: z.number().positive().max(20_000),
    rounds: z.number().int().min(6).max(100).default(20),
    sliceMillis: z.number().int().min(50).max(2_000).default(100),
  }),
  checks: z.strictObject({
    behaviour: z.strictObject({
      requests: z.number().int().min(5_000).default(5_000),
      concurrency: z.number().int().min(1).max(128).default(8),
      /** Flags for the downstream service during the behaviour runs, e.g. a shorter wait. */
      downstreamFlags: z.array(z.string().max(64)).default([]),
    }),
    race: z.boolean().default(false),
    symptom: z.array(symptom).min(1),
    budget: z.array(budget).default([]),
    scaling: z
      .strictObject({ quantity: z.enum(['objects', 'bytes', 'cpu']), atMost: z.number().positive() })
      .optional(),
    /**
     * A run of its own on fresh processes, after which is counted what is still there: signals `goroutines-left` and
     * `bytes-left`. `shape` is a shape of the load scenario.
     */
    leftovers: z
      .strictObject({
        shape: z.enum(['default', 'heldout', 'failing']),
        requests: z.number().int().min(100).max(5_000).default(1_000),
        concurrency: z.number().int().min(1).max(128).default(8),
      })
      .optional(),
    /**
     * A run of its own that reads what is live after a collection, window by window, under a stream of visitors who never end;
     * `rate` in requests/s to each side. What has a bound must reach it within the `warmUp` windows before the others.
     */
    liveHeap: z
      .strictObject({
        rate: z.number().positive().max(5_000),
        warmUp: z.number().int().min(1).max(50),
        windows: z.number().int().min(4).max(50),
        windowMillis: z.number().int().min(50).max(1_000),
      })
      .refine(({ warmUp, windows, windowMillis }) => (warmUp + windows) * windowMillis <= 6_000, 'at most 6 s in all')
      .optional(),
    /**
     * A run of its own on fresh processes: small requests, `requests` huge ones, `concurrency` of them at a time, and small ones again, at
     * `rate` to each side, with what is live read in so many windows after one collection each. Wants a scenario with the shape
     * `huge`.
     */
    afterBurst: z
      .strictObject({
        requests: z.number().int().min(4).max(200).default(40),
        concurrency: z.number().int().min(1).max(64).default(24),
        rate: z.number().positive().max(5_000).default(800),
        windows: z.number().int().min(3).max(10).default(4),
        windowMillis: z.number().int().min(100).max(1_000).default(300),
      })
      .refine(({ windows, windowMillis }) => windows * windowMillis <= 2_000, 'at most 2 s of windows')
      .optional(),
    /** Requests sent to baseline and candidate one at a time, each twice: how long one takes and what it asks of the downstream. */
    probe: z
      .strictObject({
        shape: z.enum(['default', 'small', 'large']).default('small'),
        /** To each of the two; even, since each is sent twice. */
        requests: z.number().int().min(4).max(100).multipleOf(2).default(16),
      })
      .optional(),
    /**
     * A base load of `rate` requests/s to baseline and candidate and then ten times as much, to both at the same time: how many goroutines
     * there are, what is refused, and whether what is accepted is delivered. The scenario needs the shape `burst`.
     */
    burst: z
      .strictObject({
        rate: z.number().positive().max(200),
        baseMillis: z.number().int().min(200).max(2_000).default(600),
        burstMillis: z.number().int().min(500).max(3_000).default(2_400),
      })
      .refine(({ baseMillis, burstMillis }) => baseMillis + burstMillis <= 3_300, 'at most 3.3 s in all')
      .optional(),
    /**
     * A run of its own under steady traffic, in which the runtime says what its collector does and how much memory it holds;
     * `rate` in requests/s. The window before the first isn't counted: what is made once is made in it.
     */
    collector: z
      .strictObject({
        rate: z.number().positive().max(5_000),
        windows: z.number().int().min(3).max(20),
        windowMillis: z.number().int().min(100).max(1_000),
      })
      .refine(({ windows, windowMillis }) => (windows + 1) * windowMillis <= 4_000, 'at most 4 s in all')
      .optional(),
    /**
     * Long jobs of baseline and candidate, in turns, while small requests keep coming; the scenario says what the job is. `rate` in
     * small requests/s.
     */
    stall: z
      .strictObject({
        rate: z.number().positive().max(2_000),
        /** Of each of the two. */
        jobs: z.number().int().min(1).max(10).default(3),
      })
      .optional(),
    /** The quantity of the verdict's headline difference. */
    difference: z.enum([
      'objects',
      'bytes',
      'cpu',
      'mutex-wait',
      'goroutines-left',
      'heap-slope',
      'probe-millis',
      'held-after-burst',
      'most-goroutines',
      'slowest-millis',
    ]),
  }),
  /** Chosen before the prediction; without it the prediction comes first. */
  instruments: instruments.optional(),
  predict: z.strictObject({
    kind: kindName,
    type: z.string(),
    question: z.string(),
    /** RE2 pattern of the frame that is looked for. */
    frame: z.string(),
    /** How far the guessed share may be off, absolute. */
    within: z.number().min(0.01).max(0.5).default(0.1),
    explain: z.string(),
  }),
  /** In ladder order; `{share:KIND:FRAME}`, `{cores}` (how busy the service is) and `{per-request:objects|bytes|cpu}` are filled from the newest profile. */
  hints: z
    .array(z.strictObject({ level: z.enum(['instrument', 'frame', 'line', 'example']), text: z.string() }))
    .min(4),
  wrong: z.record(
    z.string().regex(/^[a-z0-9-]+$/),
    z.strictObject({
      verdict: z.enum(['wrong-behaviour', 'not-fixed', 'moved-elsewhere']),
      sentence: z.string().min(20).max(400),
      /** All hold → it is this one. */
      when: z.array(condition).min(1),
    }),
  ),
  questions: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9-]+$/),
        text: z.string(),
        options: z.array(z.string()).min(2).max(6),
        right: z.number().int().min(0),
        explain: z.string(),
      }),
    )
    .min(1),
});
export type ExerciseFile = z.infer<typeof exerciseFile>;
