/**
 * collector: scrapes targets as the open-source continuous profilers do: an interval and kinds for each target, starts
 * spread by hash, timeouts, backoff, health, two-level sampling, and what all that costs. It knows `/debug/pprof` and the
 * fleet's own short windows; it must not know where profiles are kept, who looks at them, or what an exercise is.
 *
 *     const collector = createCollector({ settings, sink: store, parse, clock, events });
 *     const remove = collector.add({ name: 'search-1', url, labels, ownWindows: true }, { focus: true });
 */
export { type Collector, createCollector } from './collector.ts';
export { type Answer, getBounded } from './get-bounded.ts';
export { metricsFromService } from './metrics-from-service.ts';
export { createOverheads, type Overheads } from './overheads.ts';
export type { CollectedWindow, CollectorEvents, ParseProfile, ProfileSink } from './ports.ts';
export { type CollectorSettings, DEFAULT_COLLECTOR_SETTINGS, type KindPlan } from './settings.ts';
export { type LookUp, type PinnedAddress, pinAddress } from './target-address.ts';
export type { TargetSpec } from './target-loop.ts';
