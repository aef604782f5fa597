import { gunzipSync } from 'node:zlib';
import {
  BUNDLE_VERSION,
  type BundleEntry,
  bundleEntry,
  bundleHead,
  parseInput,
  sentenceOf,
} from '../../protocol/index.ts';
import { AppError } from '../errors.ts';

/** What a bundle may cost before the whole of it is refused. */
export interface BundleLimits {
  readonly gzipBytes: number;
  readonly inflatedBytes: number;
  readonly profiles: number;
}

export const DEFAULT_BUNDLE_LIMITS: BundleLimits = {
  gzipBytes: 64 * 1024 * 1024,
  inflatedBytes: 256 * 1024 * 1024,
  profiles: 5_000,
};

/**
 * The entries of a bundle, in their order; their profiles are not looked into. Refuses the whole of it when any line is wrong:
 * `malformed-bundle` (detail: the line, from 1), `over-limit`.
 */
export function readBundle(bytes: Uint8Array, limits: BundleLimits = DEFAULT_BUNDLE_LIMITS): BundleEntry[] {
  const text = inflate(bytes, limits);
  const lines = text.toString('utf8').split('\n');
  if (lines.pop() !== '') throw malformed(lines.length + 1, 'it ends in the middle of a line');
  const head = bundleHead.safeParse(parseLine(lines[0] ?? '', 1));
  if (!head.success) throw malformed(1, 'it does not start as a bundle of a lab does');
  const { version, profiles } = head.data;
  if (version !== BUNDLE_VERSION)
    throw malformed(1, `it has version ${version}, this lab reads version ${BUNDLE_VERSION}`);
  if (profiles > limits.profiles) throw overLimit('profiles', profiles, limits.profiles);
  if (lines.length - 1 !== profiles)
    throw malformed(lines.length, `it says that it has ${profiles} profiles, and has ${lines.length - 1}`);
  return lines
    .slice(1)
    .map((line, index) =>
      parseInput(bundleEntry, parseLine(line, index + 2), (misfit) => malformed(index + 2, sentenceOf(misfit, 'it'))),
    );
}

function inflate(bytes: Uint8Array, limits: BundleLimits): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b)
    throw malformed(1, 'it is not gzip; a bundle is what "flamelab export --format bundle" writes');
  if (bytes.length > limits.gzipBytes) throw overLimit('bytes', bytes.length, limits.gzipBytes);
  try {
    return gunzipSync(bytes, { maxOutputLength: limits.inflatedBytes });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ERR_BUFFER_TOO_LARGE')
      throw overLimit('inflated bytes', `more than ${limits.inflatedBytes}`, limits.inflatedBytes);
    const seen = code === 'Z_BUF_ERROR' ? 'the gzip data ends early' : 'the gzip data is damaged';
    throw malformed(1, seen);
  }
}

function parseLine(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw malformed(number, 'it is not JSON');
  }
}

function malformed(line: number, what: string): AppError {
  return new AppError('malformed-bundle', `malformed bundle at line ${line}: ${what}. Nothing of it was imported.`, {
    detail: { line },
  });
}

function overLimit(what: string, seen: number | string, limit: number): AppError {
  return new AppError(
    'over-limit',
    `bundle refused: ${what}: ${seen}, the limit is ${limit}; export it in parts, with --from and --to`,
    { detail: { what, seen, limit } },
  );
}
