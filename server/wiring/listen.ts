import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from '../config.ts';

const TRIES = 20;

/** Listens on the wished port or, when that is taken, on the next free one, said plainly. Resolves with the port. */
export async function listen(
  server: Server,
  { host, port }: Pick<Config, 'host' | 'port'>,
  log: (message: string) => void,
): Promise<number> {
  for (let candidate = port; candidate < port + TRIES; candidate++) {
    const taken = await tryPort(server, host, candidate);
    if (taken !== null) return taken;
    if (port === 0) break;
    log(`Port ${candidate} is taken by another program; trying ${candidate + 1}.`);
  }
  throw new Error(`no free port from ${port} to ${port + TRIES - 1}: name another with --port, or --port 0 for any`);
}

/** null: taken. */
function tryPort(server: Server, host: string, port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const fail = (cause: NodeJS.ErrnoException): void => {
      server.off('listening', done);
      if (cause.code === 'EADDRINUSE' || cause.code === 'EACCES') resolve(null);
      else reject(cause);
    };
    const done = (): void => {
      server.off('error', fail);
      resolve((server.address() as AddressInfo).port);
    };
    server.once('error', fail);
    server.once('listening', done);
    server.listen(port, host);
  });
}
