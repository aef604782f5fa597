import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { BundleEntry } from '../../protocol/index.ts';
import { AppError } from '../errors.ts';
import type { Selection, WindowEntry } from '../store/profile-store.ts';
import type { ExportOptions } from './export-routes.ts';
import { kindParameter, type ParameterReader, readParameters } from './query-parameters.ts';
import { selectionFrom, WINDOW } from './query-routes.ts';

const anyKind: ParameterReader<string | null> = (text, name) => (text === null ? null : kindParameter(text, name));

/** The bundle of a selection, of one kind or of all. Rejects `no-data`, and `over-limit` for more profiles than one takes. */
export async function exportBundle(query: URLSearchParams, options: ExportOptions): Promise<Readable> {
  const { store, profiles, exports, clock } = options;
  const { kind, ...window } = readParameters(query, { ...WINDOW, kind: anyKind });
  const found: { selection: Selection; windows: WindowEntry[] }[] = [];
  for (const each of kind === null ? await store.kinds() : [kind]) {
    const selection = selectionFrom({ kind: each, ...window }, profiles);
    found.push({ selection, windows: await store.listWindows(selection) });
  }
  const count = found.reduce((sum, { windows }) => sum + windows.length, 0);
  if (count === 0)
    throw new AppError('no-data', 'no profile lies in this selection; GET /api/kinds says what there is');
  if (count > exports.mostBundleProfiles) {
    const limit = exports.mostBundleProfiles;
    throw new AppError('over-limit', `the selection has ${count} profiles, a bundle takes ${limit}: narrow its times`, {
      detail: { seen: count, limit },
    });
  }
  async function* entries(): AsyncGenerator<BundleEntry> {
    for (const { selection, windows } of found) {
      for (const { id, labels, atMillis, requests } of windows) {
        const pprof = await promisify(gzip)(profiles.writeProfile(await store.readWindow(selection, id)));
        yield { kind: selection.kind, labels, atMillis, requests, pprof: pprof.toString('base64') };
      }
    }
  }
  return exports.writeBundle({ profiles: count, madeMillis: clock.now() }, entries());
}
