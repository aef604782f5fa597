import { join } from 'node:path';
import {
  DEFAULT_BUNDLE_LIMITS,
  graphPageOfDiff,
  graphPageOfTree,
  MOST_PAGE_FRAMES,
  readBundle,
  readTemplate,
  writeBundle,
  writeGraphPage,
} from '../export/index.ts';
import type { ExportFunctions } from '../http/index.ts';

/** What the export routes write files with; `root`: of the clone or installed package. */
export function exportFunctions(root: string): ExportFunctions {
  const template = (): Promise<string> => readTemplate(join(root, 'dist', 'export', 'index.html'));
  return {
    mostPageFrames: MOST_PAGE_FRAMES,
    writeTreePage: async (tree, heading) => writeGraphPage(await template(), graphPageOfTree(tree, heading)),
    writeDiffPage: async (diff, heading) => writeGraphPage(await template(), graphPageOfDiff(diff, heading)),
    mostBundleProfiles: DEFAULT_BUNDLE_LIMITS.profiles,
    mostBundleBytes: DEFAULT_BUNDLE_LIMITS.gzipBytes,
    writeBundle,
    readBundle: (bytes) => readBundle(bytes),
  };
}
