import { expect, test } from 'vitest';
import { calibrate } from '../../../server/course/index.ts';

test('the right frame loses two points for each percentage point of its width; another frame has none', () => {
  expect(
    calibrate([
      { isFrame: true, guessed: 0.4, measured: 0.5 },
      { isFrame: true, guessed: 0.5, measured: 0.5 },
      { isFrame: false, guessed: 0.5, measured: 0.5 },
      { isFrame: true, guessed: 0, measured: 0.9 },
    ]),
  ).toEqual({ predictions: 4, frames: 3, error: expect.closeTo(1 / 3), score: expect.closeTo(45) });
});

test('without a right frame there is no error; without predictions there is nothing', () => {
  expect(calibrate([{ isFrame: false, guessed: 0, measured: 0 }])).toMatchObject({ frames: 0, error: null, score: 0 });
  expect(calibrate([])).toBeNull();
});
