import type { Express } from 'express';
import type { ProfileStore } from '../store/profile-store.ts';
import { addRoute } from './add-route.ts';
import { breakDown, type ValuesTogether } from './break-down.ts';
import { queryOf } from './gate.ts';
import { optionalText, readParameters } from './query-parameters.ts';
import { checkReached, type QueryRouteOptions, SELECTION, selectionFrom } from './query-routes.ts';

/** One step for all time. */
const EVER_MILLIS = 1e15;

/** Which values of which labels a selection's value belongs to: one query for all labels. */
export function addBreakdownRoute(app: Express, { store, profiles }: QueryRouteOptions): void {
  addRoute(app, 'GET /api/breakdown', async (request) => {
    const read = readParameters(queryOf(request), { ...SELECTION, type: optionalText });
    const selection = selectionFrom(read, profiles);
    const by = await store.labelNames();
    const sums = await store.series(selection, { type: read.type, stepMillis: EVER_MILLIS, by });
    await checkReached(store, selection, { window: await store.extent(selection) });
    return breakDown(sums, by, new Map(await Promise.all(by.map((name) => valuesTogether(store, name)))));
  });
}

async function valuesTogether(
  store: Pick<ProfileStore, 'labelGroups'>,
  name: string,
): Promise<readonly [string, ValuesTogether]> {
  const several = (await store.labelGroups(name, [])).filter((values) => values.length > 1);
  return [name, new Map(several.map((values) => [values.join(), values]))];
}
