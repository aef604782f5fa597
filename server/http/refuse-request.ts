import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorAnswer } from './answer-from-error.ts';
import { pathOf } from './gate.ts';
import { refusalPage } from './refusal-page.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import { writeErrorAnswer } from './write-answer.ts';

/** JSON, save where a person looks at the answer: a browser at the page's own address without a session. */
export function refuseRequest(
  request: IncomingMessage,
  response: ServerResponse,
  answer: ErrorAnswer,
  linkHelp: string,
): void {
  const isPage = request.method === 'GET' && !pathOf(request).startsWith('/api/') && answer.status === 401;
  if (!isPage || response.headersSent) {
    writeErrorAnswer(response, answer);
    return;
  }
  const page = refusalPage('Flamelab needs its link', [answer.body.error.message, linkHelp]);
  response.writeHead(answer.status, { ...SECURITY_HEADERS, 'Content-Type': 'text/html; charset=utf-8' });
  response.end(page);
}
