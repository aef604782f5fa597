import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { DEFAULT_SAMPLING, type FlameGraph } from '../../protocol/index.ts';
import type {
  CodeActions,
  ExportFunctions,
  LabActions,
  ProfileFunctions,
  SourceFinder,
  TargetActions,
  TraceActions,
} from '../../server/http/index.ts';
import type { Profile } from '../../server/profile/profile.ts';
import type { ProfileStore, StackSums } from '../../server/store/profile-store.ts';
import { emptyState } from './open-lab.ts';

export interface QuietRooms {
  readonly store: ProfileStore;
  readonly profiles: ProfileFunctions;
  readonly exports: ExportFunctions;
  readonly lab: LabActions;
  readonly targets: TargetActions;
  readonly sources: SourceFinder;
  readonly traces: TraceActions;
  readonly code: CodeActions;
}

/** Rooms that hold nothing and answer at once, for tests of the door before them; `calls` says what got through it. */
export function createQuietLab(): { readonly rooms: QuietRooms; readonly calls: string[] } {
  const calls: string[] = [];
  return {
    calls,
    rooms: {
      store: recording('store', quietStore, calls),
      profiles: recording('profiles', quietProfiles, calls),
      exports: recording('exports', quietExports, calls),
      lab: recording('lab', quietActions, calls),
      targets: recording('targets', quietTargets, calls),
      sources: recording('sources', quietSources, calls),
      traces: recording('traces', quietTraces, calls),
      code: recording('code', quietCode, calls),
    },
  };
}

function recording<T extends object>(room: string, target: T, calls: string[]): T {
  return new Proxy(target, {
    get(object, name, receiver) {
      calls.push(`${room}.${String(name)}`);
      return Reflect.get(object, name, receiver);
    },
  });
}

const quietStore: ProfileStore = {
  append: async () => ({ id: 7 }),
  appendMetrics: async () => {},
  sumByStack: async () => NO_STACKS,
  merge: async () => NO_PROFILE,
  labelNames: async () => ['service', '<img src=x onerror=alert(1)>'],
  labelValues: async () => ['</script><script>alert(1)</script>'],
  labelGroups: async () => [],
  kinds: async () => ['cpu'],
  series: async () => ({ unit: 'count', series: [] }),
  metrics: async () => ({ unit: 'count', series: [] }),
  sumByBlock: async () => ({
    sums: NO_STACKS,
    blocks: [],
    block: new Uint32Array(),
    stack: new Uint32Array(),
    value: new Float64Array(),
  }),
  extent: async () => ({ profiles: 1, firstMillis: 0, lastMillis: 0 }),
  listWindows: async () => [],
  readWindow: async () => NO_PROFILE,
  pin: async () => {},
  stats: async () => ({ profiles: 0, bytes: 0, oldestMillis: null }),
  close: async () => {},
};

const window = { from: 0, to: 1, profiles: 1, requests: null };

const NO_STACKS: StackSums = {
  type: { type: 'cpu', unit: 'nanoseconds' },
  functions: [],
  start: new Uint32Array(1),
  frame: new Uint32Array(),
  line: new Float64Array(),
  values: new BigInt64Array(),
  window: { ...window, durationNanos: 0n },
};

const NO_GRAPH: FlameGraph = {
  unit: 'nanoseconds',
  total: 0,
  frames: [],
  nodes: { parent: [-1], frame: [-1], total: [0], self: [0] },
  trimmed: { nodes: 0, value: 0 },
  window: { ...window, durationNanos: 0 },
};

export const NO_PROFILE: Profile = {
  sampleTypes: [{ type: 'cpu', unit: 'nanoseconds' }],
  defaultType: 0,
  periodType: null,
  period: 0n,
  timeNanos: 0n,
  durationNanos: 0n,
  defaultSampleType: '',
  comments: [],
  dropFrames: '',
  keepFrames: '',
  docUrl: '',
  functions: [],
  mappings: [],
  locations: {
    count: 0,
    mapping: new Int32Array(),
    address: new BigUint64Array(),
    folded: new Uint8Array(),
    lineStart: new Uint32Array(1),
    lineFunction: new Uint32Array(),
    lineNumber: new Float64Array(),
    lineColumn: new Float64Array(),
  },
  stacks: { count: 0, start: new Uint32Array(1), location: new Uint32Array() },
  labelSets: [[]],
  samples: { count: 0, stack: new Uint32Array(), labelSet: new Uint32Array(), values: new BigInt64Array() },
};

const quietProfiles: ProfileFunctions = {
  parseProfile: async () => NO_PROFILE,
  kindOfProfile: () => 'cpu',
  writeProfile: () => new Uint8Array([1, 2, 3]),
  parseSelector: () => [],
  filterStacks: (sums) => sums,
  groupStacks: (_label, _groups, whole) => whole,
  computeFlameGraph: () => NO_GRAPH,
  filterBlocks: (blocks) => blocks,
  computeTopWithIntervals: () => ({ unit: 'nanoseconds', total: 0, rows: [] }),
  computeCallers: () => null,
  computeLines: () => null,
  computeDiff: () => {
    throw new Error('nothing to compare');
  },
};

