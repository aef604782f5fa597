/** What people call the kinds; a pushed kind that isn't here keeps its own name. */
const TITLES: Readonly<Record<string, string>> = {
  cpu: 'CPU',
  allocs: 'Allocations',
  heap: 'Heap',
  goroutine: 'Goroutines',
  mutex: 'Mutex',
  block: 'Block',
  goroutineleak: 'Goroutine leaks',
  'trace-sync': 'Trace: sync',
  'trace-sched': 'Trace: sched',
  'trace-net': 'Trace: net',
  'trace-syscall': 'Trace: syscall',
};

/** The sample types of Go's kinds, the one that is usually meant first. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  cpu: ['cpu', 'samples'],
  allocs: ['alloc_space', 'alloc_objects'],
  heap: ['inuse_space', 'inuse_objects', 'alloc_space', 'alloc_objects'],
  goroutine: ['goroutine'],
  mutex: ['delay', 'contentions'],
  block: ['delay', 'contentions'],
  'trace-sync': ['delay', 'contentions'],
  'trace-sched': ['delay', 'contentions'],
  'trace-net': ['delay', 'contentions'],
  'trace-syscall': ['delay', 'contentions'],
};

const TYPE_TITLES: Readonly<Record<string, string>> = {
  cpu: 'time',
  samples: 'samples',
  alloc_space: 'bytes made',
  alloc_objects: 'objects made',
  inuse_space: 'bytes alive',
  inuse_objects: 'objects alive',
  goroutine: 'count',
  delay: 'time waited',
  contentions: 'times waited',
};

/** Go's kinds as people reach for them, then the others by name. */
export function inUsualOrder(kinds: readonly string[]): readonly string[] {
  const known = Object.keys(TITLES).filter((kind) => kinds.includes(kind));
  return [...known, ...kinds.filter((kind) => !known.includes(kind))];
}

export const kindTitle = (kind: string): string => TITLES[kind] ?? kind;
export const typeTitle = (type: string): string => TYPE_TITLES[type] ?? type;

/** The known types of a kind, and the one that the address says, whatever it is. */
export function typesOf(kind: string, said: string | null): readonly string[] {
  const known = TYPES[kind] ?? [];
  return said === null || known.includes(said) ? known : [...known, said];
}

/** The type that is asked for when the address says none: delays rather than counts, live bytes rather than objects. */
export const usualType = (kind: string): string | null => TYPES[kind]?.[0] ?? null;
