import {
  kindOfTraceGraph,
  type Labels,
  type Recorder,
  type RecorderRequest,
  type ServiceFlight,
  serviceFlight,
  type Trace,
  type TracedGraph,
  type TraceGraph,
  type TraceList,
  type TraceViewer,
} from '../../protocol/index.ts';
import { AppError } from '../errors.ts';
import { createTurns } from '../turns.ts';
import type { TracesParts, TraceTarget } from './ports.ts';
import { checkAnswer, fetchTrace, type Recorded, type RecordOptions, recordTrace, takeFlight } from './record-trace.ts';
import { openTraceFolder } from './trace-folder.ts';
import { createViewers } from './viewers.ts';

/** What is to be recorded of whom; of a service without a named instance, its first. */
export interface RecordRequest {
  readonly service: string | null;
  readonly instance: string | null;
  readonly kind: 'trace' | 'flight';
  readonly seconds: number;
}

export interface Traces {
  list(): TraceList;
  record(request: RecordRequest): Promise<Trace>;
  drive(request: RecorderRequest): Promise<Recorder>;
  /** The file of a trace. Throws `not-found`. */
  download(id: string): Promise<{ readonly file: string; readonly name: string }>;
  draw(id: string, graph: TraceGraph): Promise<TracedGraph>;
  view(id: string): Promise<TraceViewer>;
  remove(id: string): Promise<void>;
  /** How the recorder of a target is: a slow request that it kept and that isn't here yet is fetched. */
  notice(news: { target: string; labels: Labels; flight: ServiceFlight }): void;
  close(): Promise<void>;
}

const STATE_BYTES = 10_000;
/** Until its metrics are read: a service starts with its recorder off. */
const UNHEARD: ServiceFlight = { available: true, on: false, untilMillis: 0, slowMillis: 0, kept: null };

