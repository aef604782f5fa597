import type { Files } from './ports.ts';

/** What counts, and is no part of the service. */
const INSTRUMENTS = ['internal/serve/', 'internal/push/'];
const MODULE_FILES = ['go.mod', 'go.work', 'go.sum'];

/** Files of the instruments that differ from the installed ones, are missing or new; tests don't count. */
export function findChangedInstruments(installed: Files, files: Files): string[] {
  const names = new Set(
    [...installed.keys(), ...files.keys()].filter(
      (name) => INSTRUMENTS.some((folder) => name.startsWith(folder)) && name.endsWith('.go'),
    ),
  );
  return [...names]
    .filter((name) => !name.endsWith('_test.go') && !sameText(installed.get(name), files.get(name)))
    .sort();
}

/** Why this module can't be built here, or null: the module file is the installed one, and there is no other. */
export function findModuleProblem(installed: Files, files: Files): string | null {
  for (const name of MODULE_FILES) {
    if (sameText(installed.get(name), files.get(name))) continue;
    return installed.has(name)
      ? `${name} was changed or removed. Bazaar uses the standard library alone and builds without a network: put ${name} back (flamelab reset).`
      : `There is a ${name} in the workspace, which the lab doesn't use: remove it.`;
  }
  return null;
}

function sameText(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (!a || !b) return a === b;
  return normalise(a) === normalise(b);
}

/** Line ends don't count: an editor on Windows may write others. */
function normalise(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8').replaceAll('\r\n', '\n');
}
