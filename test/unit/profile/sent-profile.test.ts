import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_PROFILE_LIMITS,
  gunzipProfile,
  type Profile,
  type StackNumbers,
  writeProfile,
} from '../../../server/profile/index.ts';
import { type NumberedProfile, readNumberedProfile } from '../../../server/profile/read-profile.ts';
import { ProfileReceiver, ProfileSender } from '../../../server/profile/sent-profile.ts';
import { meaningOf, stackText } from '../../support/meaning-of-profile.ts';
import { ProfileBuilder } from '../../support/profile-builder.ts';
import { randomProfile } from '../../support/random-profile.ts';

/** Sends a profile as the threads do: columns in one buffer, the rest copied. */
function openWay() {
  const [sender, receiver] = [new ProfileSender(), new ProfileReceiver()];
  return (profile: Profile, numbered = readAgain(profile)): Profile => {
    const sent = sender.send(numbered);
    return receiver.receive(structuredClone(sent, { transfer: [sent.columns.buffer] }));
  };
}

/** As the reader of the threads gives it. */
const readAgain = (profile: Profile): NumberedProfile =>
  readNumberedProfile(gunzipProfile(writeProfile(profile)), DEFAULT_PROFILE_LIMITS);

/** Beyond the reader's limits: its functions have no numbers. */
const unread = (profile: Profile): NumberedProfile => ({ profile, functionNumbers: { numbering: {}, ofItem: [] } });

const numbersOf = ({ stackNumbers }: Profile): StackNumbers => {
  if (stackNumbers === undefined) throw new Error('a received profile has no numbers');
  return stackNumbers;
};

interface Look {
  readonly startLine: number;
  readonly buildId: string;
  readonly address: bigint;
  readonly folded: boolean;
  readonly line: number;
  readonly column: number;
  readonly depth: number;
}

const LOOK: Look = { startLine: 1, buildId: 'b', address: 0x401000n, folded: false, line: 7, column: 2, depth: 1 };
/** Each differs from the first in one thing alone. */
const ALMOST_ALIKE: readonly Look[] = [
  LOOK,
  { ...LOOK, startLine: 2 },
  { ...LOOK, buildId: 'c' },
  { ...LOOK, address: LOOK.address + (1n << 32n) },
  { ...LOOK, folded: true },
  { ...LOOK, line: 2 ** 40 },
  { ...LOOK, column: 3 },
  { ...LOOK, depth: 2 },
];

function profileOf({ startLine, buildId, address, folded, line, column, depth }: Look): Profile {
  const builder = new ProfileBuilder([{ type: 'cpu', unit: 'nanoseconds' }]);
  const functionIndex = builder.function('main.a', 'a.go', startLine);
  const mapping = builder.mapping({ file: 'program', buildId });
  const location = builder.location('a', { mapping, address, folded, lines: [{ functionIndex, line, column }] });
  builder.addSample(
    Array.from({ length: depth }, () => location),
    [1n],
  );
  return builder.build();
}

describe('profiles on their way between threads', () => {
  it('arrive as they were sent, whatever came before', () => {
    const send = openWay();
    for (let round = 0; round < 2; round++) {
      for (let seed = 1; seed <= 60; seed++) {
        const { profile } = readAgain(randomProfile(seed));
        expect(meaningOf(send(profile)), `seed ${seed}`).toEqual(meaningOf(profile));
      }
    }
  });

  it('have one number for a stack that comes again, and another for one that differs in anything', () => {
    const send = openWay();
    const first = ALMOST_ALIKE.map((look) => numbersOf(send(profileOf(look))).ofStack[0]);
    expect(new Set(first).size).toBe(ALMOST_ALIKE.length);
    expect(ALMOST_ALIKE.map((look) => numbersOf(send(profileOf(look))).ofStack[0])).toEqual(first);
  });

  it('never have one number for two stacks', () => {
    const send = openWay();
    const textByNumber = new Map<number, string>();
    for (let seed = 1; seed <= 60; seed++) {
      const received = send(randomProfile(seed));
      numbersOf(received).ofStack.forEach((number, stack) => {
        const text = stackText(received, stack);
        expect(textByNumber.get(number) ?? text, `seed ${seed}`).toBe(text);
        textByNumber.set(number, text);
      });
    }
    expect(textByNumber.size).toBeGreaterThan(100);
  });

  it('get numbers of another numbering once there are too many', () => {
    const send = openWay();
    const many = (round: number): Profile => {
      const builder = new ProfileBuilder([{ type: 'cpu', unit: 'nanoseconds' }]);
      for (let at = 0; at < 30_000; at++) {
        const functionIndex = builder.function(`main.f${round}_${at}`, 'a.go');
        const lines = [{ functionIndex, line: 1 }];
        builder.addSample([builder.location(`${at}`, { mapping: -1, address: BigInt(at), lines })], [1n]);
      }
      return builder.build();
    };
    const numberings = [0, 1, 2].map((round) => {
      const profile = many(round);
      const received = send(profile, unread(profile));
      if (round === 2) expect(isDeepStrictEqual(meaningOf(received), meaningOf(profile))).toBe(true);
      return numbersOf(received).numbering;
    });
    expect(numberings[1]).toBe(numberings[0]);
    expect(numberings[2]).not.toBe(numberings[1]);
  });

  it.each([
    [
      'texts are too long, whatever has them',
      1,
      (builder: ProfileBuilder) => {
        for (let at = 0; at < 9; at++) {
          const lines = [{ functionIndex: builder.function(`main.f${at}`, `${at}`.repeat(1_000_000)), line: 1 }];
          builder.addSample([builder.location(`${at}`, { mapping: -1, address: BigInt(at), lines })], [1n]);
        }
      },
    ],
    [
      'stacks are too deep',
      3,
      (builder: ProfileBuilder, round: number) => {
        const location = builder.location('a', { mapping: -1, address: 1n, lines: [] });
        for (let at = 0; at < 100; at++)
          builder.addSample(Array(30_000 + 100 * round + at).fill(location) as number[], [1n]);
      },
    ],
  ])('get numbers of another numbering once %s', (_, rounds, build) => {
    const send = openWay();
    const numberings = Array.from({ length: rounds + 1 }, (_each, round) => {
      const builder = new ProfileBuilder([{ type: 'cpu', unit: 'nanoseconds' }]);
      build(builder, round);
      const profile = builder.build();
      return numbersOf(send(profile, unread(profile))).numbering;
    });
    expect(new Set(numberings.slice(0, -1)).size).toBe(1);
    expect(numberings.at(-1)).not.toBe(numberings[0]);
  });
});
