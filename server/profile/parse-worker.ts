import { parentPort, workerData } from 'node:worker_threads';
import type { ErrorCode } from '../../protocol/index.ts';
import { AppError } from '../errors.ts';
import { gunzipProfile } from './gunzip-profile.ts';
import { ColumnUnpacker, type PackedColumns } from './packed-columns.ts';
import type { ProfileLimits } from './profile-limits.ts';
import { readNumberedProfile } from './read-profile.ts';
import { ProfileSender, type SentProfile } from './sent-profile.ts';

/** What the thread of `createProfileParser` begins with. */
export interface ParseWorkerData {
  readonly limits: ProfileLimits;
  /** Of one number in shared memory: profiles that this thread has finished. */
  readonly finished: Int32Array;
}

/** Files, to be answered in their order. Several in one message, as each message wakes a thread. */
export type ParseRequests = PackedColumns;

/** After one `ready`: answers in the order of the files, some at a time. */
export type ParseMessage = 'ready' | readonly ParseAnswer[];

export type ParseAnswer =
  | { readonly kind: 'read'; readonly profile: SentProfile }
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly message: string; readonly detail: unknown };

/** Answers that wait for each other at most, so that the other side needn't wait for all. */
const MOST_ANSWERS = 8;

const { limits, finished }: ParseWorkerData = workerData;
const sender = new ProfileSender();

parentPort?.on('message', (requests: ParseRequests) => {
  const files = new ColumnUnpacker(requests);
  let answers: ParseAnswer[] = [];
  requests.lengths.forEach((_, at) => {
    answers.push(parse(files.take(Uint8Array)));
    Atomics.add(finished, 0, 1);
    if (answers.length < MOST_ANSWERS && at + 1 < requests.lengths.length) return;
    send(answers);
    answers = [];
  });
});
parentPort?.postMessage('ready' satisfies ParseMessage);

function send(answers: readonly ParseAnswer[]): void {
  const buffers = answers.flatMap((answer) => (answer.kind === 'read' ? [answer.profile.columns.buffer] : []));
  parentPort?.postMessage(answers satisfies ParseMessage, buffers);
}

function parse(bytes: Uint8Array): ParseAnswer {
  try {
    return { kind: 'read', profile: sender.send(readNumberedProfile(gunzipProfile(bytes, limits), limits)) };
  } catch (error) {
    if (error instanceof AppError) {
      return { kind: 'refused', code: error.code, message: error.message, detail: error.detail };
    }
    throw error;
  }
}
