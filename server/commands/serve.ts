import { isLoopback, resolveConfig } from '../config.ts';
import { loadConfigFile } from '../config-file.ts';
import { AppError } from '../errors.ts';
import { type RunningServer, startLab } from '../main.ts';

export interface ServeFlags {
  readonly port: number;
  readonly host: string;
  readonly data?: string;
  readonly workspace?: string;
  readonly open: boolean;
  readonly readyJson?: boolean;
  readonly class?: boolean;
  readonly config?: string;
}

/** `flamelab serve`: runs until TERM or INT. */
export async function serveCommand(flags: ServeFlags): Promise<void> {
  if (!isLoopback(flags.host) && !flags.class) {
    throw new AppError(
      'forbidden',
      `--host ${flags.host} would let others on the network in: that needs --class. Leave --host out to stay on this machine.`,
    );
  }
  if (flags.class) throw new AppError('bad-request', 'Classes are not there yet: leave --class out.');
  const targets = await loadConfigFile(flags.config);
  runUntilStopped(await startLab(resolveConfig({ ...flags, targets })));
}

/** Ends the process with `exit` when the lab has stopped; a second signal ends it at once. */
export function runUntilStopped(lab: RunningServer, exit = 0): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    lab.close().then(
      () => process.exit(exit),
      (cause) => {
        process.stderr.write(`flamelab: ${String(cause)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('SIGHUP', stop);
}
