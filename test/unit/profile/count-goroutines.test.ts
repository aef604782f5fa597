import { expect, test } from 'vitest';
import { countGoroutines } from '../../../server/profile/count-goroutines.ts';
import { profileFromText } from '../../support/profile-from-text.ts';

const isOwn = (name: string): boolean => name.startsWith('main.');
const count = (text: string) => {
  const { total, byFunction } = countGoroutines(profileFromText(text), isOwn);
  return { total, ...Object.fromEntries(byFunction) };
};

test('connections of the server do not count, but handlers that are still at work do', () => {
  const counts = count(`
    net/http.(*conn).serve;net.(*conn).Read 8
    net/http.(*connReader).backgroundRead;net.(*conn).Read 3
    net/http.(*conn).serve;main.handle;runtime.chanrecv1 2
    main.notify.func1;runtime.chansend1 340
    sync.(*WaitGroup).Wait;runtime.semacquire 5
  `);
  expect(counts).toEqual({ total: 347, 'main.handle': 2, 'main.notify.func1': 340, 'sync.(*WaitGroup).Wait': 5 });
});

test('a goroutine without any frame is just starting or ending', () => {
  const profile = profileFromText('main.a 3\nmain.b 2');
  const start = Uint32Array.from([0, 0, 1]);
  expect(countGoroutines({ ...profile, stacks: { ...profile.stacks, start } }, isOwn).total).toBe(2);
});

test('a goroutine belongs to the innermost own function, and stacks of one function are added up', () => {
  const counts = count(`
    main.start;main.relay;runtime.chanrecv1 1
    main.other;main.relay;runtime.selectgo 2
  `);
  expect(counts).toEqual({ total: 3, 'main.relay': 3 });
});
