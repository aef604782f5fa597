import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ErrorAnswer } from './answer-from-error.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

const LINGER_MILLIS = 1_000;
const JSON_TYPE = 'application/json; charset=utf-8';
/** Names and values by turns: one list costs less than setting each header. */
const JSON_HEAD = [...Object.entries(SECURITY_HEADERS).flat(), 'Content-Type', JSON_TYPE, 'Content-Length'];

/** The whole answer in one write. No header may have been set before. */
export function writeJsonAnswer(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, [...JSON_HEAD, `${Buffer.byteLength(text)}`]).end(text);
}

export function writeErrorAnswer(response: ServerResponse, answer: ErrorAnswer): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const text = textFromBody(answer.body);
  response.writeHead(answer.status, { ...SECURITY_HEADERS, 'Content-Type': JSON_TYPE });
  response.end(text);
}

/**
 * An HTTP answer where Node hands out a bare socket: upgrades, CONNECT, requests that don't parse. What the client still sends
 * is read and dropped for a moment, since closing a socket with unread bytes resets it and the answer would be lost.
 */
export function writeRawAnswer(socket: Duplex, answer: ErrorAnswer): void {
  socket.on('error', () => socket.destroy());
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const text = textFromBody(answer.body);
  const head = [
    `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}`,
    ...Object.entries(SECURITY_HEADERS).map(([name, value]) => `${name}: ${value}`),
    `Content-Type: ${JSON_TYPE}`,
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`);
  socket.resume();
  setTimeout(() => socket.destroy(), LINGER_MILLIS).unref();
}

/** 64-bit numbers in a detail are written as text: JSON has no exact form for them. */
function textFromBody(body: unknown): string {
  return JSON.stringify(body, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}
