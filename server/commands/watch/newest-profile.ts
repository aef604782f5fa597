import type { z } from 'zod';
import { flameGraph, routeAnswers, SNAPSHOT_KINDS, topTable } from '../../../protocol/index.ts';
import type { PlaceOptions } from '../../cli.ts';
import { resolveConfig } from '../../config.ts';
import {
  computeFlameGraph,
  computeTop,
  mergeProfiles,
  type Profile,
  stackSumsFromProfile,
} from '../../profile/index.ts';
import { sampleTypeOfKind } from '../../profile/kind-types.ts';
import { findRunningLab, parseAnswer, type RunningLab } from '../running-lab.ts';
import type { ProfileView } from './screen-state.ts';

/** More than a terminal can show. */
const MOST_FRAMES = 2_000;
const MOST_ROWS = 200;

/** Of at least one window, oldest first: their sum, or the newest where a sum means nothing. */
export function viewProfiles(kind: string, windows: readonly Profile[]): ProfileView {
  const profile = mergeProfiles(SNAPSHOT_KINDS.has(kind) ? windows.slice(-1) : windows);
  const type = sampleTypeOfKind(kind);
  const known = profile.sampleTypes.some((sampleType) => sampleType.type === type);
  const sums = stackSumsFromProfile(profile, known ? type : null);
  const top = computeTop(sums);
  return {
    flame: computeFlameGraph(sums, { maxFrames: MOST_FRAMES }),
    top: { ...top, rows: top.rows.slice(0, MOST_ROWS) },
  };
}

/** Of the learner's code in the running lab, since a time; null without a lab, and when it has none. */
export async function profileOfLab(
  flags: PlaceOptions,
  { slug, kind, sinceMillis }: { slug: string; kind: string; sinceMillis: number },
): Promise<ProfileView | null> {
  const lab = await findRunningLab(resolveConfig(flags).data);
  if (!lab) return null;
  const query = new URLSearchParams({
    kind,
    type: sampleTypeOfKind(kind),
    match: `{instance=~${JSON.stringify((await instancesOf(lab, slug)).join('|'))}}`,
    from: String(sinceMillis),
  });
  const ask = async <T>(path: string, schema: z.ZodType<T>): Promise<T> => parseAnswer(schema, await lab.get(path));
  const flame = await ask(`/api/flamegraph?${query}&maxFrames=${MOST_FRAMES}`, flameGraph);
  const top = await ask(`/api/top?${query}&limit=${MOST_ROWS}`, topTable);
  return SNAPSHOT_KINDS.has(kind) ? meanOf({ flame, top }, flame.window.profiles) : { flame, top };
}

function meanOf({ flame, top }: ProfileView, profiles: number): ProfileView {
  const mean = (value: number): number => value / profiles;
  const { nodes } = flame;
  return {
    flame: {
      ...flame,
      total: mean(flame.total),
      nodes: { ...nodes, total: nodes.total.map(mean), self: nodes.self.map(mean) },
    },
    top: {
      ...top,
      total: mean(top.total),
      rows: top.rows.map((row) => ({ ...row, flat: mean(row.flat), cum: mean(row.cum) })),
    },
  };
}

/** The candidate of checks for commands, and the one that the page shows; names of instances are words with hyphens. */
async function instancesOf(lab: RunningLab, slug: string): Promise<string[]> {
  const { save } = parseAnswer(routeAnswers['GET /api/lab'], await lab.get('/api/lab'));
  const twin = save?.exercise === slug ? save.twin : null;
  return [`${slug}-candidate`, ...(twin ? [twin.candidate.instance] : [])];
}
