import { existsSync } from 'node:fs';
import { join } from 'node:path';

const ON_PATH = ['chromium', 'chromium-browser', 'google-chrome', 'firefox', 'microsoft-edge'];
const ELSEWHERE = [
  '/Applications/Google Chrome.app',
  '/Applications/Firefox.app',
  '/Applications/Safari.app',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Where a browser lies, looked for in the PATH and the usual places; null when none is there. */
export function findBrowser(): string | null {
  const folders = (process.env.PATH ?? '')
    .split(process.platform === 'win32' ? ';' : ':')
    .filter((folder) => folder !== '');
  const candidates = [...folders.flatMap((folder) => ON_PATH.map((name) => join(folder, name))), ...ELSEWHERE];
  return candidates.find((candidate) => existsSync(candidate)) ?? null;
}
