import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../server/errors.ts';
import { lockFolder } from '../../../server/store/folder-lock.ts';
import { STORE_FORMAT } from '../../../server/store/schema.ts';
import { runCrashRounds } from '../../support/crash/crash-rounds.ts';
import { appendAndKill } from '../../support/crash/killed-appender.ts';
import { createHandClock } from '../../support/hand-clock.ts';
import { drawnProfile, openTestStore, select, startsOf, sumsAsText, temporaryFolder } from './store-fixture.ts';

const FILE = 'profiles.duckdb';

describe('a store whose process is killed with -9', () => {
  it('has everything that was acknowledged, 20 times, killed inside commits, filing and compactions', async () => {
    const { acknowledged, lost, inside, said } = await runCrashRounds(await temporaryFolder(), 20);
    expect({ lost, said }).toEqual({ lost: [], said: [] });
    expect(acknowledged).toBeGreaterThan(100);
    expect(inside.commit).toBeGreaterThan(0);
    expect(inside.filing).toBeGreaterThan(0);
    expect(inside.compaction).toBeGreaterThan(0);
  });
});

describe('a damaged store', () => {
  const soundStore = async (): Promise<string> => {
    const store = await openTestStore();
    for (let at = 0; at < 40; at++) await store.append(drawnProfile(`main;f${at} ${at} 1`, { timeMillis: 1_000 + at }));
    await store.close();
    return store.dir;
  };
  const flip = async (file: string, position: number): Promise<void> => {
    const bytes = await readFile(file);
    bytes[position] = (bytes[position] ?? 0) ^ 0xff;
    await writeFile(file, bytes);
  };
  const sizeOf = async (file: string): Promise<number> => (await stat(file)).size;

  it.each<[string, (file: string) => Promise<void>]>([
    ['emptied', (file) => truncate(file, 0)],
    ['cut in its header', (file) => truncate(file, 5_000)],
    ['cut in the middle', async (file) => truncate(file, Math.floor((await sizeOf(file)) / 2))],
    ['flipped in its first block', (file) => flip(file, 9)],
    ['flipped in its data', async (file) => flip(file, (await sizeOf(file)) - 250_000)],
    ['something else', (file) => writeFile(file, 'hello')],
  ])('that is %s is moved aside, named, and an empty one works; twice', async (_, damage) => {
    const dir = await soundStore();
    const file = join(dir, FILE);
    const damaged = join(dir, 'damaged-copy');
    await damage(file);
    await copyFile(file, damaged);
    const clock = createHandClock(1_800_000_000_000);
    for (let time = 0; time < 2; time++) {
      const store = await openTestStore({ dir, clock });
      expect(store.lines.join('\n')).toContain(`${file} was moved aside to ${file}.damaged-`);
      expect((await store.stats()).profiles).toBe(0);
      await store.append(drawnProfile('main 1 1'));
      expect(sumsAsText(await store.sumByStack(select(), null))).toEqual(['main 1']);
      await store.close();
      await copyFile(damaged, file);
    }
    const aside = (await readdir(dir)).filter((name) => name.startsWith(`${FILE}.damaged-`));
    expect(aside).toHaveLength(2);
    const contents = await Promise.all(aside.map((name) => readFile(join(dir, name))));
    expect(contents.every((content) => content.equals(contents[0] ?? Buffer.alloc(0)))).toBe(true);
  });

  it('loses its log alone when the log is damaged, and what followed it in the journal', async () => {
    const dir = await soundStore();
    await appendAndKill(dir, 1_000_000, { on: 'compaction begins', count: 1 });
    const log = join(dir, `${FILE}.wal`);
    await flip(log, Math.floor((await sizeOf(log)) / 2));
    const store = await openTestStore({ dir });
    expect(store.lines[0]).toContain(`${log} was moved aside to ${log}.damaged-`);
    for (const line of store.lines.slice(1))
      expect(line).toMatch(/journal-[12]\.damaged-.*: it goes on with batch \d+ after \d+/);
    expect(existsSync(join(dir, FILE))).toBe(true);
    expect((await store.stats()).profiles).toBe(40);
    await store.append(drawnProfile('main 1 1', { timeMillis: 2_000 }));
    expect((await startsOf(store)).at(-1)).toBe(2_000);
  });

  it('whose bytes change under an unchanged date is found out when it is read, and moved aside at the next start', async () => {
    const dir = await soundStore();
    const file = join(dir, FILE);
    const { atime, mtime } = await stat(file);
    for (let position = Math.floor((await sizeOf(file)) / 2); position < (await sizeOf(file)); position += 10_000)
      await flip(file, position);
    await utimes(file, atime, mtime);
    const unclean = await openTestStore({ dir });
    await unclean.sumByStack(select(), null).catch((error: unknown) => expect(error).toBeInstanceOf(AppError));
    await unclean.close();
    const next = await openTestStore({ dir });
    expect([...unclean.lines, ...next.lines].join()).toContain(`${file}.damaged-`);
    await next.append(drawnProfile('main 1 1'));
  });

  it('whose chunks of entries are not what was written is moved aside, though the database finds no fault', async () => {
    const dir = await soundStore();
    const instance = await DuckDBInstance.create(join(dir, FILE));
    const connection = await instance.connect();
    const garbled = (await connection.runAndReadAll('SELECT placed FROM entries WHERE dictionary = 10')).getRows();
    expect(garbled.length).toBeGreaterThan(0);
    await connection.run(
      `UPDATE new_entries SET placed = array_slice(placed, 1, 10) WHERE array_slice(placed, 1, 1) = '\\x0A'::BLOB`,
    );
    connection.closeSync();
    instance.closeSync();
    const store = await openTestStore({ dir });
    expect(store.lines.join()).toContain(`${FILE}.damaged-`);
    expect(store.lines.join()).toContain('the chunk of entries from 1 on is damaged');
    expect((await store.stats()).profiles).toBe(0);
  });

  const JOURNAL = 'profiles.journal-1';
  /** Some profiles in the database, 30 or more in the journal. */
  const killedStore = async (): Promise<{ dir: string; journal: string; acknowledged: number }> => {
    const dir = await soundStore();
    const { acknowledged } = await appendAndKill(dir, 1_000_000, { on: 'a', count: 30 });
    return { dir, journal: join(dir, JOURNAL), acknowledged: acknowledged.length };
  };

  it('whose journal is damaged keeps what stands before the damage, and moves the journal aside', async () => {
    const { dir, journal } = await killedStore();
    await flip(journal, Math.floor((await sizeOf(journal)) / 2));
    const store = await openTestStore({ dir });
    expect(store.lines).toHaveLength(1);
    expect(store.lines[0]).toContain(`${journal} was moved aside to ${journal}.damaged-`);
    expect(store.lines[0]).toMatch(/its record at byte \d+ is not what was written; \d+ of the batches are taken/);
    const { profiles } = await store.stats();
    expect(profiles).toBeGreaterThan(40);
    expect(profiles).toBeLessThan(70);
    await store.append(drawnProfile('main 1 1', { timeMillis: 9_000_000_000 }));
    expect((await startsOf(store)).at(-1)).toBe(9_000_000_000);
  });

  it('has nothing to say of a record that was being appended when the machine stopped', async () => {
    const { dir, journal, acknowledged } = await killedStore();
    await writeFile(journal, Buffer.concat([await readFile(journal), Buffer.from([9, 0, 0, 0, 1])]));
    const store = await openTestStore({ dir });
    expect(store.lines).toEqual([]);
    expect((await store.stats()).profiles).toBeGreaterThanOrEqual(40 + acknowledged);
  });

  it('does not take the journal of another file', async () => {
    const { dir, journal } = await killedStore();
    const stranger = await openTestStore();
    await stranger.append(drawnProfile('main 1 1'));
    await stranger.close();
    await copyFile(join(stranger.dir, FILE), join(dir, FILE));
    await rm(join(dir, `${FILE}.wal`), { force: true });
    const store = await openTestStore({ dir });
    expect(store.lines.join()).toContain(`${journal} was moved aside to ${journal}.damaged-`);
    expect(store.lines.join()).toMatch(/it goes on with batch \d+ after 1, which is the last known/);
    expect((await store.stats()).profiles).toBe(1);
  });

  it('is what a log without a file is', async () => {
    const dir = await temporaryFolder();
    await writeFile(join(dir, `${FILE}.wal`), 'left over');
    const store = await openTestStore({ dir });
    expect(store.lines[0]).toContain('.wal.damaged-');
    expect(await store.kinds()).toEqual([]);
  });

  it.each([0, 1, 2, 3, STORE_FORMAT + 1])('is set aside, not read, with store format %i', async (format) => {
    const dir = await temporaryFolder();
    await mkdir(dir, { recursive: true });
    const instance = await DuckDBInstance.create(join(dir, FILE));
    const connection = await instance.connect();
    await connection.run('CREATE TABLE store_format (format INTEGER)');
    await connection.run(`INSERT INTO store_format VALUES (${format})`);
    connection.closeSync();
    instance.closeSync();
    const store = await openTestStore({ dir });
    expect(store.lines[0]).toContain(`${FILE}.format-${format}-`);
    expect(await store.kinds()).toEqual([]);
  });
});

