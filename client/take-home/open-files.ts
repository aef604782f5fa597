import { exploreLinks } from '../../protocol/index.ts';
import type { Notices } from '../state/index.ts';

export interface FileOpener {
  /** Stores one pprof file; answers with its kind and with the selector that is this file alone. */
  readonly open: (name: string, bytes: Blob) => Promise<{ kind: string; match: string }>;
  readonly notices: Notices;
  /** Path and query of the view that shows what was opened; two files of one kind are compared. */
  readonly onOpen: (link: string) => void;
}

/** Each file that can't be opened becomes a notice with the lab's own words; the others are opened all the same. */
export async function openFiles(files: readonly File[], { open, notices, onOpen }: FileOpener): Promise<void> {
  const opened: { kind: string; match: string }[] = [];
  for (const file of files) {
    const view = await notices.attempt(file.name, () => open(file.name, file));
    if (view !== undefined) opened.push(view);
  }
  const [first, ...others] = exploreLinks(opened);
  if (others.length > 0) notices.tell(`${opened.length} files are stored; one is shown. Two of one kind are compared.`);
  if (first !== undefined) onOpen(first);
}
