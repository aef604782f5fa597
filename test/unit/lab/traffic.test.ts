import { expect, test } from 'vitest';
import type { LabProcesses } from '../../../server/lab/ports.ts';
import { Traffic } from '../../../server/lab/traffic.ts';

const unused = () => {
  throw new Error('traffic starts no service');
};

/** Traffic on one target whose generator notes what it is told. */
async function driveTraffic() {
  const told: unknown[] = [];
  const scenarios: unknown[] = [];
  const load = {
    send: (command: Readonly<Record<string, unknown>>) =>
      void told.push(command.do === 'rate' ? command.value : command.do),
    stop: async () => {},
    done: new Promise<void>(() => {}),
  };
  const processes: LabProcesses = {
    start: unused,
    startLoad: ({ args }) => {
      scenarios.push(args[args.indexOf('-scenario') + 1]);
      return load;
    },
    runs: () => [],
    log: () => null,
  };
  const traffic = new Traffic(processes, {
    scenario: 'search',
    seed: 1,
    rate: 10,
    ready: async () => {},
    onStats: () => {},
  });
  await traffic.setTargets([{ name: 'search-1', url: 'http://127.0.0.1:1', downstreamUrl: null }]);
  return { traffic, told, scenarios };
}

test('a check holds the traffic back without changing what the learner wants', async () => {
  const { traffic, told } = await driveTraffic();
  traffic.holdBack(true);
  expect(traffic.paused).toBe(false);
  traffic.holdBack(false);
  expect(told).toEqual(['pause', 'resume']);
});

test('who pauses while it is held back finds it paused afterwards, and who resumes gets it then', async () => {
  const { traffic, told } = await driveTraffic();
  traffic.holdBack(true);
  traffic.pause();
  traffic.holdBack(false);
  expect(traffic.paused).toBe(true);
  expect(told).toEqual(['pause', 'pause', 'pause']);
  traffic.holdBack(true);
  traffic.resume();
  expect(told.at(-1)).toBe('pause');
  traffic.holdBack(false);
  expect(told.at(-1)).toBe('resume');
});

test('a surge is over what the learner wants, and never under it', async () => {
  const { traffic, told } = await driveTraffic();
  traffic.surge(500);
  traffic.setRate(40);
  traffic.setRate(900);
  traffic.surge(0);
  expect(traffic.rate).toBe(900);
  traffic.setRate(40);
  expect(told).toEqual([500, 500, 900, 900, 40]);
});

test('an exercise brings its own kind of requests, and the usual ones come back after it', async () => {
  const { traffic, told, scenarios } = await driveTraffic();
  await traffic.setScenario('search');
  traffic.pause();
  await traffic.setScenario('statements');
  await traffic.setScenario(null);
  expect(scenarios).toEqual(['search', 'statements', 'search']);
  expect(told).toEqual(['pause', 'pause', 'pause']);
});