describe('a data folder', () => {
  it('has one store: the second is told the pid of the first', async () => {
    const first = await openTestStore();
    const refusal = await openTestStore({ dir: first.dir }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(AppError);
    expect(refusal).toMatchObject({ code: 'busy', detail: { pid: process.pid } });
    await first.append(drawnProfile('main 1 1'));
    await first.close();
    const next = await openTestStore({ dir: first.dir });
    expect((await next.stats()).profiles).toBe(1);
  });

  it('is free again when its holder was killed, for exactly one of those who want it', async () => {
    const dir = await temporaryFolder();
    const { acknowledged } = await appendAndKill(dir, 1, { on: 'a', count: 2 });
    const opened = await Promise.allSettled(Array.from({ length: 5 }, () => openTestStore({ dir })));
    const stores = opened.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(stores).toHaveLength(1);
    expect((await stores[0]?.stats())?.profiles).toBeGreaterThanOrEqual(acknowledged.length);
  });

  it('goes to one of many that take, release and look at the same moment', async () => {
    const dir = await temporaryFolder();
    let holders = 0;
    let most = 0;
    let taken = 0;
    const wish = async (): Promise<void> => {
      for (let round = 0; round < 40; round++) {
        const lock = await lockFolder(dir).catch(() => null);
        if (lock === null) continue;
        taken++;
        most = Math.max(most, ++holders);
        await readdir(dir);
        holders--;
        if (round % 2 === 0) await lock.release();
        else await leaveDead(dir);
      }
    };
    await Promise.all(Array.from({ length: 8 }, wish));
    expect(taken).toBeGreaterThan(20);
    expect(most).toBe(1);
    expect((await readdir(dir)).filter((name) => name.startsWith('store.lock'))).toHaveLength(1);
  });

  it('is not held by a process that only has the pid of a former holder', async () => {
    const dir = await temporaryFolder();
    await writeFile(join(dir, 'store.lock.1'), JSON.stringify({ pid: process.ppid, started: '1' }));
    const store = await openTestStore({ dir });
    expect(await store.kinds()).toEqual([]);
  });
});

/** As a holder that was killed leaves its file. */
async function leaveDead(dir: string): Promise<void> {
  const numbers = (await readdir(dir)).flatMap((name) => /^store\.lock\.(\d+)$/.exec(name)?.[1] ?? []).map(Number);
  const dead = join(dir, 'dead');
  await writeFile(dead, JSON.stringify({ pid: process.ppid, started: '1' }));
  await rename(dead, join(dir, `store.lock.${Math.max(...numbers)}`));
}
