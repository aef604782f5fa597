import { expect, test } from 'vitest';
import { measurePrediction, viewPrediction } from '../../../server/course/index.ts';
import { exercise } from '../../support/evidence.ts';
import { profileFromText } from '../../support/profile-text.ts';

const file = {
  ...exercise(),
  predict: { ...exercise().predict, kind: 'cpu' as const, type: 'cpu', frame: '^main\\.slow$', within: 0.1 },
};
const guess = { frame: 'main.slow', share: 0.25 };

test('the truth is what was measured when it was predicted, whatever profiles say later', () => {
  const measured = { frame: 'main.slow', share: 0.3 };
  expect(viewPrediction(file, { ...guess, measured }).truth).toMatchObject({ ...measured, right: true });
  expect(viewPrediction(file, { ...guess, share: 0.5, measured }).truth).toMatchObject({ right: false });
  expect(viewPrediction(file, { frame: 'main.other', share: 0.3, measured }).truth).toMatchObject({ right: false });
});

test('without a prediction, or before a profile, there is no truth', async () => {
  expect(viewPrediction(file, null)).toMatchObject({ answer: null, truth: null });
  expect(viewPrediction(file, { ...guess, measured: null })).toMatchObject({ answer: guess, truth: null });
  expect(await measurePrediction(file, async () => null)).toBeNull();
});

test('the share is that of all stacks with the frame', async () => {
  const profile = profileFromText('main.main;main.slow 20\nmain.main;main.slow;main.sort 10\nmain.main 70');
  expect(await measurePrediction(file, async () => profile)).toEqual({ frame: 'main.slow', share: 0.3 });
});
