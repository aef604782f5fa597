import { describe, expect, it } from 'vitest';
import type { ProfileFunction } from '../../../server/profile/profile.ts';
import { FunctionReceiver, FunctionSender } from '../../../server/profile/sent-functions.ts';

const fn = (name: string, file = 'a.go'): ProfileFunction => ({ name, systemName: name, file, startLine: 1 });

describe('functions on their way between threads', () => {
  it('go once, then as numbers, and are one object on the other side', () => {
    const [sender, receiver] = [new FunctionSender(), new FunctionReceiver()];
    const first = receiver.receive(sender.send([fn('a'), fn('b')]));
    const sent = sender.send([fn('b'), fn('c')]);
    expect({ numbers: [...sent.numbers], added: sent.added }).toEqual({ numbers: [1, 2], added: [fn('c')] });
    const second = receiver.receive(sent);
    expect(second).toEqual([fn('b'), fn('c')]);
    expect(second[0]).toBe(first[1]);
  });

  it('are told apart by everything that they have', () => {
    const [sender, receiver] = [new FunctionSender(), new FunctionReceiver()];
    const all = [fn('a'), fn('a', 'b.go'), { ...fn('a'), startLine: 2 }, { ...fn('a'), systemName: '_a' }];
    expect(receiver.receive(sender.send(all))).toEqual(all);
    expect(receiver.receive(sender.send(all.toReversed()))).toEqual(all.toReversed());
  });

  it('arrive whatever their number, also many of one name', () => {
    const [sender, receiver] = [new FunctionSender(), new FunctionReceiver()];
    const many = (round: number) => Array.from({ length: 30_000 }, (_, at) => fn(`${round} ${at}`));
    const alike = Array.from({ length: 100 }, (_, at) => fn('same', `${at}.go`));
    const restarts = [0, 1, 2, 3].map((round) => {
      const sent = sender.send([...many(round), ...alike]);
      expect(receiver.receive(sent)).toEqual([...many(round), ...alike]);
      return sent.restart;
    });
    expect(restarts).toEqual([false, false, true, false]);
  });
});
