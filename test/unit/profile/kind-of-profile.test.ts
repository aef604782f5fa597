import { expect, test } from 'vitest';
import { kindOfProfile } from '../../../server/profile/kind-of-profile.ts';
import { profileFromText } from '../../support/profile-text.ts';

const GO_HEAP = ['alloc_objects/count', 'alloc_space/bytes', 'inuse_objects/count', 'inuse_space/bytes'];
const DELAYS = ['contentions/count', 'delay/nanoseconds'];

test.each([
  ['cpu', 'x.pb', ['samples/count', 'cpu/nanoseconds'], 'main.main 1 10'],
  ['heap', 'x.pb', GO_HEAP, 'main.main 1 2 3 4'],
  ['allocs', 'my-allocs.pb', GO_HEAP, 'main.main 1 2 3 4'],
  ['mutex', 'x.pb', DELAYS, 'main.main;sync.(*Mutex).Unlock 1 10'],
  ['mutex', 'x.pb', DELAYS, 'main.main;sync.(*RWMutex).RUnlock 1 10'],
  ['block', 'x.pb', DELAYS, 'main.main;runtime.chanrecv1 1 10'],
  ['block', 'block.pb', DELAYS, 'main.main;sync.(*Mutex).Unlock 1 10'],
  ['goroutine', 'x.pb', ['goroutine/count'], 'main.main 1'],
  ['wall-time', 'x.pb', ['Wall time/ms'], 'main.main 1'],
  ['other', 'x.pb', ['時間/ms'], 'main.main 1'],
])('%s: a file %s that measures %s', (kind, name, types, text) => {
  expect(kindOfProfile(profileFromText(text, { types }), name)).toBe(kind);
});

test('Go names alloc_space as the default of what it calls allocs', () => {
  const profile = profileFromText('main.main 1 2 3 4', { types: GO_HEAP });
  expect(kindOfProfile({ ...profile, defaultSampleType: 'alloc_space' }, 'x.pb')).toBe('allocs');
});
