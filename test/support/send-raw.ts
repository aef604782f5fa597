import { connect } from 'node:net';

export interface RawAnswer {
  /** 0 when the other side closed without an HTTP answer. */
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** Writes `text` as it is to a port of 127.0.0.1 and reads until the other side closes. */
export function sendBytes(port: number, text: string | Uint8Array): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(answerFromText(Buffer.concat(chunks).toString())));
  });
}

/** One request with exactly these headers, save those that end the connection and give the body's length. */
export function sendRaw(
  port: number,
  line: string,
  headers: Readonly<Record<string, string>>,
  body = '',
): Promise<RawAnswer> {
  const all = {
    connection: 'close',
    ...(body === '' ? {} : { 'content-length': `${Buffer.byteLength(body)}` }),
    ...headers,
  };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return sendBytes(port, `${line} HTTP/1.1\r\n${head.join('')}\r\n${body}`);
}

function answerFromText(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n');
  const head = text.slice(0, Math.max(end, 0));
  const rest = text.slice(end + 4);
  const chunked = /^transfer-encoding: chunked/im.test(head);
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0), head, body: chunked ? unchunk(rest) : rest };
}

function unchunk(text: string): string {
  const size = Number.parseInt(text, 16);
  if (!(size > 0)) return '';
  const start = text.indexOf('\r\n') + 2;
  return text.slice(start, start + size) + unchunk(text.slice(start + size + 2));
}
