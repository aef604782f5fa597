import { join } from 'node:path';
import type { BuildCache } from './build-cache.ts';
import type { FoundGo } from './probe-go.ts';
import { MODULE } from './source-state.ts';

/** A folder and a relative name in it that is still to be confined; or why there is nothing to read. */
export type SourcePlace =
  | { readonly origin: 'build' | 'go'; readonly of: string; readonly root: string; readonly name: string }
  | { readonly reason: string };

const BUILD_ID = /^[0-9a-f]{16}$/;
const SOURCE = /\.(?:go|s)$/;

/**
 * Where the text of a file lies that a profile names: own code in the snapshot of its build, everything else in Go's library.
 *
 *     bazaar/search/find.go              → DIR/ID/src, search/find.go
 *     net/http/server.go                 → GOROOT/src, net/http/server.go
 *     GOROOT/src/net/http/server.go      → the same (a program that was built without -trimpath)
 */
export async function locateSource(
  { version, file }: { readonly version: string; readonly file: string },
  { cache, go }: { readonly cache: Pick<BuildCache, 'find'>; readonly go: FoundGo | null },
): Promise<SourcePlace> {
  if (!SOURCE.test(file)) return { reason: 'only .go and .s files are shown' };
  if (file.startsWith(`${MODULE}/`)) return inSnapshot(version, file.slice(MODULE.length + 1), cache);
  if (go === null) return { reason: 'Go was not found on this machine, and this is no file of a build' };
  const root = join(go.root, 'src');
  const name = [root, root.replaceAll('\\', '/')].reduce((seen, prefix) => withoutPrefix(seen, `${prefix}/`), file);
  return { origin: 'go', of: go.version, root, name };
}

async function inSnapshot(version: string, name: string, cache: Pick<BuildCache, 'find'>): Promise<SourcePlace> {
  if (!BUILD_ID.test(version))
    return { reason: 'these profiles do not say by a version label which build they are of' };
  const build = await cache.find(version);
  if (build === undefined) return { reason: `build ${version} is not kept any more` };
  return { origin: 'build', of: version, root: build.sources, name };
}

function withoutPrefix(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}
