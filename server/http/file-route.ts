import { createHash } from 'node:crypto';
import type { Express } from 'express';
import type { Labels } from '../../protocol/index.ts';
import type { ProfileStore } from '../store/profile-store.ts';
import { addRawRoute } from './add-route.ts';
import { queryOf } from './gate.ts';
import type { ProfileFunctions } from './profile-functions.ts';
import { checkProfileBytes, PUSHED_BYTES, type PushRouteOptions } from './push-route.ts';
import { readParameters, requiredText } from './query-parameters.ts';
import { readBody } from './read-body.ts';
import { checkSeriesLabels } from './series-labels.ts';

export interface FileRouteOptions extends Pick<PushRouteOptions, 'clock'> {
  readonly store: Pick<ProfileStore, 'append' | 'listWindows'>;
  readonly profiles: Pick<ProfileFunctions, 'parseProfile' | 'parseSelector' | 'kindOfProfile'>;
}

/**
 * Takes a pprof file that someone wants to look at: the lab finds out its kind and gives it a series of its own, by its content,
 * so that the answer's `match` selects this file and nothing else. The same file again is the same series, stored once. It is
 * pinned: files are often older than the store keeps profiles.
 */
export function addFileRoute(app: Express, { clock, store, profiles }: FileRouteOptions): void {
  addRawRoute(app, 'POST /api/files', [], async (request, response) => {
    const bytes = await readBody(request, PUSHED_BYTES);
    const { name } = readParameters(queryOf(request), { name: requiredText });
    checkProfileBytes(bytes);
    const content = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
    const labels = { service: 'file', instance: name, content };
    checkSeriesLabels(labels);
    const profile = await profiles.parseProfile(bytes);
    const kind = profiles.kindOfProfile(profile, name);
    const match = matchOf(labels);
    const there = await store.listWindows({ kind, selector: profiles.parseSelector(match), from: null, to: null });
    if (there.length === 0) {
      const entry = { kind, labels, profile, arrivalMillis: clock.now(), requests: null, pinned: true };
      await store.append(entry);
    }
    response.status(201).json({ kind, match, known: there.length > 0 });
  });
}

/** `{service="file",instance="a \"b\""}` */
function matchOf(labels: Labels): string {
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join()}}`;
}
