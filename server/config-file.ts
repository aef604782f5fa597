import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { type NamedTarget, namedTarget, parseInput, sentenceOf } from '../protocol/index.ts';
import { pinAddress } from './collector/index.ts';
import { AppError } from './errors.ts';

export interface ConfiguredTargets {
  readonly file: string;
  readonly targets: readonly NamedTarget[];
}

const configFile = z.strictObject({
  targets: z.array(namedTarget).max(1_000).default([]),
});
const DEFAULT_NAME = 'flamelab.config.json';

/**
 * The `targets` section of a config file: `--config FILE`, else flamelab.config.json of the current folder, which may be
 * missing. Throws `bad-request` that names the file, the place in it, and what was expected there.
 *
 *     {"targets": [{"name": "api", "url": "http://127.0.0.1:6060", "labels": {"service": "api"}, "kinds": ["cpu", "heap"],
 *                   "intervalSeconds": 15, "windowSeconds": 5, "sampling": {"always": true}}]}
 */
export async function loadConfigFile(given: string | undefined): Promise<ConfiguredTargets | null> {
  const file = resolve(given ?? DEFAULT_NAME);
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' && given === undefined) return null;
    throw refuse(file, `can't be read (${cause.code})`);
  });
  if (text === null) return null;
  const { targets } = parseConfig(file, text);
  targets.forEach((target, index) => {
    const earlier = targets.findIndex(({ name }) => name === target.name);
    if (earlier < index)
      throw refuse(file, `targets[${index}].name: ${target.name} is the name of targets[${earlier}]`);
    checkUrl(file, target.url, index);
  });
  return { file, targets };
}

function parseConfig(file: string, text: string): z.infer<typeof configFile> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw refuse(file, `is not JSON: ${cause instanceof Error ? cause.message : cause}`);
  }
  return parseInput(configFile, content, (misfit) => refuse(file, sentenceOf(misfit, 'the file')));
}

function checkUrl(file: string, url: string, index: number): void {
  try {
    pinAddress(url);
  } catch (cause) {
    throw refuse(file, `targets[${index}].url: ${cause instanceof Error ? cause.message : cause}`);
  }
}

const refuse = (file: string, what: string): AppError => new AppError('bad-request', `${file}: ${what}`);
