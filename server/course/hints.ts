import { RE2JS } from 're2js';
import { computeFrameShare } from '../profile/frame-share.ts';
import { sampleTypeOfKind } from '../profile/kind-types.ts';
import type { Profile } from '../profile/profile.ts';

/** The newest profile of a kind from the learner's own code; null when there is none yet. */
export type NewestProfile = (kind: string) => Promise<Profile | null>;

const PLACEHOLDER = /\{share:([a-z]+):([^{}]+)\}/g;

const CORES = '{cores}';

/**
 * Fills `{cores}` with how busy the newest CPU profile's samples kept a core, and `{share:KIND:FRAME}` (FRAME is RE2) from the learner's own newest profile, and names what was found:
 *
 *     "Look how wide it is: {share:cpu:^regexp\.}."  →  "Look how wide it is: 41 % of cpu."
 *
 * A frame that isn't there any more is 0 %, since renaming the planted function must not make a hint lie.
 */
export async function fillHint(text: string, newest: NewestProfile): Promise<string> {
  let filled = text;
  for (const [whole, kind = '', pattern = ''] of text.matchAll(PLACEHOLDER)) {
    filled = filled.replace(whole, await describeShare(kind, pattern, newest));
  }
  if (filled.includes(CORES)) filled = filled.replaceAll(CORES, await describeCores(newest));
  return filled;
}

/** Seconds of CPU per second: `0.42 s of samples in 5 s: 8 % of one core in your newest profile`. */
async function describeCores(newest: NewestProfile): Promise<string> {
  const profile = await newest('cpu');
  const seconds = profile ? Number(profile.durationNanos) / 1e9 : 0;
  if (!profile || seconds <= 0) return '(unknown: no cpu profile so far)';
  const busy = (computeFrameShare(profile, sampleTypeOfKind('cpu'), () => true)?.total ?? 0) / 1e9;
  const share = `${((busy / seconds) * 100).toFixed(0)} % of one core in your newest profile`;
  return `${busy.toFixed(2)} s of samples in ${seconds.toPrecision(2)} s: ${share}`;
}

async function describeShare(kind: string, pattern: string, newest: NewestProfile): Promise<string> {
  const profile = await newest(kind);
  if (!profile) return `(unknown: no ${kind} profile so far)`;
  const compiled = RE2JS.compile(pattern);
  const seen = computeFrameShare(profile, sampleTypeOfKind(kind), (name) => compiled.matcher(name).find());
  if (!seen || seen.share === 0) return `0 % of ${kind} in your newest profile`;
  return `${(seen.share * 100).toFixed(seen.share < 0.1 ? 1 : 0)} % of ${kind} in your newest profile`;
}
