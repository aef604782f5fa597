import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError } from '../errors.ts';
import { answerBrokenRequests } from './answer-broken-requests.ts';
import { answerFromError } from './answer-from-error.ts';
import { answersAt } from './answers-at.ts';
import { type AppOptions, createApp } from './create-app.ts';
import { createDirectRoutes } from './direct-routes.ts';
import { type Caller, createGate, type Gate, pathOf } from './gate.ts';
import { refuseRequest } from './refuse-request.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import { writeRawAnswer } from './write-answer.ts';

const HEADER_MILLIS = 10_000;
const REQUEST_MILLIS = 30_000;
const CHECK_MILLIS = 2_000;

export interface HttpServerOptions extends AppOptions {
  /** Names this installation in the session cookie; letters and digits, the same at every start on one data folder. */
  readonly instance: string;
}

/** Takes over the socket of an upgrade that the gate has let in. */
export type UpgradeHandler = (
  upgrade: { readonly request: IncomingMessage; readonly socket: Duplex; readonly head: Buffer },
  caller: Caller,
) => void;

export interface LabHttpServer {
  /** Not listening yet: the caller chooses port and address. */
  readonly server: Server;
  readonly gate: Gate;
  /** Gives upgrades of one exact path to a handler; all others are answered 404. */
  onUpgrade(path: string, handler: UpgradeHandler): void;
  /** Whether connecting to that address and port reaches this server. */
  answersAt(address: string, port: number): boolean;
  /** Stops listening and ends what is under way. */
  close(): Promise<void>;
}

export function createHttpServer(options: HttpServerOptions): LabHttpServer {
  const server = createServer({
    headersTimeout: HEADER_MILLIS,
    requestTimeout: REQUEST_MILLIS,
    connectionsCheckingInterval: CHECK_MILLIS,
    // The gate answers a missing Host itself, in the form of every other refusal.
    requireHostHeader: false,
  });
  // Asked for at every request, and each time of the operating system.
  let listening = 0;
  const port = () => {
    if (listening === 0) listening = portOf(server);
    return listening;
  };
  const gate = createGate({ port, instance: options.instance, credentials: options.credentials });
  const app = createApp({ ...options, port, cookieName: gate.cookieName });
  const direct = createDirectRoutes(options);
  const securityHeaders = new Map(Object.entries(SECURITY_HEADERS));
  server.on('request', (request, response) => {
    const refuse = (error: unknown) =>
      refuseRequest(request, response, answerFromError(error, options.log), options.linkHelp);
    try {
      const { route } = gate.admit(request, 'request');
      const handle = route && direct.get(route);
      if (handle) handle(request, response).catch(refuse);
      else {
        response.setHeaders(securityHeaders);
        app(request, response);
      }
    } catch (error) {
      refuse(error);
    }
  });
  answerBrokenRequests(server, options.log);
  return {
    server,
    gate,
    onUpgrade: guardUpgrades(server, gate, options),
    answersAt: (address, port) => answersAt(server, address, port),
    close: () => closeServer(server),
  };
}

function guardUpgrades(server: Server, gate: Gate, { log }: HttpServerOptions): LabHttpServer['onUpgrade'] {
  const handlers = new Map<string, UpgradeHandler>();
  server.on('upgrade', (request, socket, head) => {
    try {
      const { caller } = gate.admit(request, 'upgrade');
      const handler = handlers.get(pathOf(request));
      if (handler === undefined) throw new AppError('not-found', 'Nothing here speaks another protocol than HTTP.');
      handler({ request, socket, head }, caller);
    } catch (error) {
      writeRawAnswer(socket, answerFromError(error, log));
    }
  });
  return (path, handler) => {
    handlers.set(path, handler);
  };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
