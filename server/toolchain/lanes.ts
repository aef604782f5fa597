import type { BuildOutcome, FailedBuild } from './build.ts';

export interface LaneRequest {
  /** Null: of its own. */
  readonly lane: string | null;
  readonly id: string;
  readonly signal?: AbortSignal | undefined;
}

export interface Lanes {
  run(request: LaneRequest, task: (signal: AbortSignal) => Promise<BuildOutcome>): Promise<BuildOutcome>;
}

interface Flight {
  readonly id: string;
  readonly cancel: AbortController;
  readonly outcome: Promise<BuildOutcome>;
  /** Requests that wait for it. */
  waiting: number;
}

/**
 * One build at a time for each lane: a newer state cancels an older one. The same state is built once, whoever asks; a
 * request that gives up cancels the build only if nobody else waits for it.
 */
export function createLanes(): Lanes {
  const flights = new Map<string, Flight>();
  const lanes = new Map<string | symbol, { id: string; giveUps: Set<(reason: string) => void> }>();

  const join = (id: string, task: (signal: AbortSignal) => Promise<BuildOutcome>): Flight => {
    const current = flights.get(id);
    if (current !== undefined && !current.cancel.signal.aborted) return current;
    const cancel = new AbortController();
    const outcome = task(cancel.signal).finally(() => {
      if (flights.get(id) === flight) flights.delete(id);
    });
    const flight: Flight = { id, cancel, outcome, waiting: 0 };
    flights.set(id, flight);
    return flight;
  };
  return {
    async run({ lane: wanted, id, signal }, task) {
      // First of all: one that was given up before it came must not cancel a newer one.
      if (signal?.aborted) return cancelled('cancelled before it started');
      const lane = wanted ?? Symbol(id);
      const before = lanes.get(lane);
      const place = before?.id === id ? before : { id, giveUps: new Set<(reason: string) => void>() };
      if (place !== before)
        for (const giveUp of before?.giveUps ?? []) giveUp('cancelled: a newer state is built instead');
      const flight = join(id, task);
      flight.waiting++;
      const gaveUp = createGiveUp();
      place.giveUps.add(gaveUp.giveUp);
      lanes.set(lane, place);
      const onAbort = () => gaveUp.giveUp('cancelled');
      signal?.addEventListener('abort', onAbort, { once: true });
      try {
        return await Promise.race([flight.outcome, gaveUp.outcome]);
      } finally {
        signal?.removeEventListener('abort', onAbort);
        place.giveUps.delete(gaveUp.giveUp);
        if (place.giveUps.size === 0 && lanes.get(lane) === place) lanes.delete(lane);
        flight.waiting--;
        if (flight.waiting === 0) flight.cancel.abort();
      }
    },
  };
}

function createGiveUp() {
  let giveUp: (reason: string) => void = () => undefined;
  const outcome = new Promise<FailedBuild>((resolve) => {
    giveUp = (reason) => resolve(cancelled(reason));
  });
  return { outcome, giveUp };
}

function cancelled(output: string): FailedBuild {
  return { ok: false, why: 'cancelled', errors: [], output, millis: 0 };
}
