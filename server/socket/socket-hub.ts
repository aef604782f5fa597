import { createServer, type IncomingMessage } from 'node:http';
import { Server, type Socket } from 'socket.io';
import type { LabState, ServerEvent, ServerMessage } from '../../protocol/index.ts';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Credentials } from '../http/credentials.ts';
import type { Caller } from '../http/gate.ts';
import type { LabHttpServer } from '../http/http-server.ts';
import type { Terminals } from '../terminal/terminals.ts';
import { createCoalescer } from './create-coalescer.ts';
import { roleOf } from './event-roles.ts';
import { createMessageDoor } from './message-door.ts';
import { createViewerTerminals } from './viewer-terminals.ts';
import { watchBacklog } from './watch-backlog.ts';

const SOCKET_PATH = '/socket.io/';
const FRAME_BYTES = 16 * 1024;
const STATE_GAP_MILLIS = 100;
const MAX_VIEWERS = 1_200;

/** Events whose loss nobody minds, because the next one says more: not kept for a page that is behind. */
const VOLATILE: ReadonlySet<ServerEvent> = new Set<ServerEvent>(['profile:collected', 'metrics:collected']);

export interface SocketHubOptions {
  readonly clock: Clock;
  readonly credentials: Pick<Credentials, 'onSessionEnded'>;
  readonly terminals: Terminals;
  readonly log: (message: string, error: unknown) => void;
}

export interface SocketHub {
  /** The newest state goes to every page, at most 10 times a second, and to each page that comes. */
  publishLab(state: LabState): void;
  publish<E extends Exclude<ServerEvent, 'lab:changed'>>(event: E, message: ServerMessage<E>): void;
  /** Pages that are connected now. */
  viewers(): number;
  /** Ends every connection, and with it the shells. */
  close(): Promise<void>;
}

export function createSocketHub(http: Pick<LabHttpServer, 'onUpgrade'>, options: SocketHubOptions): SocketHub {
  const callers = new WeakMap<IncomingMessage, Caller>();
  const { io, upgrade } = createServerBehindGate();
  let newest: LabState | null = null;
  const states = createCoalescer<LabState>(options.clock, STATE_GAP_MILLIS, (state) => io.emit('lab:changed', state));
  http.onUpgrade(SOCKET_PATH, ({ request, socket, head }, caller) => {
    checkUpgrade(request, caller, io.engine.clientsCount);
    callers.set(request, caller);
    upgrade(request, socket, head);
  });
  io.on('connection', (socket) => {
    seatViewer(socket, callers.get(socket.request), options);
    if (newest !== null) socket.emit('lab:changed', newest);
  });
  const stopWatching = options.credentials.onSessionEnded((session) => {
    for (const socket of io.sockets.sockets.values()) {
      const caller = callers.get(socket.request);
      if (caller?.by === 'session' && caller.session === session) cut(socket);
    }
  });
  return {
    publishLab(state) {
      newest = state;
      states.offer(state);
    },
    publish(event, message) {
      if (VOLATILE.has(event)) io.volatile.emit(event, message);
      else io.emit(event, message);
    },
    viewers: () => io.engine.clientsCount,
    async close() {
      states.close();
      stopWatching();
      for (const socket of io.sockets.sockets.values()) cut(socket);
      await io.close();
    },
  };
}

/**
 * socket.io would listen to the server by itself, where `cors` doesn't guard upgrades and `allowRequest` isn't asked when a
 * request names a `sid`. So it gets a server that never listens, and only the upgrades that the gate has let in.
 */
function createServerBehindGate() {
  const behind = createServer();
  const io = new Server(behind, {
    path: SOCKET_PATH,
    serveClient: false,
    transports: ['websocket'],
    allowUpgrades: false,
    perMessageDeflate: false,
    maxHttpBufferSize: FRAME_BYTES,
  });
  const upgrade = (...args: unknown[]) => {
    behind.emit('upgrade', ...args);
  };
  return { io, upgrade };
}

function checkUpgrade(request: IncomingMessage, caller: Caller, viewers: number): void {
  if (roleOf(caller) === null) throw new AppError('forbidden', 'The live connection needs a session or the token.');
  // A websocket-only page never resumes by sid; one that tries could take over another page's connection.
  const { searchParams } = new URL(request.url ?? '', 'http://lab');
  if (searchParams.has('sid')) throw new AppError('bad-request', 'The live connection starts without a sid.');
  if (viewers >= MAX_VIEWERS) throw new AppError('busy', `The lab has ${viewers} viewers; that is all it takes.`);
}

function seatViewer(socket: Socket, caller: Caller | undefined, options: SocketHubOptions): void {
  const role = caller === undefined ? null : roleOf(caller);
  if (role === null) {
    cut(socket);
    return;
  }
  watchBacklog(socket.conn, () => cut(socket));
  const own = createViewerTerminals({
    clock: options.clock,
    terminals: options.terminals,
    send: (event, message) => socket.emit(event, message),
    log: options.log,
  });
  const door = createMessageDoor({ clock: options.clock, role, handlers: own.handlers });
  socket.onAny((event: string, message: unknown) => {
    if (door(event, message) === 'flood') cut(socket);
  });
  socket.on('disconnect', own.close);
}

/** At once: a polite close would wait behind what a stalled page doesn't read. */
function cut(socket: Socket): void {
  socket.conn.request.socket.destroy();
}
