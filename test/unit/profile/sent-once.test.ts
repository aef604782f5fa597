import { describe, expect, it } from 'vitest';
import { OnceReceiver, OnceSender, type SentOnce } from '../../../server/profile/sent-once.ts';

interface Named {
  readonly name: string;
  readonly line: number;
}

const ends = () => {
  const likeness = {
    hintOf: ({ name }: Named) => name,
    isSame: (a: Named, b: Named) => a.name === b.name && a.line === b.line,
    sizeOf: ({ name }: Named) => name.length,
  };
  const [sender, receiver] = [new OnceSender<Named>(likeness), new OnceReceiver<Named>()];
  const receive = ({ numbers, added }: SentOnce<Named>): Named[] => {
    receiver.add(added);
    return receiver.get(numbers);
  };
  return { sender, receive };
};
const named = (name: string, line = 1): Named => ({ name, line });

describe('things on their way between threads', () => {
  it('go once, then as numbers, and are one object on the other side', () => {
    const { sender, receive } = ends();
    const first = receive(sender.send([named('a'), named('b')]));
    const sent = sender.send([named('b'), named('c')]);
    expect({ numbers: [...sent.numbers], added: sent.added }).toEqual({ numbers: [1, 2], added: [named('c')] });
    const second = receive(sent);
    expect(second).toEqual([named('b'), named('c')]);
    expect(second[0]).toBe(first[1]);
  });

  it('are told apart by more than their hint, also many of one', () => {
    const { sender, receive } = ends();
    const alike = Array.from({ length: 100 }, (_, line) => named('same', line));
    expect(receive(sender.send(alike))).toEqual(alike);
    expect(receive(sender.send(alike.toReversed()))).toEqual(alike.toReversed());
  });
});
