import { expect, test } from 'vitest';
import { createNotices, createOutputStore } from '../../../../client/state/index.ts';
import { appendOutput } from '../../../../client/state/output-store.ts';

function openOutput() {
  let answer = (_task: { task: string }) => {};
  const output = createOutputStore(
    {
      startTask: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
      stopTask: async () => null,
      readLog: async (run) => ({ run, text: 'first\n', dropped: 2 }),
    },
    createNotices(),
  );
  return { output, answer: (task: string) => answer({ task }) };
}

test('output that overtakes the answer naming its task is not lost', async () => {
  const { output, answer } = openOutput();
  const started = output.startTask('search', 'test');
  output.noticeTask({ task: 't1', text: 'ok\n' });
  output.noticeTaskEnd({ task: 't1', exit: 0 });
  answer('t1');
  await started;
  expect(output.store.get().task).toMatchObject({ text: 'ok\n', exit: 0, running: false });
});

test('output of another page’s task is not shown', async () => {
  const { output, answer } = openOutput();
  const started = output.startTask('search', 'bench');
  answer('t1');
  await started;
  output.noticeTask({ task: 'other', text: 'no' });
  output.noticeTask({ task: 't1', text: 'yes' });
  expect(output.store.get().task).toMatchObject({ text: 'yes', running: true });
});

test('a log is read once and then appended to; dropped lines add up', async () => {
  const { output } = openOutput();
  output.noticeLog({ run: 'r1', text: 'before it was opened', dropped: 0 });
  await output.openLog('r1');
  output.noticeLog({ run: 'r1', text: 'second\n', dropped: 3 });
  expect(output.store.get().logs.r1).toEqual({ text: 'first\nsecond\n', cut: 0, dropped: 5 });
});

test('long output is cut at a line’s start and says how much is gone', () => {
  expect(appendOutput({ text: 'aaaa\nbb\n', cut: 1 }, 'cc\n', 8)).toEqual({ text: 'bb\ncc\n', cut: 6 });
});
