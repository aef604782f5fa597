import type { IncomingMessage } from 'node:http';
import { AppError } from '../errors.ts';

/**
 * The body as it was sent, at most `limit` bytes; without one, none. Rejects `unsupported-media-type` for an encoded body;
 * `too-large` once all of a larger one has been read and dropped, so that its sender sees the answer and the connection lives
 * on; `bad-request` when it ends early.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    checkEncoding(request);
    const chunks: Buffer[] = [];
    let length = 0;
    // What is announced as too large isn't kept from its first byte; memory is never taken on the sender's word.
    let isOver = Number(request.headers['content-length'] ?? 0) > limit;
    request.on('data', (chunk: Buffer) => {
      length += chunk.byteLength;
      isOver ||= length > limit;
      if (isOver) chunks.length = 0;
      else chunks.push(chunk);
    });
    request.on('end', () => {
      const [first] = chunks;
      if (isOver) reject(new AppError('too-large', `The body is too large: at most ${limit} bytes.`));
      else resolve(first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks, length));
    });
    request.on('close', () => {
      if (request.readableEnded) return;
      reject(new AppError('bad-request', 'The request ended before its body was complete.'));
    });
  });
}

function checkEncoding({ headers }: IncomingMessage): void {
  const hasBody = headers['transfer-encoding'] !== undefined || headers['content-length'] !== undefined;
  const encoding = headers['content-encoding'] ?? 'identity';
  if (!hasBody || encoding.toLowerCase() === 'identity') return;
  throw new AppError('unsupported-media-type', "The body can't be read: content encoding unsupported.");
}
