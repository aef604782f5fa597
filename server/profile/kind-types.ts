/** The sample type that a share of a kind is about, since a delta's own default may be another (inuse of an allocs delta). */
const TYPES: Readonly<Record<string, string>> = {
  cpu: 'cpu',
  allocs: 'alloc_space',
  heap: 'inuse_space',
  mutex: 'delay',
  block: 'delay',
  goroutine: 'goroutine',
  goroutineleak: 'goroutineleak',
};

export function sampleTypeOfKind(kind: string): string {
  return TYPES[kind] ?? kind;
}
