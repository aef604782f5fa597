import type { EntryColumns } from './entry-chunk.ts';

/** Texts: their lengths in UTF-8, then all of them. */
export const textColumns: EntryColumns<string> = {
  write(columns, entries) {
    const texts = entries.map(([, text]) => Buffer.from(text, 'utf8'));
    for (const { length } of texts) columns.unsigned(length);
    for (const text of texts) columns.raw(text);
  },
  read(columns, ids) {
    const lengths = ids.map(() => columns.unsigned());
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return lengths.map((length) => decoder.decode(columns.raw(length)));
  },
};
