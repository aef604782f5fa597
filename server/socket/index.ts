/**
 * socket: the live line to pages. It publishes the lab's small state and events, and carries the keys and the output of
 * terminals. Every connection has passed the gate of http/, every message is parsed, has a role and a rate, and a page that
 * doesn't keep up is cut. It must not know what the events mean, and it carries no trees: those go by HTTP.
 *
 *     const hub = createSocketHub(http, { clock, credentials, terminals, log });
 *     hub.publishLab(state);                                     // coalesced, newest wins
 *     hub.publish('log:appended', { run, text, dropped: 0 });
 */
export { createSocketHub, type SocketHub, type SocketHubOptions } from './socket-hub.ts';
