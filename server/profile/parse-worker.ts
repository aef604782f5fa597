import { parentPort } from 'node:worker_threads';
import type { ErrorCode } from '../../protocol/index.ts';
import { AppError } from '../errors.ts';
import { gunzipProfile } from './gunzip-profile.ts';
import type { ProfileLimits } from './profile-limits.ts';
import { readProfile } from './read-profile.ts';
import { ProfileSender, type SentProfile } from './sent-profile.ts';

/** The thread of `createProfileParser`: one answer to each request, in order, after one `ready`. */
export interface ParseRequest {
  readonly bytes: Uint8Array;
  readonly limits: ProfileLimits;
}

export type ParseAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'read'; readonly profile: SentProfile }
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly message: string; readonly detail: unknown };

const sender = new ProfileSender();

parentPort?.on('message', ({ bytes, limits }: ParseRequest) => {
  const answer = parse(bytes, limits);
  parentPort?.postMessage(answer, answer.kind === 'read' ? [answer.profile.columns.buffer] : []);
});
send({ kind: 'ready' });

function parse(bytes: Uint8Array, limits: ProfileLimits): ParseAnswer {
  try {
    return { kind: 'read', profile: sender.send(readProfile(gunzipProfile(bytes, limits), limits)) };
  } catch (error) {
    if (error instanceof AppError) {
      return { kind: 'refused', code: error.code, message: error.message, detail: error.detail };
    }
    throw error;
  }
}

function send(answer: ParseAnswer): void {
  parentPort?.postMessage(answer);
}
