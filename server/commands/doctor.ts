import { statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { availableParallelism, totalmem } from 'node:os';
import type { PlaceOptions } from '../cli.ts';
import { type Config, resolveConfig } from '../config.ts';
import { createCore } from '../wiring/core.ts';
import { describePlaces, listPlaces } from './data-places.ts';
import { findBrowser } from './find-browser.ts';
import { findRunningLab } from './running-lab.ts';

/** One finding: `ok` false comes with the fix. */
interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly seen: string;
}

/** `flamelab doctor`: exit 0 when everything that the lab needs is there, 2 otherwise. */
export async function doctorCommand(flags: PlaceOptions): Promise<void> {
  const config = resolveConfig(flags);
  const findings = [
    nodeFinding(),
    await goFinding(config),
    await labFinding(config),
    await diskFinding(config),
    coresFinding(),
    browserFinding(),
  ];
  for (const { what, ok, seen } of findings) process.stdout.write(`${ok ? '✓' : '✗'} ${what.padEnd(9)} ${seen}\n`);
  const places = describePlaces(await listPlaces(config));
  process.stdout.write(`\nWhat lies where ("flamelab clean" removes it):\n${places}`);
  process.exitCode = findings.every(({ ok }) => ok) ? 0 : 2;
}

function nodeFinding(): Finding {
  return { what: 'Node', ok: true, seen: process.version };
}

async function goFinding(config: Config): Promise<Finding> {
  const core = createCore(config);
  try {
    const go = await core.toolchain.probeGo();
    const rates = 'services run with MemProfileRate 524288, mutex fraction 5, block rate 10000 ns';
    return { what: 'Go', ok: go.ok, seen: go.ok ? `${go.version}; ${rates}` : (go.message ?? 'not found') };
  } finally {
    await core.close();
  }
}

async function labFinding(config: Config): Promise<Finding> {
  const lab = await findRunningLab(config.data);
  if (lab)
    return { what: 'Lab', ok: true, seen: `runs at ${lab.url} (pid ${lab.pid}); fresh link: ${await freshLink(lab)}` };
  const free = await isFree(4400);
  return {
    what: 'Port',
    ok: true,
    seen: free ? '4400 is free' : '4400 is taken: the lab will take the next free one, or use --port',
  };
}

async function freshLink(lab: NonNullable<Awaited<ReturnType<typeof findRunningLab>>>): Promise<string> {
  const answer = await lab.post('/api/codes', {});
  return typeof answer === 'object' && answer && 'url' in answer ? String(answer.url) : lab.url;
}

async function diskFinding(config: Config): Promise<Finding> {
  const { bavail, bsize, blocks } = await statfs(config.root);
  const freeBytes = bavail * bsize;
  const share = bavail / blocks;
  const ok = freeBytes > 1e9 && share > 0.05;
  const seen = `${(freeBytes / 1e9).toFixed(1)} GB free (${(share * 100).toFixed(0)} %)`;
  return {
    what: 'Disk',
    ok,
    seen: ok ? seen : `${seen}: under 5 % or 1 GB no profiles are stored. Make room, or use --data on another disk.`,
  };
}

function coresFinding(): Finding {
  const cores = availableParallelism();
  const memory = `${(totalmem() / 1e9).toFixed(0)} GB of memory`;
  return {
    what: 'Cores',
    ok: cores >= 2,
    seen: cores >= 2 ? `${cores}, ${memory}` : `${cores}: verdicts need 2 or more to be sure`,
  };
}

function browserFinding(): Finding {
  const browser = findBrowser();
  return {
    what: 'Browser',
    ok: true,
    seen: browser ?? 'none found in the usual places: open the printed link by hand',
  };
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
