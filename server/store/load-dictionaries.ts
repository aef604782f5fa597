import type { DuckDBConnection } from '@duckdb/node-api';
import { queryRows } from './database.ts';
import { createDictionaries, type Dictionaries, LABEL_USE_TAG, textDictionaries } from './dictionaries.ts';
import { LINE_WIDTH } from './location-dictionary.ts';

/** Reads everything that is stored once into memory. */
export async function loadDictionaries(connection: DuckDBConnection): Promise<Dictionaries> {
  const dictionaries = createDictionaries();
  const byTag = new Map(textDictionaries(dictionaries));
  const texts = await queryRows(connection, 'SELECT dictionary, id, text FROM texts ORDER BY ALL');
  for (let row = 0; row < texts.count; row++) {
    const [tag, id, text] = [texts.number(0, row), texts.number(1, row), texts.text(2, row)];
    if (tag === LABEL_USE_TAG) dictionaries.labelUse.restore(id, Number(text));
    else byTag.get(tag)?.restoreText(id, text);
  }
  await loadLocations(connection, dictionaries);
  const stacks = await queryRows(connection, 'SELECT id, parent, location FROM stacks ORDER BY id');
  for (let row = 0; row < stacks.count; row++) {
    dictionaries.stacks.restore(stacks.number(0, row), stacks.number(1, row), stacks.number(2, row));
  }
  return dictionaries;
}

async function loadLocations(connection: DuckDBConnection, { locations }: Dictionaries): Promise<void> {
  const rows = await queryRows(
    connection,
    'SELECT id, mapping, address, folded, function, line, col FROM locations ORDER BY id, position',
  );
  for (let row = 0; row < rows.count; ) {
    const id = rows.number(0, row);
    const first = row;
    const lines: number[] = [];
    for (; row < rows.count && rows.number(0, row) === id; row++) {
      if (rows.number(4, row) < 0) continue;
      lines.push(rows.number(4, row), rows.number(5, row), rows.number(6, row));
    }
    locations.restore(id, {
      mapping: rows.number(1, first),
      addressLow: Number(BigInt.asIntN(32, rows.bigint(2, first))),
      addressHigh: Number(BigInt.asIntN(32, rows.bigint(2, first) >> 32n)),
      folded: rows.number(3, first) === 1,
      lineCount: lines.length / LINE_WIDTH,
      lines,
    });
  }
}
