import { delimiter } from 'node:path';

/** What a shell may know of the lab's own environment. Everything else stays out, secrets and proxies among it. */
const ALLOWED = new Set(
  [
    'HOME USER LOGNAME SHELL LANG LANGUAGE TZ TMPDIR EDITOR VISUAL PAGER LESS NO_COLOR SSH_AUTH_SOCK DISPLAY WAYLAND_DISPLAY',
    'XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME XDG_RUNTIME_DIR',
    'GOROOT GOPATH GOCACHE GOMODCACHE GOTMPDIR',
    'SYSTEMROOT WINDIR COMSPEC PATHEXT SYSTEMDRIVE USERPROFILE HOMEDRIVE HOMEPATH USERNAME APPDATA LOCALAPPDATA PROGRAMDATA',
    'PROGRAMFILES PROGRAMFILES(X86) PROGRAMW6432 COMMONPROGRAMFILES TEMP TMP PSMODULEPATH NUMBER_OF_PROCESSORS PROCESSOR_ARCHITECTURE',
  ].flatMap((line) => line.split(' ')),
);

/** Every process that descends from a shell carries this, so that it is found even when it left the shell's session. */
export const TERMINAL_MARK = 'FLAMELAB_TERMINAL';

export interface ShellEnvironmentOptions {
  readonly from: Readonly<Record<string, string | undefined>>;
  /** Folders before those of PATH: where `flamelab` and `go` lie. */
  readonly path: readonly string[];
  readonly mark: string;
}

export function shellEnvironment({ from, path, mark }: ShellEnvironmentOptions): Record<string, string> {
  const environment: Record<string, string> = {};
  let inherited = '';
  for (const [name, value] of Object.entries(from)) {
    if (value === undefined) continue;
    // Windows writes it Path; names have no case there.
    if (name.toUpperCase() === 'PATH') inherited = value;
    else if (ALLOWED.has(name.toUpperCase()) || name.startsWith('LC_')) environment[name] = value;
  }
  environment.PATH = [...path, ...inherited.split(delimiter).filter((folder) => folder !== '')].join(delimiter);
  environment.TERM = 'xterm-256color';
  environment.COLORTERM = 'truecolor';
  environment[TERMINAL_MARK] = mark;
  return environment;
}
