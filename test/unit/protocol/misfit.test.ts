import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { newTarget, parseInput, routeBodies, sentenceOf } from '../../../protocol/index.ts';

function refusalOf(schema: z.ZodType, input: unknown): string[] {
  let sentences: string[] = [];
  try {
    parseInput(schema, input, (first, all) => {
      sentences = all.map((misfit) => sentenceOf(misfit, 'the body'));
      expect(sentences[0]).toBe(sentenceOf(first, 'the body'));
      return new Error('refused');
    });
  } catch {}
  return sentences;
}

const url = 'http://127.0.0.1:6060';

describe('what a schema refuses is said as where, seen and expected', () => {
  it.each<[z.ZodType, unknown, string]>([
    [newTarget, {}, 'url: seen nothing, expected text'],
    [newTarget, [], 'the body: seen [], expected an object'],
    [newTarget, { url, name: 'a b' }, 'name: seen "a b", expected letters, digits, dot, _ and -, at most 64'],
    [newTarget, { url, kinds: ['cpu', 5] }, 'kinds[1]: seen 5, expected text'],
    [
      newTarget,
      { url, kinds: ['CPU'] },
      'kinds[0]: seen "CPU", expected a lower-case word such as cpu, allocs or heap',
    ],
    [newTarget, { url, kinds: [] }, 'kinds: seen 0 items, expected at least 1 item'],
    [newTarget, { url: 'x'.repeat(2_001) }, 'url: seen 2001 characters, expected at most 2000 characters'],
    [newTarget, { url, intervalSeconds: '10s' }, 'intervalSeconds: seen "10s", expected a number'],
    [newTarget, { url, intervalSeconds: 0.5 }, 'intervalSeconds: seen 0.5, expected at least 1'],
    [newTarget, { url, windowSeconds: 1.5 }, 'windowSeconds: seen 1.5, expected a whole number'],
    [
      newTarget,
      { url, labels: { 'a-b': 'x' } },
      'labels.a-b: seen as a name, expected letters, digits and _, no digit first, at most 64',
    ],
    [newTarget, { url, sampling: { when: 1 } }, 'sampling.when: not known here, expected one of time, always'],
    [routeBodies['POST /api/fleet'], { do: 'stop' }, 'do: seen "stop", expected one of pause, resume'],
    [routeBodies['POST /api/load'], { do: 'stop' }, 'do: seen "stop", expected one of rate, burst, pause, resume, one'],
    [routeBodies['POST /api/load'], {}, 'do: seen nothing, expected one of rate, burst, pause, resume, one'],
    [z.base64(), '*', 'the body: seen "*", expected base64'],
    [z.literal('bundle'), null, 'the body: seen null, expected "bundle"'],
    [z.union([z.string(), z.number()]), true, 'the body: seen true, expected text'],
    [z.string().max(3), { a: 'x'.repeat(200) }, `the body: seen {"a":"${'x'.repeat(94)}…, expected text`],
  ])('%#', (schema, input, sentence) => expect(refusalOf(schema, input)[0]).toBe(sentence));

  it('has all of it', () => {
    expect(refusalOf(newTarget, { url: 1, name: '' })).toHaveLength(2);
  });

  it('is nothing when the input fits', () => {
    expect(parseInput(newTarget, { url }, () => new Error('refused'))).toEqual({ url });
  });
});
