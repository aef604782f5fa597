import { createWriteStream, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Config, resolveConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import { exportBundle, exportGraphPage, exportPprof } from '../http/index.ts';
import { whyUnwritable } from './file-failure.ts';
import { withLocalStore } from './local-store.ts';
import { findRunningLab } from './running-lab.ts';

export const EXPORT_FORMATS = ['pprof', 'html', 'bundle'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportFlags {
  readonly kind?: string;
  readonly type?: string;
  readonly match?: string;
  readonly from?: string;
  readonly to?: string;
  readonly focus?: string;
  readonly ignore?: string;
  readonly hide?: string;
  readonly bMatch?: string;
  readonly bFrom?: string;
  readonly bTo?: string;
  readonly per?: string;
  readonly format: ExportFormat;
  readonly out?: string;
  readonly data?: string;
}

const PATHS: Readonly<Record<ExportFormat, string>> = {
  pprof: '/api/pprof',
  html: '/api/export/html',
  bundle: '/api/export/bundle',
};

/** `flamelab export`: what a selection holds, into a file; from the running lab of the data folder, else from its store. */
export async function exportCommand(flags: ExportFlags): Promise<void> {
  const config = resolveConfig(flags.data === undefined ? {} : { data: flags.data });
  if (flags.kind === undefined && flags.format !== 'bundle')
    throw new AppError('bad-request', `--format ${flags.format} needs --kind, such as cpu, allocs or heap.`);
  const query = queryOf(flags);
  const out = outOf(flags);
  const lab = await findRunningLab(config.data);
  if (lab) {
    return write(out, Readable.from([await lab.download(`${PATHS[flags.format]}?${query}`)]));
  }
  await exportFromStore(config, flags.format, query, out);
}

async function exportFromStore(config: Config, format: ExportFormat, query: URLSearchParams, out: string | null) {
  if (!existsSync(join(config.data, 'store')))
    throw new AppError(
      'no-data',
      `Nothing is stored in ${config.data} yet. Start the lab, or name another with --data.`,
    );
  await withLocalStore(config, async (parts) => {
    if (format === 'html') await write(out, Readable.from([(await exportGraphPage(query, parts)).text]));
    else if (format === 'bundle') await write(out, await exportBundle(query, parts));
    else await write(out, Readable.from([(await exportPprof(query, parts)).bytes]));
  });
}

function queryOf(flags: ExportFlags): URLSearchParams {
  const { kind, type, match, from, to, focus, ignore, hide, per, bMatch, bFrom, bTo } = flags;
  const named = { kind, type, match, from, to, focus, ignore, hide, per };
  const all = { ...named, 'b.match': bMatch, 'b.from': bFrom, 'b.to': bTo };
  const query = new URLSearchParams();
  for (const [name, text] of Object.entries(all)) if (text !== undefined) query.set(name, text);
  return query;
}

/** null: standard output. A name of our own choice never replaces a file. */
function outOf({ out, kind = 'profiles', format }: ExportFlags): string | null {
  if (out === '-') return null;
  if (out !== undefined) return resolve(out);
  const name = { pprof: `${kind}.pb.gz`, html: `${kind}.html`, bundle: `${kind}.flamelab.gz` }[format];
  if (existsSync(name)) throw new AppError('bad-path', `${name} is there already: name a file with --out.`);
  return resolve(name);
}

async function write(out: string | null, bytes: Readable): Promise<void> {
  if (out === null) {
    for await (const chunk of bytes) process.stdout.write(chunk);
    return;
  }
  const file = createWriteStream(out);
  await pipeline(bytes, file).catch((cause: NodeJS.ErrnoException) => {
    if (cause.path === undefined) throw cause;
    throw new AppError('bad-path', `${out}: ${whyUnwritable(cause)}.`, { cause });
  });
  process.stderr.write(`Written: ${out} (${file.bytesWritten.toLocaleString('en-US')} bytes)\n`);
}
