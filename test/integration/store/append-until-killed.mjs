// Appends profiles until it is killed, and prints the number of each when it is acknowledged.
// Usage: node append-until-killed.mjs DIR PPROF FIRST
import { readFile } from 'node:fs/promises';
import { readProfile } from '../../../dist/server/profile/index.js';
import { openStore } from '../../../dist/server/store/index.js';

const [dir, file, first] = process.argv.slice(2);
const profile = readProfile(await readFile(file));
const clock = { now: () => Date.now(), after: () => () => undefined };
const store = await openStore({ dir, clock, log: (line) => console.error(line) });
let next = Number(first);

async function appendForever() {
  for (;;) {
    const number = next++;
    const labels = { service: 'search', part: `p${number % 7}` };
    const timed = { ...profile, timeNanos: BigInt(number) * 1_000_000n };
    await store.append({ kind: 'cpu', labels, profile: timed, arrivalMillis: 0, requests: 1, sourceBytes: 0 });
    await store.appendMetrics([{ name: 'n', unit: '', labels: {}, atMillis: number, value: number }]);
    process.stdout.write(`${number}\n`);
  }
}
await Promise.all(Array.from({ length: 8 }, appendForever));