export async function openTraces(parts: TracesParts): Promise<Traces> {
  const { clock, limits } = parts;
  const folder = await openTraceFolder({
    folder: parts.folder,
    limits,
    now: () => clock.now(),
    removed: (id) => void viewers.end(id),
  });
  const viewers = createViewers({ clock, limits, start: (id, signal) => parts.startViewer(folder.fileOf(id), signal) });
  const drawInTurn = createTurns();
  const flights = new Map<string, ServiceFlight>();
  /** Of each target, the newest slow request that was asked for. */
  const asked = new Map<string, string>();
  const recording = new Set<string>();
  const options: RecordOptions = { graceMillis: limits.graceMillis, maxBytes: limits.traceBytes };

  const findTarget = ({ service, instance }: Pick<RecordRequest, 'service' | 'instance'>): TraceTarget => {
    const found = parts
      .targets()
      .find(({ name, labels }) => isOf(labels.service, service) && isOf(labels.instance ?? name, instance));
    if (found) return found;
    const wanted = [service, instance].filter((one) => one !== null).join(' ');
    throw new AppError('not-found', `There is no target ${wanted}: it is gone, or was never there.`);
  };
  const need = (id: string): Trace => {
    const trace = folder.find(id);
    if (trace) return trace;
    throw new AppError('not-found', `There is no trace ${id}: it was removed, or made room for newer ones.`);
  };
  const keep = (target: TraceTarget, { bytes, cause, cut }: Recorded, atMillis = clock.now()): Promise<Trace> => {
    const { service = '', version = '', instance = target.name } = target.labels;
    return folder.add(bytes, { service, instance, version, atMillis, cause, cut });
  };
  /** Only one at a time of a target: a second would be refused by the first. */
  const alone = async <T>(target: TraceTarget, task: () => Promise<T>): Promise<T> => {
    if (recording.has(target.name))
      throw new AppError('busy', `${target.name} is being traced already: wait until that trace is there.`);
    recording.add(target.name);
    try {
      return await task();
    } finally {
      recording.delete(target.name);
    }
  };
  const fetchSlow = async (target: TraceTarget, slow: NonNullable<ServiceFlight['kept']>): Promise<void> => {
    const bytes = await fetchTrace(target, `/debug/flamelab/flight/slow/${slow.id}`, options);
    const { endpoint, millis } = slow;
    await keep(target, { bytes, cause: { why: 'slow', endpoint, millis }, cut: false }, slow.unixMillis);
  };

  return {
    list() {
      const own = parts.targets().filter((target) => target.ownWindows);
      const recorders = own.map((target) => recorderOf(target, flights.get(target.name) ?? UNHEARD, clock.now()));
      return { traces: folder.list(), recorders, limits: { traces: limits.traces, bytes: limits.bytes } };
    },
    async record(request) {
      const target = findTarget(request);
      if (request.kind === 'flight') {
        if (!target.ownWindows) throw noRecorder(target);
        return keep(target, await takeFlight(target, options));
      }
      return keep(target, await alone(target, () => recordTrace(target, request.seconds, options)));
    },
    async drive({ instance, on, slowMillis }) {
      const target = findTarget({ service: null, instance });
      if (!target.ownWindows) throw noRecorder(target);
      const seconds = on ? limits.recorderSeconds : 0;
      const path = `/debug/flamelab/flight?seconds=${seconds}&slowMillis=${slowMillis}`;
      const answer = await target.ask('POST', path, { timeoutMillis: limits.graceMillis, maxBytes: STATE_BYTES });
      checkAnswer(target, answer);
      const flight = serviceFlight.parse(JSON.parse(new TextDecoder().decode(answer.bytes)));
      flights.set(target.name, flight);
      return recorderOf(target, flight, clock.now());
    },
    async download(id) {
      const { file: name } = need(id);
      await folder.touch(id);
      return { file: folder.fileOf(id), name };
    },
    draw: (id, graph) =>
      drawInTurn(async () => {
        const { service, instance, version, atMillis, cause, cut } = need(id);
        await folder.touch(id);
        const bytes = await parts.convert(folder.fileOf(id), graph);
        const durationMillis = cause.why === 'asked' && !cut ? cause.seconds * 1_000 : 0;
        const kind = kindOfTraceGraph(graph);
        const startMillis = atMillis - durationMillis;
        const labels = Object.fromEntries(
          Object.entries({ service, instance, version, trace: id }).filter(([, value]) => value !== ''),
        );
        return { kind, ...(await parts.store({ kind, labels, bytes, startMillis, durationMillis })) };
      }),
    async view(id) {
      need(id);
      await folder.touch(id);
      return { url: await viewers.open(id) };
    },
    async remove(id) {
      need(id);
      await folder.remove(id);
    },
    notice({ target: name, flight }) {
      flights.set(name, flight);
      const { kept } = flight;
      if (kept === null) return;
      const slow = `${kept.id} ${kept.unixMillis}`;
      const target = parts.targets().find((one) => one.name === name);
      const isThere = folder
        .list()
        .some(
          ({ instance, atMillis, cause }) => cause.why === 'slow' && instance === name && atMillis === kept.unixMillis,
        );
      if (!target || isThere || asked.get(name) === slow) return;
      asked.set(name, slow);
      fetchSlow(target, kept).catch((cause) => parts.log(`A slow request of ${name} could not be fetched: ${cause}`));
    },
    close: () => viewers.close(),
  };
}

const isOf = (is: string | undefined, wanted: string | null): boolean => wanted === null || is === wanted;

function noRecorder({ name }: TraceTarget): AppError {
  return new AppError(
    'no-data',
    `${name} isn't a service of the fleet: only those have a flight recorder that can be asked.`,
  );
}

/** What was last heard, as it must be by now. */
function recorderOf({ name, labels }: TraceTarget, flight: ServiceFlight, now: number): Recorder {
  const { available, untilMillis, slowMillis } = flight;
  const on = flight.on && untilMillis > now;
  const { service = '', instance = name } = labels;
  return { service, instance, available, on, untilMillis: on ? untilMillis : 0, slowMillis: on ? slowMillis : 0 };
}
