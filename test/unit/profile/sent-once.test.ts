import { describe, expect, it } from 'vitest';
import { OnceReceiver, OnceSender } from '../../../server/profile/sent-once.ts';

interface Named {
  readonly name: string;
  readonly line: number;
}

const ends = () => {
  const likeness = {
    hintOf: ({ name }: Named) => name,
    isSame: (a: Named, b: Named) => a.name === b.name && a.line === b.line,
  };
  return { sender: new OnceSender<Named>(likeness), receiver: new OnceReceiver<Named>() };
};
const named = (name: string, line = 1): Named => ({ name, line });

describe('things on their way between threads', () => {
  it('go once, then as numbers, and are one object on the other side', () => {
    const { sender, receiver } = ends();
    const first = receiver.receive(sender.send([named('a'), named('b')]));
    const sent = sender.send([named('b'), named('c')]);
    expect({ numbers: [...sent.numbers], added: sent.added }).toEqual({ numbers: [1, 2], added: [named('c')] });
    const second = receiver.receive(sent);
    expect(second).toEqual([named('b'), named('c')]);
    expect(second[0]).toBe(first[1]);
  });

  it('are told apart by more than their hint, also many of one', () => {
    const { sender, receiver } = ends();
    const alike = Array.from({ length: 100 }, (_, line) => named('same', line));
    expect(receiver.receive(sender.send(alike))).toEqual(alike);
    expect(receiver.receive(sender.send(alike.toReversed()))).toEqual(alike.toReversed());
  });

  it('begin anew when both ends forget', () => {
    const { sender, receiver } = ends();
    receiver.receive(sender.send([named('a')]));
    sender.forget();
    receiver.forget();
    expect(receiver.receive(sender.send([named('b')]))).toEqual([named('b')]);
  });
});
