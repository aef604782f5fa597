import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ConfiguredTargets } from './config-file.ts';

/** Where things lie and where the lab listens. Paths are absolute. */
export interface Config {
  /** The clone or installed package: go-samples, exercises and dist lie in it. */
  readonly root: string;
  readonly data: string;
  readonly workspace: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly open: boolean;
  readonly readyJson: boolean;
  /** What the config file lists to be scraped, if there is one. */
  readonly targets: ConfiguredTargets | null;
}

/** This file runs as dist/server/config.js; from source it lies one folder less deep. */
export function packageRoot(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  return here.endsWith(join('dist', 'server')) ? resolve(here, '..', '..') : resolve(here, '..');
}

export function resolveConfig(flags: Partial<Omit<Config, 'root'>>): Config {
  const root = packageRoot();
  return {
    root,
    data: resolve(flags.data ?? join(root, '.flamelab')),
    workspace: resolve(flags.workspace ?? join(root, 'workspace')),
    host: flags.host ?? '127.0.0.1',
    port: flags.port ?? 4400,
    open: flags.open ?? true,
    readyJson: flags.readyJson ?? false,
    targets: flags.targets ?? null,
  };
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1', '[::1]']);

export const isLoopback = (host: string): boolean => LOOPBACK.has(host) || /^127\.\d+\.\d+\.\d+$/.test(host);
