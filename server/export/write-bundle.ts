import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { BUNDLE_VERSION, type BundleEntry, type BundleHead } from '../../protocol/index.ts';

/** A bundle as a stream of bytes (protocol/bundle.ts has its form). `profiles`: how many `entries` will bring. */
export function writeBundle(
  { profiles, madeMillis }: Pick<BundleHead, 'profiles' | 'madeMillis'>,
  entries: AsyncIterable<BundleEntry>,
): Readable {
  const source = Readable.from(linesOf({ flamelab: 'bundle', version: BUNDLE_VERSION, profiles, madeMillis }, entries));
  const gzip = createGzip();
  source.on('error', (error) => gzip.destroy(error));
  gzip.on('close', () => source.destroy());
  return source.pipe(gzip);
}

async function* linesOf(head: BundleHead, entries: AsyncIterable<BundleEntry>): AsyncGenerator<string> {
  yield `${JSON.stringify(head)}\n`;
  for await (const entry of entries) yield `${JSON.stringify(entry)}\n`;
}
