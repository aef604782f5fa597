import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import type { LabState } from '../../protocol/index.ts';
import { type Clock, systemClock } from '../../server/clock.ts';
import { type Credentials, createCredentials, createHttpServer, type LabHttpServer } from '../../server/http/index.ts';
import { createSocketHub, type SocketHub } from '../../server/socket/index.ts';
import type { Terminals } from '../../server/terminal/terminals.ts';
import { createQuietLab } from './quiet-lab.ts';

/** A real server on a free port of 127.0.0.1, its rooms replaced by ones that answer at once. */
export interface OpenLab {
  readonly port: number;
  readonly url: string;
  readonly http: LabHttpServer;
  readonly hub: SocketHub;
  readonly credentials: Credentials;
  /** Messages of the error log. */
  readonly logged: string[];
  /** Calls that reached the rooms, by method name. */
  readonly calls: string[];
  readonly bearer: Readonly<Record<string, string>>;
  /** Redeems a fresh code; the answer is a Cookie header. */
  enter(): Promise<string>;
  connect(headers: Record<string, string>): Socket;
  close(): Promise<void>;
}

export interface OpenLabOptions {
  readonly clock?: Clock;
  readonly terminals?: Terminals;
  readonly rooms?: Partial<ReturnType<typeof createQuietLab>['rooms']>;
}

const NO_TERMINALS: Terminals = {
  open: () => ({ type() {}, resize() {}, drain() {}, close: async () => {} }),
  close: async () => {},
};

export async function openLab(options: OpenLabOptions = {}): Promise<OpenLab> {
  const clock = options.clock ?? systemClock;
  const clientFolder = await mkdtemp(join(tmpdir(), 'flamelab-client-'));
  await writeFile(join(clientFolder, 'index.html'), '<!doctype html><title>Flamelab</title>');
  await mkdir(join(clientFolder, 'assets'));
  await writeFile(join(clientFolder, 'assets', 'page-abc123.js'), 'export {};');
  const credentials = createCredentials(clock);
  const logged: string[] = [];
  const log = (message: string, error: unknown) => logged.push(`${message}: ${error}`);
  const quiet = createQuietLab();
  const http = createHttpServer({
    clock,
    log,
    credentials,
    ...quiet.rooms,
    ...options.rooms,
    clientFolder,
    linkHelp: 'Start the lab again.',
    instance: 'test',
  });
  const hub = createSocketHub(http, { clock, credentials, terminals: options.terminals ?? NO_TERMINALS, log });
  await new Promise<void>((resolve) => http.server.listen(0, '127.0.0.1', resolve));
  const address = http.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const url = `http://127.0.0.1:${port}`;
  const sockets: Socket[] = [];
  return {
    port,
    url,
    http,
    hub,
    credentials,
    logged,
    calls: quiet.calls,
    bearer: { authorization: `Bearer ${credentials.token}` },
    async enter() {
      const answer = await fetch(`${url}/open/${credentials.newCode()}`, { redirect: 'manual' });
      return (answer.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
    },
    connect(headers) {
      const socket = io(url, { transports: ['websocket'], extraHeaders: headers, reconnection: false, forceNew: true });
      sockets.push(socket);
      return socket;
    },
    async close() {
      for (const socket of sockets) socket.close();
      await hub.close();
      await http.close();
      await rm(clientFolder, { recursive: true });
    },
  };
}

/** A state that is valid and empty. */
export function emptyState(revision: number): LabState {
  return {
    protocol: 1,
    revision,
    server: 'test',
    go: { ok: true, version: 'go1.26', message: null },
    fleet: { paused: false, note: null, progress: null, runs: [] },
    load: { rate: 0, paused: false },
    exercise: null,
    save: null,
    judging: null,
    files: {},
  };
}
