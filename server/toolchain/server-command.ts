import { type GoFolders, goEnvironment } from './go-environment.ts';
import type { ToolchainLimits } from './limits.ts';

/** How to start a program that stays, for who keeps it running. */
export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly limits: { readonly bytes: number; readonly processes: number };
}

/**
 * gopls with the environment of every go command, since that is what it runs; its own cache beside Go's, and no other program of the PATH in
 * place of `go list`. The percentage that makes compilers faster would only keep garbage here.
 */
export function languageServerCommand(
  gopls: string,
  parts: { readonly folders: GoFolders; readonly cache: string; readonly limits: ToolchainLimits },
): ServerCommand {
  const { folders, cache, limits } = parts;
  return {
    command: gopls,
    args: ['serve'],
    env: { ...goEnvironment(folders), GOGC: '100', GOPLSCACHE: cache, GOPACKAGESDRIVER: 'off' },
    limits: { bytes: limits.buildBytes, processes: limits.buildProcesses },
  };
}
