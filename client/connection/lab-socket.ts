import { io } from 'socket.io-client';
import type { z } from 'zod';
import {
  type ClientEvent,
  type ClientMessage,
  type ServerEvent,
  type ServerMessage,
  serverEvents,
} from '../../protocol/index.ts';
import { findOtherProtocol } from './page-update.ts';

/** `refused`: the lab answered and said no, so trying again with the same cookie is hopeless. */
export type SocketStatus = 'connecting' | 'live' | 'lost' | 'refused';

export type LabSocket = {
  /** Hears parsed messages only; returns what stops it. */
  on<E extends ServerEvent>(event: E, listener: (message: ServerMessage<E>) => void): () => void;
  send<E extends ClientEvent>(event: E, message: ClientMessage<E>): void;
  onStatus(listener: (status: SocketStatus) => void): () => void;
  close(): void;
};

export type LabSocketOptions = {
  url?: string;
  /** Told about a message that doesn't parse; the message itself is dropped. */
  onUnreadable?: (event: string, error: unknown) => void;
  /** Told when the server's state is of another protocol than this page's; that state is dropped. */
  onOtherProtocol?: (protocol: number) => void;
};

/** Websocket only: long polling would need a second gate. Reconnects by itself, quickly at first. */
export function createLabSocket(options: LabSocketOptions = {}): LabSocket {
  const socket = io(options.url ?? '/', {
    transports: ['websocket'],
    reconnectionDelay: 300,
    reconnectionDelayMax: 3_000,
    forceNew: true,
  });
  return {
    on(event, listener) {
      const hear = (raw: unknown) => {
        const other = event === 'lab:changed' ? findOtherProtocol(raw) : null;
        if (other !== null) return options.onOtherProtocol?.(other);
        const parsed = parseMessage(event, raw);
        if (parsed.success) listener(parsed.data);
        else options.onUnreadable?.(event, parsed.error);
      };
      // socket.io's own event map wants literal names; `event` is one of serverEvents' keys.
      socket.on<string>(event, hear);
      return () => socket.off<string>(event, hear);
    },
    send: (event, message) => {
      socket.emit(event, message);
    },
    onStatus(listener) {
      const live = () => listener('live');
      const lost = () => listener('lost');
      const refused = () => listener(socket.active ? 'lost' : 'refused');
      socket.on('connect', live);
      socket.on('disconnect', lost);
      socket.on('connect_error', refused);
      return () => {
        socket.off('connect', live);
        socket.off('disconnect', lost);
        socket.off('connect_error', refused);
      };
    },
    close: () => {
      socket.close();
    },
  };
}

/** The door where a raw message becomes a typed one; the cast joins the table's schema with its own key's type. */
function parseMessage<E extends ServerEvent>(event: E, raw: unknown) {
  const schema = serverEvents[event] as unknown as z.ZodType<ServerMessage<E>>;
  return schema.safeParse(raw);
}
