/**
 * A server process that owns runs, for tests that kill it: `node fleet-server.mjs DATA BINARY MODE…` prints one line when all
 * its runs are up, and then waits. Needs the build (dist/).
 */
const [data, binary, ...modes] = process.argv.slice(2);
const { createSupervisor, DEFAULT_FLEET_LIMITS } = await import('../../dist/server/fleet/index.js');
const { systemClock } = await import('../../dist/server/clock.js');

const log = (message) => process.stderr.write(`${message}\n`);
const supervisor = createSupervisor({ dataDir: data, clock: systemClock, log, limits: DEFAULT_FLEET_LIMITS });
const swept = await supervisor.sweep();
const runs = modes.map((mode) => {
  return supervisor.start({ service: 'tiny', instance: mode, version: 'v', role: 'fleet', binary, args: [mode] });
});
await Promise.all(runs.map((run) => run.ready));
process.stdout.write(`${JSON.stringify({ pid: process.pid, swept: swept.ended })}\n`);
process.stdin.resume();
process.stdin.once('end', async () => {
  await supervisor.dispose();
  process.exit(0);
});
