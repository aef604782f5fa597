import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const INSTALLED = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * A real browser with a profile of its own: the one that `CHROMIUM` names, else the system's Chromium, else the one that
 * Playwright has installed.
 */
export function openBrowser(): Promise<Browser> {
  const asRoot = process.getuid?.() === 0;
  return chromium.launch({
    ...(existsSync(INSTALLED) ? { executablePath: INSTALLED } : { channel: 'chromium' }),
    args: asRoot ? ['--no-sandbox', ...FLAGS] : FLAGS,
    chromiumSandbox: !asRoot,
  });
}
