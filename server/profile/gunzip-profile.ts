import { gunzipSync } from 'node:zlib';
import { malformed, overLimit } from './profile-errors.ts';
import { DEFAULT_PROFILE_LIMITS, type ProfileLimits } from './profile-limits.ts';

/**
 * The inflated profile; bytes that aren't gzip are handed back as they are. Inflating stops at the limit, so a bomb costs no
 * more than an honest profile of that size. Refuses with `over-limit` or `malformed-profile`.
 */
export function gunzipProfile(bytes: Uint8Array, limits: ProfileLimits = DEFAULT_PROFILE_LIMITS): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  if (bytes.length > limits.gzipBytes) throw overLimit('its gzip size', limits.gzipBytes, bytes.length);
  try {
    const inflated = gunzipSync(bytes, { maxOutputLength: limits.inflatedBytes });
    return new Uint8Array(inflated.buffer, inflated.byteOffset, inflated.byteLength);
  } catch (error) {
    throw refusal(error, bytes, limits);
  }
}

function refusal(error: unknown, bytes: Uint8Array, limits: ProfileLimits): Error {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_BUFFER_TOO_LARGE')
    return overLimit('its inflated size', limits.inflatedBytes, `${limits.inflatedBytes + 1} or more`);
  if (code === 'Z_BUF_ERROR') return malformed(bytes.length, 'the gzip data ends early');
  return malformed(0, `the gzip data is damaged (${error instanceof Error ? error.message : String(error)})`);
}
