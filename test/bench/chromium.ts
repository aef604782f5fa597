import { existsSync } from 'node:fs';
import { type BrowserContext, chromium } from 'playwright-core';

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser with a profile of its own. Throws when no Chromium is installed; set `CHROMIUM` to one that lies elsewhere. */
export function launchChromium(userData: string): Promise<BrowserContext> {
  const executablePath = [process.env.CHROMIUM ?? '', ...BROWSERS].find((path) => path !== '' && existsSync(path));
  if (executablePath === undefined)
    throw new Error(`no Chromium at ${BROWSERS.join(', ')}: install it or set CHROMIUM`);
  return chromium.launchPersistentContext(userData, {
    executablePath,
    args: FLAGS,
    viewport: { width: 1_440, height: 900 },
  });
}
