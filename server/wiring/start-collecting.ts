import type { Clock } from '../clock.ts';
import {
  type CollectedWindow,
  type CollectorSettings,
  createCollector,
  DEFAULT_COLLECTOR_SETTINGS,
  type ParseProfile,
  type ProfileSink,
} from '../collector/index.ts';
import type { StartCollecting } from '../lab/index.ts';

/**
 * Verdict runs are short: deltas of 2 s, so that several fall into the measurement, and no kind that forces a collection
 * of garbage (goroutineleak), since that would change what is measured.
 */
const VERDICT_SETTINGS: CollectorSettings = {
  ...DEFAULT_COLLECTOR_SETTINGS,
  focus: DEFAULT_COLLECTOR_SETTINGS.focus
    .filter(({ kind }) => kind !== 'goroutineleak')
    .map((plan) => (['allocs', 'mutex', 'block'].includes(plan.kind) ? { ...plan, windowMillis: 2_000 } : plan)),
};

/**
 * Collecting for the verdict's own runs: each has a collector of its own, in focus, whose profiles go to the judge and to
 * the lab's store alike.
 */
export function createStartCollecting(parts: {
  clock: Clock;
  parse: ParseProfile;
  sink: ProfileSink;
  collected(window: CollectedWindow): void;
}): StartCollecting {
  return ({ name, url, service, version, instance }, onProfile) => {
    const collector = createCollector({
      settings: VERDICT_SETTINGS,
      parse: parts.parse,
      clock: parts.clock,
      sink: {
        async append(entry) {
          onProfile(entry.kind, entry.profile);
          await parts.sink.append(entry);
        },
        appendMetrics: (points) => parts.sink.appendMetrics(points),
      },
      events: { collected: parts.collected, metrics: () => {}, healthChanged: () => {} },
    });
    collector.add({ name, url, labels: { service, instance, version }, ownWindows: true }, { focus: true });
    return { collector, stop: () => collector.close() };
  };
}
