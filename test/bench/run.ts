import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os';
import { ensureCorpus, WHOLE_CORPUS } from './bazaar-corpus.ts';
import { measureBytes } from './bytes.ts';
import { measureCrash } from './crash.ts';
import { measureDay } from './day.ts';
import type { Figure } from './figure.ts';
import { measureIdle } from './idle.ts';
import { measureIngest } from './ingest.ts';
import { measureInteract } from './interact.ts';
import { measureMerge } from './merge.ts';
import { measureMorph } from './morph.ts';
import { measureOverheadFigure } from './overhead.ts';
import { measurePaint } from './paint.ts';
import { measureRead } from './read.ts';
import { measureSave } from './save.ts';
import { measureSoak } from './soak.ts';
import { measureStart } from './start.ts';

const BENCHMARKS: Readonly<Record<string, () => Promise<Figure>>> = {
  read: measureRead,
  merge: measureMerge,
  day: measureDay,
  bytes: measureBytes,
  ingest: measureIngest,
  save: measureSave,
  overhead: measureOverheadFigure,
  paint: measurePaint,
  morph: measureMorph,
  interact: measureInteract,
  idle: measureIdle,
  start: measureStart,
  crash: measureCrash,
  soak: measureSoak,
};
/** Take too long to run unless asked for by name. */
const ON_REQUEST: ReadonlySet<string> = new Set(['crash', 'soak']);

/**
 * `npm run bench -- [--json] [ID…]`; returns the exit code: 0 when every figure holds, 1 when one doesn't, 2 for a wrong name.
 * `npm run bench -- corpus` first records all profiles that `bytes`, `ingest` and `merge` are about.
 */
export async function runBenchmarks(args: readonly string[]): Promise<number> {
  const asJson = args.includes('--json');
  const ids = args.filter((argument) => argument !== '--json' && argument !== 'corpus');
  if (args.includes('corpus')) {
    await ensureCorpus(WHOLE_CORPUS);
    if (ids.length === 0) return 0;
  }
  const unknown = ids.filter((id) => !(id in BENCHMARKS));
  if (unknown.length > 0) {
    process.stderr.write(`no figure ${unknown.join(', ')}; there are ${Object.keys(BENCHMARKS).join(', ')}\n`);
    return 2;
  }
  const figures: Figure[] = [];
  for (const [id, measure] of Object.entries(BENCHMARKS)) {
    if (ids.length > 0 ? !ids.includes(id) : ON_REQUEST.has(id)) continue;
    process.stderr.write(`measuring ${id} …\n`);
    const figure = await measure().catch((cause) => failed(id, cause));
    figures.push(figure);
    if (!asJson) process.stdout.write(`${describe(figure)}\n`);
  }
  if (asJson) process.stdout.write(`${JSON.stringify({ machine: machine(), figures })}\n`);
  return figures.every((figure) => figure.ok) ? 0 : 1;
}

function failed(id: string, cause: unknown): Figure {
  const why = cause instanceof Error ? cause.message : String(cause);
  return { id, title: id, value: null, unit: '', reference: null, ratio: null, must: '', ok: false, runs: [], why };
}

function machine() {
  const cpu = cpus()[0]?.model ?? 'unknown';
  return {
    cpu,
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    platform: platform(),
    arch: arch(),
    node: process.version,
  };
}

function describe({ id, title, value, unit, reference, ratio, must, ok, runs, why }: Figure): string {
  if (value === null) return `✗ ${id.padEnd(7)} not measured: ${why}`;
  const spread = runs.length > 1 ? ` (${number(Math.min(...runs))}–${number(Math.max(...runs))})` : '';
  const against = reference ? `; ${reference.title}: ${number(reference.value)} ${unit}` : '';
  const times = ratio === null ? '' : `; ratio ${number(ratio)}`;
  return `${ok ? '✓' : '✗'} ${id.padEnd(7)} ${title}: ${number(value)} ${unit}${spread}${against}${times}; must be ${must}`;
}

function number(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}
