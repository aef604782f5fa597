import type { ServiceMetrics } from '../../protocol/index.ts';
import { metricsFromService } from './metrics-from-service.ts';
import { scrapeMetrics } from './scrape.ts';
import { sleep } from './sleep.ts';
import type { PinnedAddress } from './target-address.ts';
import type { LoopParts, TargetSpec } from './target-loop.ts';

export interface MetricsLoopParts extends LoopParts {
  readonly spec: TargetSpec;
  readonly address: PinnedAddress;
  readonly everyMillis: number;
  heldBack(): boolean;
  failed(cause: unknown): void;
  worked(): void;
}

const MAX_BYTES = 1_000_000;

/** Runtime and request metrics of a service of the fleet, until the signal. */
export async function runMetricsLoop(parts: MetricsLoopParts, signal: AbortSignal): Promise<void> {
  const { spec, settings, clock, everyMillis } = parts;
  const instance = spec.labels.instance ?? spec.name;
  let before: ServiceMetrics | null = null;
  while (!signal.aborted) {
    const started = clock.now();
    try {
      if (!parts.heldBack()) {
        const options = { timeoutMillis: settings.graceMillis, maxBytes: MAX_BYTES, signal };
        const after: ServiceMetrics = await scrapeMetrics(await parts.address.get(), options);
        const values = metricsFromService(before, after);
        before = after;
        if (after.flight) parts.events.recorder?.({ target: spec.name, labels: spec.labels, flight: after.flight });
        const atMillis = clock.now();
        const shown = Object.fromEntries(values.map(({ name, value }) => [name, value]));
        parts.events.metrics({ instance, atMillis, values: shown });
        await parts.sink.appendMetrics(values.map((value) => ({ ...value, labels: spec.labels, atMillis })));
        parts.worked();
      }
    } catch (cause) {
      if (signal.aborted) return;
      parts.failed(cause);
    }
    await sleep(clock, everyMillis - (clock.now() - started), signal);
  }
}
