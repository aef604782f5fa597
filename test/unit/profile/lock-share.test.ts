import { expect, test } from 'vitest';
import { computeLockDelay } from '../../../server/profile/lock-share.ts';
import { profileFromText } from '../../support/profile-from-text.ts';

const isOwn = (name: string): boolean => name.startsWith('main.');

test('a wait belongs to whoever unlocked, and only own functions count as own', () => {
  const profile = profileFromText(`
    main.handle;main.place;sync.(*Mutex).Unlock 30
    main.handle;net/http.(*Transport).put;sync.(*Mutex).Unlock 5
    main.handle;runtime.chansend1;runtime.unlock 5
  `);
  expect(computeLockDelay(profile, 'cpu', isOwn)).toEqual({ own: 30, total: 40 });
});

test('frames within sync do not hide the unlocker', () => {
  const profile = profileFromText('main.a;sync.(*RWMutex).Unlock;sync.(*Mutex).Unlock;internal/sync.(*Mutex).Unlock 7');
  expect(computeLockDelay(profile, 'cpu', isOwn)).toEqual({ own: 7, total: 7 });
});

test('a profile without that type has no delay', () => {
  expect(computeLockDelay(profileFromText('main.a;sync.(*Mutex).Unlock 7'), 'delay', isOwn)).toEqual({
    own: 0,
    total: 0,
  });
});
