import { createServer, type RequestListener, type Server } from 'node:http';
import type { Target } from '../../../protocol/index.ts';
import { type Clock, systemClock } from '../../../server/clock.ts';
import {
  type CollectedWindow,
  type Collector,
  type CollectorSettings,
  createCollector,
  DEFAULT_COLLECTOR_SETTINGS,
  type ProfileSink,
  type TargetSpec,
} from '../../../server/collector/index.ts';
import { createProfileParser } from '../../../server/profile/profile-parser.ts';
import { until } from '../../support/run-flamelab.ts';

type Entry = Parameters<ProfileSink['append']>[0];

export interface Collecting {
  readonly collector: Collector;
  readonly entries: Entry[];
  readonly windows: CollectedWindow[];
  attach(url: string, more?: Partial<TargetSpec>): void;
  /** The only target, once it is as wished. */
  target(isWished: (target: Target) => boolean): Promise<Target>;
  close(): Promise<void>;
}

/** A collector as in the lab, its profiles kept in a list; patience is short, so that a test needn't have any. */
export function startCollecting(
  clock: Clock = systemClock,
  backoffMillis: CollectorSettings['backoffMillis'] = { first: 50, most: 400 },
): Collecting {
  const parser = createProfileParser({ workers: 1 });
  const entries: Entry[] = [];
  const windows: CollectedWindow[] = [];
  const collector = createCollector({
    settings: { ...DEFAULT_COLLECTOR_SETTINGS, graceMillis: 1_000, backoffMillis },
    sink: {
      async append(entry) {
        entries.push(entry);
      },
      appendMetrics: async () => {},
    },
    parse: (bytes) => parser.parse(bytes),
    clock,
    events: { collected: (window) => windows.push(window), metrics: () => {}, healthChanged: () => {} },
  });
  return {
    collector,
    entries,
    windows,
    attach: (url, more = {}) =>
      void collector.add({
        name: 'mine',
        url,
        labels: { service: 'mine', instance: 'mine' },
        ownWindows: false,
        origin: 'attached',
        atOnce: true,
        ...more,
      }),
    async target(isWished) {
      const all = await until(
        async () => collector.targets(),
        ([one]) => one !== undefined && isWished(one),
      );
      if (!all[0]) throw new Error('there is no target');
      return all[0];
    },
    async close() {
      await collector.close();
      await parser.close();
    },
  };
}

/** A web server that answers as `listener` does. */
export async function serveHttp(
  listener: RequestListener,
): Promise<{ server: Server; url: string; close(): Promise<void> }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    server,
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
