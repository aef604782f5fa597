import open from 'open';
import type { Config } from '../config.ts';

/** Says that the lab is ready: one JSON line on stdout when asked for, else a link for people; opens it in a browser. */
export function announce(config: Config, ready: { url: string; token: string; pid: number; port: number }): void {
  const { url, token, pid, port } = ready;
  if (config.readyJson) process.stdout.write(`${JSON.stringify({ url, token, pid, port })}\n`);
  else
    process.stdout.write(
      `\n  Flamelab is ready:  ${url}\n\n  The link works once; "npx flamelab doctor" prints a fresh one. Ctrl-C stops the lab.\n\n`,
    );
  if (!config.open) return;
  open(url).catch(() => process.stderr.write('No browser could be opened: open the link by hand.\n'));
}
