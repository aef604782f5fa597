import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLedger, type Ledger, listLedgers, readLedger } from '../../../server/fleet/ledger.ts';

const SESSION = '0123456789abcdef0123456789abcdef';
const SERVER = { pid: 9, start: 's9' };

describe('ledger', () => {
  let folder: string;
  let ledger: Ledger;
  let logged: string[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'flamelab-ledger-'));
    logged = [];
    ledger = createLedger({ folder, session: SESSION, server: SERVER, log: (message) => logged.push(message) });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('names the processes of runs that were begun and not ended', () => {
    ledger.begin('1', 'search');
    ledger.record('1', { pid: 10, start: 's10' });
    ledger.begin('2', 'go build');
    ledger.record('2', { pid: 20, start: 's20' });
    ledger.record('1', { pid: 11, start: 's11' });
    ledger.end('2');
    const processes = [
      { pid: 10, start: 's10' },
      { pid: 11, start: 's11' },
    ];
    expect(readLedger(ledger.file)).toEqual({ session: SESSION, server: SERVER, processes });
    expect(listLedgers(folder)).toEqual([ledger.file]);
  });

  it('is read up to a line that a kill cut off, and isn’t taken from a file that is none', () => {
    ledger.begin('1', 'search');
    ledger.record('1', { pid: 10, start: 's10' });
    appendFileSync(ledger.file, '{"run":"1","pid":1');
    expect(readLedger(ledger.file)?.processes).toEqual([{ pid: 10, start: 's10' }]);
    writeFileSync(ledger.file, 'not a ledger\n');
    expect(readLedger(ledger.file)).toBeUndefined();
  });

  it('stays small over many runs and keeps the open ones', () => {
    ledger.begin('open', 'search');
    ledger.record('open', { pid: 10, start: 's10' });
    for (let n = 0; n < 3_000; n++) {
      ledger.begin(String(n), 'gofmt');
      ledger.record(String(n), { pid: 1_000 + n, start: 's' });
      ledger.end(String(n));
    }
    expect(readFileSync(ledger.file, 'utf8').split('\n').length).toBeLessThan(1_100);
    expect(readLedger(ledger.file)?.processes).toEqual([{ pid: 10, start: 's10' }]);
  });

  it('that can not be written stops nothing and is told once', () => {
    rmSync(folder, { recursive: true });
    ledger.begin('1', 'search');
    ledger.end('1');
    expect(logged).toHaveLength(1);
    expect(readLedger(ledger.file)).toBeUndefined();
  });

  it('is removed when it is closed with nothing open, and only then', () => {
    ledger.begin('1', 'search');
    ledger.close();
    expect(existsSync(ledger.file)).toBe(true);
    ledger.end('1');
    ledger.close();
    expect(existsSync(ledger.file)).toBe(false);
  });
});
