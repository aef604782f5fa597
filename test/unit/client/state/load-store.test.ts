import { expect, test } from 'vitest';
import { createLoadStore, createNotices } from '../../../../client/state/index.ts';

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test('a dragged slider sends one value at a time and ends with the last', async () => {
  const sent: unknown[] = [];
  const open: (() => void)[] = [];
  const load = createLoadStore(
    {
      driveLoad: (body) => {
        sent.push(body);
        return new Promise((resolve) => open.push(() => resolve([])));
      },
      pauseFleet: async () => null,
    },
    createNotices(),
  );
  load.setRate(100);
  load.setRate(200);
  load.setRate(300);
  expect(load.store.get().wantedRate).toBe(300);
  open[0]?.();
  await settled();
  open[1]?.();
  await settled();
  expect(sent).toEqual([
    { do: 'rate', value: 100 },
    { do: 'rate', value: 300 },
  ]);
  expect(load.store.get().wantedRate).toBeNull();
});
