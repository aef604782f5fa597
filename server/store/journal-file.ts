import { writeSync } from 'node:fs';
import { constants, type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

/** What was appended at once; numbers ascend by one. */
export interface JournalRecord {
  readonly number: number;
  readonly payload: Uint8Array;
}

/** Length of the payload, CRC-32 of all that follows it, number of the record: little endian. */
const HEAD_BYTES = 16;

/**
 * A file of records, durable one by one, that is emptied now and then.
 *
 *     length 4 │ crc 4 │ number 8 │ payload │ length │ crc │ …
 */
export class JournalFile {
  private readonly handle: FileHandle;
  /** Bytes of what is durable; what may stand behind is no record, and is written over. */
  length = 0;

  private constructor(handle: FileHandle) {
    this.handle = handle;
  }

  /** Makes one if there is none; what one has is to be read before, and is written over. */
  static async open(path: string): Promise<JournalFile> {
    return new JournalFile(await open(path, constants.O_RDWR | constants.O_CREAT));
  }

  /** Resolves when it is durable. When it rejects, the file is as before. */
  async append({ number, payload }: JournalRecord): Promise<void> {
    const record = Buffer.allocUnsafe(HEAD_BYTES + payload.length);
    record.writeUInt32LE(payload.length, 0);
    record.writeBigUInt64LE(BigInt(number), 8);
    record.set(payload, HEAD_BYTES);
    record.writeUInt32LE(crc32(record.subarray(8)), 4);
    try {
      // At once: it goes into the system's memory, which takes less time than asking another thread to do it.
      for (let written = 0; written < record.length; )
        written += writeSync(this.handle.fd, record, written, record.length - written, this.length + written);
      await this.handle.datasync();
    } catch (error) {
      await this.handle.truncate(this.length).catch(() => undefined);
      throw error;
    }
    this.length += record.length;
  }

  async empty(): Promise<void> {
    await this.handle.truncate(0);
    this.length = 0;
  }

  async close(): Promise<void> {
    await this.handle.close();
  }
}

/**
 * A process that ends while it appends leaves a part of a record, or zeros, at the end: that was never acknowledged. Anything
 * else that isn't a record is damage.
 */
export function readRecords(bytes: Buffer): { records: JournalRecord[]; damage: string | null } {
  const records: JournalRecord[] = [];
  let at = 0;
  while (at + HEAD_BYTES <= bytes.length) {
    const end = at + HEAD_BYTES + bytes.readUInt32LE(at);
    if (end > bytes.length) break;
    if (crc32(bytes.subarray(at + 8, end)) !== bytes.readUInt32LE(at + 4)) {
      const isEnd = end === bytes.length || bytes.subarray(at).every((byte) => byte === 0);
      return { records, damage: isEnd ? null : `its record at byte ${at} is not what was written` };
    }
    records.push({ number: Number(bytes.readBigUInt64LE(at + 8)), payload: bytes.subarray(at + HEAD_BYTES, end) });
    at = end;
  }
  return { records, damage: null };
}
