// Appends profiles until it is killed, and compacts meanwhile. Each line of stdout is written before anything else happens:
//   a 17            the profile and the point with this number are acknowledged
//   commit begins   … and `ends`; the same for `filing` and `compaction`
// Every profile names a function of its own, so that the dictionaries grow with every commit.
// Usage: node append-until-killed.mjs DIR PPROF FIRST
import { writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { systemClock } from '../../../dist/server/clock.js';
import { readProfile } from '../../../dist/server/profile/index.js';
import { openStore } from '../../../dist/server/store/index.js';

const [dir, file, first] = process.argv.slice(2);
const profile = readProfile(await readFile(file));
const store = await openStore({
  dir,
  clock: systemClock,
  log: (line) => console.error(line),
  limits: { compactRows: 200, compactEveryMillis: 5 },
  onWork: (work, edge) => writeSync(1, `${work} ${edge}\n`),
});
let next = Number(first);

async function appendForever() {
  for (;;) {
    const number = next++;
    const labels = { service: 'search', part: `p${number % 7}` };
    const functions = profile.functions.map((fn) => (fn.name === 'a' ? { ...fn, name: `a${number}` } : fn));
    const own = { ...profile, functions, timeNanos: BigInt(number) * 1_000_000n };
    await Promise.all([
      store.append({ kind: 'cpu', labels, profile: own, arrivalMillis: 0, requests: 1 }),
      store.appendMetrics([{ name: 'n', unit: '', labels: {}, atMillis: number, value: number }]),
    ]);
    writeSync(1, `a ${number}\n`);
  }
}
await Promise.all(Array.from({ length: 8 }, appendForever));