const quietExports: ExportFunctions = {
  mostPageFrames: 1_000,
  writeTreePage: async () => '<!doctype html>',
  writeDiffPage: async () => '<!doctype html>',
  mostBundleProfiles: 10,
  mostBundleBytes: 1_000,
  writeBundle: () => Readable.from(['bundle']),
  readBundle: () => [],
};

const view = {
  slug: 'read-a-flame',
  chapter: 'one',
  title: 'Read a flame',
  state: 'new' as const,
  summary: '',
  minutes: 1,
  service: 'search',
  kinds: ['cpu'],
  focus: 'cpu',
  lesson: '<script>alert(1)</script>',
  instruments: null,
  prediction: null,
  hints: { total: 0, shown: [] },
  questions: [],
  attempts: 0,
};
const text = { path: 'main.go', version: '1', text: 'package main' };

const chapter = { id: '01-look', title: 'Look', summary: '', exercises: [] };
const slide = { title: '<b>', text: '<script>alert(1)</script>', widgets: [], notes: '<img src=x onerror=alert(1)>' };

const quietActions: LabActions = {
  listChapters: async () => [{ ...chapter, slides: 1 }],
  getChapter: async () => ({ ...chapter, slides: [slide] }),
  getState: async () => emptyState(1),
  listExercises: async () => [],
  getExercise: async () => view,
  openExercise: async () => {},
  startCheck: async () => {},
  judge: async (exercise, { seed = 1 }) => ({
    exercise,
    verdict: 'not-fixed',
    summary: '',
    seed,
    gates: [],
    difference: null,
    millis: 1,
  }),
  takeHint: async () => view,
  openInstrument: async () => view,
  predict: async () => view,
  answerQuestion: async () => view,
  resetExercise: async () => ({ keptAs: null }),
  getSolution: async () => ({ solutions: [] }),
  getProgress: async () => ({ exercises: [], calibration: null, due: [], nextDueMillis: null }),
  skipExercise: async () => view,
  getChapterTest: async (chapter) => ({ chapter, cards: [] }),
  takeChapterTest: async () => ({ right: 0, total: 0, passed: false }),
  reviewQuestion: async () => ({ right: 0, explain: '', dueMillis: 0 }),
  listFiles: async () => [],
  readFile: async () => text,
  saveFile: async () => ({ ...text, formatted: true }),
  listSaves: async () => [],
  restoreSave: async () => {},
  driveLoad: async () => ({ ok: true }),
  driveFleet: async () => {},
  readLog: async (run) => ({ run, text: '', dropped: 0 }),
  startTask: async () => ({ task: 't1' }),
  stopTask: async () => {},
};

const quietSources: SourceFinder = {
  findSource: async (of, file) => ({ file, origin: 'build', of, text: '</script><script>alert(1)</script>' }),
};

const quietTargets: TargetActions = {
  listTargets: async () => ({ targets: [], sampling: DEFAULT_SAMPLING }),
  addTarget: async ({ url }) => ({
    name: 'added',
    url,
    address: null,
    origin: 'attached',
    labels: {},
    kinds: [],
    health: 'waiting',
    lastError: null,
    kindHealth: [],
    chosen: true,
    overhead: null,
    measurable: false,
  }),
  removeTarget: async () => {},
  measureOverhead: async () => {},
  setSampling: async () => DEFAULT_SAMPLING,
};

const recorded = {
  id: '0123456789ab',
  file: 'search-1-0123456789ab.trace',
  service: 'search',
  instance: 'search-1',
  version: '',
  atMillis: 0,
  bytes: 1,
  cause: { why: 'flight' as const },
  cut: false,
};

const quietTraces: TraceActions = {
  listTraces: async () => ({ traces: [recorded], recorders: [], limits: { traces: 1, bytes: 1 } }),
  recordTrace: async () => recorded,
  driveRecorder: async ({ instance, on, slowMillis }) => ({
    service: 'search',
    instance,
    available: true,
    on,
    untilMillis: 0,
    slowMillis,
  }),
  downloadTrace: async () => ({ file: fileURLToPath(import.meta.url), name: 'search-1.trace' }),
  drawTrace: async (_id, graph) => ({ kind: `trace-${graph}`, match: '{}', samples: 0 }),
  viewTrace: async () => ({ url: 'http://127.0.0.1:1' }),
  removeTrace: async () => {},
};

const quietCode: CodeActions = {
  hover: async () => ({ available: false, hover: null }),
  problems: async () => ({ available: false, problems: null }),
};
