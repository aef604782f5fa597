import { type ClientEvent, type ClientMessage, clientEvents } from '../../protocol/index.ts';
import type { Clock } from '../clock.ts';
import { EVENT_ROLES, type EventRole } from './event-roles.ts';
import { createTokenBucket } from './token-bucket.ts';

export type MessageHandlers = { readonly [E in ClientEvent]: (message: ClientMessage<E>) => void };

/** `handled`; `ignored`: unknown, malformed or not allowed, and counted; `flood`: the sender is over its rate. */
export type DoorResult = 'handled' | 'ignored' | 'flood';
export type MessageDoor = (event: string, message: unknown) => DoorResult;

export interface MessageDoorOptions {
  readonly clock: Clock;
  readonly role: EventRole;
  readonly handlers: MessageHandlers;
}

const EVENTS_PER_SECOND = 10;
const EVENT_BURST = 30;
const TYPED_BYTES_PER_SECOND = 64 * 1024;
/** A pasted file comes at once. */
const TYPED_BURST = 256 * 1024;
/** Acknowledgements of output, and sizes while a pane is dragged, come from the page by themselves: bounded, but far off. */
const AUTOMATIC = new Set<string>(['terminal:drain', 'terminal:resize'] satisfies ClientEvent[]);
const AUTOMATIC_PER_SECOND = 500;

/** Where a message of one connection becomes a typed one: rate first, since it is cheap; then role; then its schema. */
export function createMessageDoor({ clock, role, handlers }: MessageDoorOptions): MessageDoor {
  const events = createTokenBucket({ clock, perSecond: EVENTS_PER_SECOND, burst: EVENT_BURST });
  const typed = createTokenBucket({ clock, perSecond: TYPED_BYTES_PER_SECOND, burst: TYPED_BURST });
  const automatic = createTokenBucket({ clock, perSecond: AUTOMATIC_PER_SECOND, burst: 2 * AUTOMATIC_PER_SECOND });
  const isFlood = (event: string, message: unknown) => {
    if (event === 'terminal:type') return !typed(Math.max(1, sizeOfTyped(message)));
    return AUTOMATIC.has(event) ? !automatic(1) : !events(1);
  };
  return (event, message) => {
    if (isFlood(event, message)) return 'flood';
    if (!isClientEvent(event) || EVENT_ROLES[event] !== role) return 'ignored';
    return handle(event, message, handlers);
  };
}

function handle<E extends ClientEvent>(event: E, message: unknown, handlers: MessageHandlers): DoorResult {
  const parsed = clientEvents[event].safeParse(message);
  if (!parsed.success) return 'ignored';
  // The door: the table's schema of `event` has parsed it, which TypeScript can't follow through the index.
  handlers[event](parsed.data as ClientMessage<E>);
  return 'handled';
}

function isClientEvent(event: string): event is ClientEvent {
  return Object.hasOwn(clientEvents, event);
}

function sizeOfTyped(message: unknown): number {
  const text = typeof message === 'object' && message !== null && 'text' in message ? message.text : undefined;
  return typeof text === 'string' ? Buffer.byteLength(text) : 0;
}
