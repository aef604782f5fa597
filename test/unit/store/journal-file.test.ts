import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findLeft } from '../../../server/store/journal.ts';
import { JournalFile, readRecords } from '../../../server/store/journal-file.ts';

const PAYLOADS = ['one', '', 'three'].map((text) => new TextEncoder().encode(text));

async function writtenJournal(): Promise<{ path: string; file: JournalFile }> {
  const path = join(await mkdtemp(join(tmpdir(), 'flamelab-journal-')), 'journal');
  const file = await JournalFile.open(path);
  for (const [at, payload] of PAYLOADS.entries()) await file.append({ number: at + 5, payload });
  return { path, file };
}

const textsOf = (bytes: Buffer): string[] =>
  readRecords(bytes).records.map(({ number, payload }) => `${number} ${new TextDecoder().decode(payload)}`);

describe('a journal', () => {
  it('has what was appended, and after it was emptied what came since', async () => {
    const { path, file } = await writtenJournal();
    expect(textsOf(await readFile(path))).toEqual(['5 one', '6 ', '7 three']);
    expect(file.length).toBe((await readFile(path)).length);
    await file.empty();
    await file.append({ number: 8, payload: new Uint8Array(3) });
    expect(textsOf(await readFile(path))).toEqual(['8 \0\0\0']);
    await file.close();
  });

  it('cut anywhere has the records that are whole, and no damage', async () => {
    const { path, file } = await writtenJournal();
    await file.close();
    const bytes = await readFile(path);
    const counts = Array.from({ length: bytes.length + 1 }, (_, length) => {
      const { records, damage } = readRecords(bytes.subarray(0, length));
      expect(damage).toBeNull();
      return records.length;
    });
    expect([...new Set(counts)]).toEqual([0, 1, 2, 3]);
    expect(readRecords(Buffer.concat([bytes, Buffer.alloc(100)]))).toMatchObject({ damage: null });
  });

  it('changed anywhere before its last record is damaged there', async () => {
    const { path, file } = await writtenJournal();
    await file.close();
    const bytes = await readFile(path);
    for (let at = 4; at < 19; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 0x10;
      expect(readRecords(changed), `byte ${at}`).toEqual({
        records: [],
        damage: 'its record at byte 0 is not what was written',
      });
    }
  });

  it('of another database is told by the numbers', async () => {
    const { path, file } = await writtenJournal();
    await file.close();
    const bytes = await readFile(path);
    expect(findLeft([bytes], 7)).toEqual({ batches: [], last: 7, damage: null });
    expect(findLeft([bytes], 3)).toEqual({
      batches: [],
      last: 3,
      damage: 'it goes on with batch 5 after 3, which is the last known',
    });
    expect(findLeft([bytes], 4).damage).toContain("its batch 5 can't be read");
  });
});
