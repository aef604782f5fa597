import type { Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError } from '../errors.ts';
import { answerFromError, type ErrorLog } from './answer-from-error.ts';
import { writeErrorAnswer, writeRawAnswer } from './write-answer.ts';

/** Requests that never reach the gate, because they don't parse or take too long, get an answer as well, in the same form. */
export function answerBrokenRequests(server: Server, log: ErrorLog): void {
  const answering = new WeakMap<Duplex, ServerResponse>();
  server.on('request', (request, response) => answering.set(request.socket, response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const response = answering.get(socket);
    const isMidAnswer = response?.headersSent === true && !response.writableFinished;
    if (error.code === 'ECONNRESET' || isMidAnswer) socket.destroy();
    else writeRawAnswer(socket, answerFromError(findReason(error.code), log));
  });
  server.on('connect', (_request, socket) => {
    writeRawAnswer(socket, answerFromError(new AppError('method-not-allowed', 'The lab is not a proxy.'), log));
  });
  server.on('checkExpectation', (_request, response) => {
    writeErrorAnswer(response, answerFromError(new AppError('bad-request', 'The header expect asks too much.'), log));
  });
}

function findReason(code: string | undefined): AppError {
  if (code === 'HPE_HEADER_OVERFLOW')
    return new AppError('headers-too-large', 'The request head is larger than 16 KB.');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new AppError('request-timeout', 'The request took too long: its head may take 10 s, all of it 30 s.');
  }
  return new AppError('bad-request', 'The request is not valid HTTP.');
}
