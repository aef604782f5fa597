/** Changes with every change of the tables or of what their columns mean; a file with another number is set aside. */
export const STORE_FORMAT = 4;

/**
 * The tables. No keys or indexes: ids are given in memory, and rows stand in the order of their arrival, so that the
 * zone maps of the columns find a window's rows.
 *
 *     store_format       a view, as each table with rows takes a block of the file or more
 *     filed              likewise: number of the last batch of the journal that is in the tables, see Journal
 *     new_entries        chunks of the dictionaries, which memory has whole: `count` entries of one of them from id `first` on, see
 *                        encodePlaced, in one column, as three more would take a block; as commits wrote them
 *     packed_entries     those that compaction has written; a table of its own for the same reason as below
 *     entries            both, in columns
 *     windows            one row per profile; below_millis are the nanoseconds of its time beyond at_millis, null when it says none
 *     new_samples        one row per sample and bank, as they arrived; bank b has the values of sample types 4b to 4b + 3
 *     ordered_samples    those that compaction has put in order; a table of its own, as rows that moved within one would leave holes
 *     samples            both
 *     points             metrics
 */
const ENTRIES = '(placed BLOB)';
const SAMPLES = `(win INTEGER, series INTEGER, bank UTINYINT, stack INTEGER, label_set INTEGER,
    v0 BIGINT, v1 BIGINT, v2 BIGINT, v3 BIGINT)`;

/** Bytes of `placed`, from 1 on, as the number that they are. */
const placedNumber = (from: number, to: number): string =>
  `('0x' || hex(array_slice(placed, ${from}, ${to})))::INTEGER`;
export const DICTIONARY_SQL = placedNumber(1, 1);
export const FIRST_SQL = placedNumber(2, 5);
export const COUNT_SQL = placedNumber(6, 9);

export const SCHEMA = `
  CREATE VIEW store_format AS SELECT ${STORE_FORMAT} AS format;
  CREATE VIEW filed AS SELECT 0 AS batch;
  CREATE TABLE new_entries ${ENTRIES};
  CREATE TABLE packed_entries ${ENTRIES};
  CREATE VIEW entries AS SELECT ${DICTIONARY_SQL} AS dictionary, ${FIRST_SQL} AS first, ${COUNT_SQL} AS count, placed
    FROM (SELECT * FROM packed_entries UNION ALL SELECT * FROM new_entries);
  CREATE TABLE windows (id INTEGER, series INTEGER, header INTEGER, at_millis BIGINT, below_millis INTEGER, duration_nanos BIGINT,
    period BIGINT, requests DOUBLE, samples INTEGER, pinned BOOLEAN);
  CREATE TABLE new_samples ${SAMPLES};
  CREATE TABLE ordered_samples ${SAMPLES};
  CREATE VIEW samples AS SELECT * FROM ordered_samples UNION ALL SELECT * FROM new_samples;
  CREATE TABLE points (series INTEGER, at_millis BIGINT, value DOUBLE);
`;

/** Value columns of a row of `samples`. */
export const BANK_WIDTH = 4;
