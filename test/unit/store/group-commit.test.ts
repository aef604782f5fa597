import { describe, expect, it } from 'vitest';
import { createGroupCommit } from '../../../server/store/group-commit.ts';

/** A commit that waits until it is let through. */
function createStepper(options: { maxBatchWeight?: number; maxQueued?: number; patienceMillis?: number } = {}) {
  const batches: string[][] = [];
  const gates: { pass(): void; fail(error: Error): void }[] = [];
  const commits = createGroupCommit<string, string>({
    weightOf: (item) => item.length,
    maxBatchWeight: options.maxBatchWeight ?? 100,
    maxQueued: options.maxQueued ?? 100,
    patienceMillis: options.patienceMillis ?? 3_600_000,
    commit: (items) =>
      new Promise((resolve, reject) => {
        batches.push([...items]);
        gates.push({ pass: () => resolve(items.map((item) => item.toUpperCase())), fail: reject });
      }),
  });
  const next = async () => {
    while (gates.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const gate = gates.shift();
    if (gate === undefined) throw new Error('no commit is waiting');
    return gate;
  };
  return { batches, commits, next };
}

describe('createGroupCommit', () => {
  it('batches what arrives while a commit runs, and answers each', async () => {
    const { batches, commits, next } = createStepper();
    const first = commits.add('a');
    const gate = await next();
    const rest = ['b', 'c', 'd'].map((item) => commits.add(item));
    gate.pass();
    (await next()).pass();
    expect(await Promise.all([first, ...rest])).toEqual(['A', 'B', 'C', 'D']);
    expect(batches).toEqual([['a'], ['b', 'c', 'd']]);
  });

  it('lets a patient item wait for one that is not', async () => {
    const { batches, commits, next } = createStepper();
    const patient = commits.add('a', { patient: true });
    const other = commits.add('b');
    (await next()).pass();
    expect(await Promise.all([patient, other])).toEqual(['A', 'B']);
    expect(batches).toEqual([['a', 'b']]);
  });

  it('commits a patient item when nothing else comes, and when it closes', async () => {
    const short = createStepper({ patienceMillis: 1 });
    const alone = short.commits.add('a', { patient: true });
    (await short.next()).pass();
    expect(await alone).toBe('A');
    const long = createStepper();
    const last = long.commits.add('b', { patient: true });
    const closed = long.commits.close();
    (await long.next()).pass();
    expect(await last).toBe('B');
    await closed;
  });

  it('keeps batches to their weight, but always takes one', async () => {
    const { batches, commits, next } = createStepper({ maxBatchWeight: 3 });
    const all = Promise.all(['aaaaa', 'b', 'cc', 'd'].map((item) => commits.add(item)));
    for (let batch = 0; batch < 3; batch++) (await next()).pass();
    await all;
    expect(batches).toEqual([['aaaaa'], ['b', 'cc'], ['d']]);
  });

  it('fails a batch as a whole and goes on', async () => {
    const { commits, next } = createStepper();
    const failing = commits.add('a').catch((error: unknown) => error);
    (await next()).fail(new Error('disk'));
    expect(await failing).toEqual(new Error('disk'));
    const after = commits.add('b');
    (await next()).pass();
    expect(await after).toBe('B');
  });

  it('refuses more than fits in the queue', async () => {
    const { commits, next } = createStepper({ maxQueued: 1 });
    const first = commits.add('a');
    const gate = await next();
    const second = commits.add('b');
    await expect(commits.add('c')).rejects.toMatchObject({ code: 'busy' });
    gate.pass();
    (await next()).pass();
    expect(await Promise.all([first, second])).toEqual(['A', 'B']);
  });

  it('runs tasks alone and finishes what it took before it closes', async () => {
    const { batches, commits, next } = createStepper();
    const added = commits.add('a');
    const gate = await next();
    const task = commits.exclusive(async () => batches.push(['task']));
    const later = commits.add('b');
    const closed = commits.close();
    await expect(commits.add('c')).rejects.toMatchObject({ code: 'internal' });
    gate.pass();
    (await next()).pass();
    await Promise.all([added, task, later, closed]);
    expect(batches).toEqual([['a'], ['task'], ['b']]);
  });
});
