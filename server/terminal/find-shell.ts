import { accessSync, constants } from 'node:fs';
import { basename, isAbsolute } from 'node:path';

const SHELLS = new Set(['bash', 'zsh', 'fish', 'ksh', 'dash', 'sh']);

/** The user's own shell if it is one that talks to people (not nologin), else bash, else sh; PowerShell on Windows. */
export function findShell(environment: Readonly<Record<string, string | undefined>>, platform: string): string {
  if (platform === 'win32') return 'powershell.exe';
  const own = environment.SHELL ?? '';
  const isUsable = isAbsolute(own) && SHELLS.has(basename(own)) && isExecutable(own);
  if (isUsable) return own;
  return isExecutable('/bin/bash') ? '/bin/bash' : '/bin/sh';
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
