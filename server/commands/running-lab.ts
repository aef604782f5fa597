import type { z } from 'zod';
import { ERROR_STATUS, type ErrorCode, errorBody, parseInput, sentenceOf } from '../../protocol/index.ts';
import { AppError } from '../errors.ts';
import { readLabFile } from './lab-file.ts';

/** The lab that runs on a data folder, asked over HTTP with its token. */
export interface RunningLab {
  readonly pid: number;
  readonly url: string;
  /** The workspace that it watches and judges. */
  readonly workspace: string;
  get(path: string): Promise<unknown>;
  post(path: string, body: unknown, signal?: AbortSignal): Promise<unknown>;
  /** An answer that isn't JSON. */
  download(path: string): Promise<Uint8Array>;
  /** A body that isn't JSON. */
  upload(path: string, bytes: Uint8Array): Promise<unknown>;
}

/** undefined when no lab answers there, e.g. after a kill -9 that left its file behind. */
export async function findRunningLab(data: string): Promise<RunningLab | undefined> {
  const file = await readLabFile(data);
  if (!file) return undefined;
  const base = `http://127.0.0.1:${file.port}`;
  const send = async (path: string, init: RequestInit, type = 'application/json'): Promise<Response> => {
    const headers = { authorization: `Bearer ${file.token}`, 'content-type': type };
    const response = await fetch(base + path, { ...init, headers });
    if (!response.ok) throw errorFromBody(await response.json(), response.status);
    return response;
  };
  const ask = async (path: string, init: RequestInit): Promise<unknown> => (await send(path, init)).json();
  const lab: RunningLab = {
    pid: file.pid,
    url: base,
    workspace: file.workspace,
    get: (path) => ask(path, { method: 'GET' }),
    post: (path, body, signal) => ask(path, { method: 'POST', body: JSON.stringify(body), signal: signal ?? null }),
    download: async (path) => new Uint8Array(await (await send(path, { method: 'GET' })).arrayBuffer()),
    async upload(path, bytes) {
      const init = { method: 'POST', body: new Uint8Array(bytes) };
      return (await send(path, init, 'application/octet-stream')).json();
    },
  };
  const answers = await lab.get('/api/kinds').then(
    () => true,
    () => false,
  );
  return answers ? lab : undefined;
}

/** An answer as its schema sees it; `internal` when the lab is of another version. */
export function parseAnswer<T>(schema: z.ZodType<T>, answer: unknown): T {
  return parseInput(schema, answer, (misfit) => {
    const seen = sentenceOf(misfit, 'its answer');
    return new AppError(
      'internal',
      `The running lab answers as another version does (${seen}): stop it and start it again.`,
    );
  });
}

function errorFromBody(body: unknown, status: number): AppError {
  const parsed = errorBody.safeParse(body);
  if (!parsed.success) return new AppError('internal', `the lab answered ${status}`);
  const { code, message, detail } = parsed.data.error;
  return new AppError(isErrorCode(code) ? code : 'internal', message, { detail });
}

function isErrorCode(code: string): code is ErrorCode {
  return code in ERROR_STATUS;
}
