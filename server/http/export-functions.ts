import type { Readable } from 'node:stream';
import type { BundleEntry, BundleHead, DiffGraph, FlameGraph, GraphPage } from '../../protocol/index.ts';

/** What the reader of an exported page is told besides the values. `match`: the selector of each side. */
export interface PageHeading extends Pick<GraphPage, 'kind' | 'madeMillis' | 'patterns'> {
  readonly match: readonly string[];
}

/** What writes files that leave the lab; main.ts supplies it from export/. */
export interface ExportFunctions {
  /** Most nodes that such a page draws well. */
  readonly mostPageFrames: number;
  /** The whole page as HTML. */
  writeTreePage(tree: FlameGraph, heading: PageHeading): Promise<string>;
  writeDiffPage(diff: DiffGraph, heading: PageHeading): Promise<string>;
  readonly mostBundleProfiles: number;
  readonly mostBundleBytes: number;
  writeBundle(head: Pick<BundleHead, 'profiles' | 'madeMillis'>, entries: AsyncIterable<BundleEntry>): Readable;
  /** Throws `malformed-bundle`, `over-limit`: the whole bundle is refused. */
  readBundle(bytes: Uint8Array): BundleEntry[];
}
