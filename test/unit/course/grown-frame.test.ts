import { expect, test } from 'vitest';
import { findGrownFrame } from '../../../server/course/verdict/grown-frame.ts';
import { profileFromText } from '../../support/profile-from-text.ts';

/** Twelve samples, since fewer say nothing. */
const FEW = Array.from({ length: 10 }, () => 'net/http.(*conn).serve 0').join('\n');
const side = (text: string, cost: number) => ({
  profiles: [profileFromText(`${text}\n${FEW}`)],
  type: 'cpu',
  cost,
});

const before = side('serve;main.write;bytes.growSlice 10\nserve;main.ask 90', 100);

test('the own function under which a cost grew is found, with what it calls in libraries', () => {
  const after = side('serve;main.write;bytes.growSlice 75\nserve;main.ask 25', 400);
  expect(findGrownFrame(before, after, 100)).toEqual({ name: 'main.write', growth: 290 });
  expect(findGrownFrame(before, after, 300)).toBeNull();
});

test('taking profiles is nobody’s work, however much of them there is', () => {
  const profiling =
    'bazaar/internal/serve.newHandler.func1;bazaar/internal/serve.newInstruments.(*instruments).countWindow.func1;compress/flate.NewWriter 900';
  const after = side(`serve;main.write;bytes.growSlice 75\nserve;main.ask 25\n${profiling}`, 400);
  expect(findGrownFrame(before, after, 100)).toEqual({ name: 'main.write', growth: 290 });
});

test('answering is work, also where a package of the shop does it', () => {
  const after = side('serve;bazaar/internal/serve.WriteJSON;encoding/json.Marshal 80\nserve;main.ask 20', 400);
  expect(findGrownFrame(before, after, 100)).toEqual({ name: 'bazaar/internal/serve.WriteJSON', growth: 320 });
});
