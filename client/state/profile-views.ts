/** The instruments that the graph panel switches between. `snapshot`: the newest alone is the answer, windows aren't summed. */
export const PROFILE_VIEWS = [
  {
    id: 'cpu',
    title: 'CPU',
    kind: 'cpu',
    type: 'cpu',
    snapshot: false,
    says: 'Where processor time goes. Waiting doesn’t show here.',
  },
  {
    id: 'alloc-objects',
    title: 'Alloc objects',
    kind: 'allocs',
    type: 'alloc_objects',
    snapshot: false,
    says: 'How many heap objects were made, whether still alive or not.',
  },
  {
    id: 'alloc-space',
    title: 'Alloc bytes',
    kind: 'allocs',
    type: 'alloc_space',
    snapshot: false,
    says: 'How many heap bytes were made: churn, whether still alive or not.',
  },
  {
    id: 'heap',
    title: 'Heap',
    kind: 'heap',
    type: 'inuse_space',
    snapshot: true,
    says: 'Heap bytes alive after the last garbage collection.',
  },
  {
    id: 'goroutines',
    title: 'Goroutines',
    kind: 'goroutine',
    type: 'goroutine',
    snapshot: true,
    says: 'Where each goroutine stands at this moment.',
  },
  {
    id: 'mutex',
    title: 'Mutex',
    kind: 'mutex',
    type: 'delay',
    snapshot: false,
    says: 'Who made others wait for a lock: the holder, where it unlocks.',
  },
  {
    id: 'block',
    title: 'Block',
    kind: 'block',
    type: 'delay',
    snapshot: false,
    says: 'Who waited, and where: locks, channels, conditions.',
  },
] as const;

export type ProfileView = (typeof PROFILE_VIEWS)[number];
export type ProfileViewId = ProfileView['id'];

export function profileView(id: ProfileViewId): ProfileView {
  return PROFILE_VIEWS.find((view) => view.id === id) ?? PROFILE_VIEWS[0];
}

/** The view that an exercise's own words ask for, e.g. its prediction's kind and type. */
export function viewOfKind(kind: string, type: string): ProfileViewId | undefined {
  const ofKind = PROFILE_VIEWS.filter((view) => view.kind === kind);
  return (ofKind.find((view) => view.type === type) ?? ofKind[0])?.id;
}
