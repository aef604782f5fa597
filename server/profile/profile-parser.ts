import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type Clock, systemClock } from '../clock.ts';
import { AppError } from '../errors.ts';
import { packColumns } from './packed-columns.ts';
import type { ParseAnswer, ParseMessage, ParseRequests, ParseWorkerData } from './parse-worker.ts';
import type { Profile } from './profile.ts';
import { overLimit } from './profile-errors.ts';
import { DEFAULT_PROFILE_LIMITS, type ProfileLimits } from './profile-limits.ts';
import { ProfileReceiver } from './sent-profile.ts';

/** Reads what people bring: in threads of its own, so that no profile can hold up or bring down the server. */
export interface ProfileParser {
  /** `bytes`: gzip or raw; copied. Rejects as `readProfile` throws, and `over-limit` for what takes too long or too much. */
  parse(bytes: Uint8Array): Promise<Profile>;
  /** Ends the threads; what waits is rejected `busy`. */
  close(): Promise<void>;
}

export interface ProfileParserOptions {
  readonly workers: number;
  readonly limits?: ProfileLimits;
  /** Most time for one profile. A thread that needs longer is ended and replaced. */
  readonly parseMillis?: number;
  /** Heap of a thread. Its buffers are bounded by `limits`, since the reader counts before it allocates. */
  readonly heapMegabytes?: number;
  readonly clock?: Clock;
}

export const DEFAULT_PARSE_MILLIS = 2_000;
export const DEFAULT_PARSE_HEAP_MEGABYTES = 512;

interface Job {
  readonly bytes: Uint8Array;
  readonly resolve: (profile: Profile) => void;
  readonly reject: (error: Error) => void;
}

export function createProfileParser(options: ProfileParserOptions): ProfileParser {
  const settings = {
    limits: DEFAULT_PROFILE_LIMITS,
    parseMillis: DEFAULT_PARSE_MILLIS,
    heapMegabytes: DEFAULT_PARSE_HEAP_MEGABYTES,
    clock: systemClock,
    ...options,
  };
  const queue: Job[] = [];
  const seats = Array.from({ length: options.workers }, () => new ParserSeat(settings, () => queue.shift()));
  let closed = false;
  return {
    async parse(bytes) {
      const { limits } = settings;
      if (closed) throw closing();
      if (bytes.length > limits.inflatedBytes) throw overLimit('its size', limits.inflatedBytes, bytes.length);
      const copy = new Uint8Array(bytes);
      return new Promise((resolve, reject) => {
        queue.push({ bytes: copy, resolve, reject });
        seatWithLeast(seats).work();
      });
    },
    async close() {
      closed = true;
      for (const job of queue.splice(0)) job.reject(closing());
      await Promise.all(seats.map((seat) => seat.close()));
    },
  };
}

function seatWithLeast(seats: readonly ParserSeat[]): ParserSeat {
  return seats.reduce((least, seat) => (seat.waiting < least.waiting ? seat : least));
}

function closing(): AppError {
  return new AppError('busy', 'the profile reader is closing; try again');
}

type Settings = Required<ProfileParserOptions>;

/** What a thread has at a time, so that it needn't wait for the server's own thread between two profiles: so many, in so many bytes. */
const MOST_POSTED = 64;
const MOST_POSTED_BYTES = 1_000_000;

const TIME_STEPS = 10;

/** Of a thread: what it reads lives for a moment, and a larger space for it is no faster. */
const YOUNG_MEGABYTES = 16;

/** A place for one thread, which is started when there is work, and again after it had to be ended. */
class ParserSeat {
  private readonly settings: Settings;
  private readonly nextJob: () => Job | undefined;
  private worker: Worker | null = null;
  private ready = false;
  private receiver = new ProfileReceiver();
  /** In the order in which the thread answers; the time of the first unfinished one runs. */
  private readonly jobs: Job[] = [];
  private unposted: Uint8Array[] = [];
  private heldBytes = 0;
  /** By the thread, in shared memory: it answers some at a time. */
  private finished = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  private answered = 0;
  private cancelTimeout: () => void = () => {};

  constructor(settings: Settings, nextJob: () => Job | undefined) {
    this.settings = settings;
    this.nextJob = nextJob;
  }

  get waiting(): number {
    return this.jobs.length;
  }

  work(): void {
    for (let job = this.takeJob(); job !== undefined; job = this.takeJob()) {
      this.jobs.push(job);
      this.heldBytes += job.bytes.length;
      // Together with those that other connections bring meanwhile.
      if (this.unposted.push(job.bytes) === 1) setImmediate(() => this.post());
      if (this.ready && this.jobs.length === 1) this.startTime();
    }
    if (this.jobs.length === 0) {
      this.worker?.unref();
      return;
    }
    this.worker ??= this.startWorker();
    this.worker.ref();
  }

  async close(): Promise<void> {
    const { worker } = this;
    this.cancelTimeout();
    for (let job = this.removeJob(0); job !== undefined; job = this.removeJob(0)) job.reject(closing());
    this.dropWorker();
    await worker?.terminate();
  }

  private takeJob(): Job | undefined {
    const hasRoom = this.jobs.length < MOST_POSTED && this.heldBytes < MOST_POSTED_BYTES;
    return hasRoom ? this.nextJob() : undefined;
  }

  private post(): void {
    if (!this.ready || this.unposted.length === 0) return;
    const requests: ParseRequests = packColumns(this.unposted);
    this.unposted = [];
    this.worker?.postMessage(requests, [requests.buffer]);
  }

  /** Jobs that are finished and not answered yet. */
  private countFinished(): number {
    return Atomics.load(this.finished, 0) - this.answered;
  }

  /** In steps: a stall of the server's own thread is one step, however long, and the thread may have gone on meanwhile. */
  private startTime(step = 1, finished = this.countFinished()): void {
    const { clock, parseMillis } = this.settings;
    this.cancelTimeout = clock.after(parseMillis / TIME_STEPS, () => {
      if (this.countFinished() !== finished) this.startTime();
      else if (step < TIME_STEPS) this.startTime(step + 1, finished);
      else this.fail(new AppError('over-limit', `profile refused: reading it took more than ${parseMillis} ms`));
    });
  }

  private startWorker(): Worker {
    const worker = new Worker(workerFile(import.meta.url), {
      execArgv: [],
      env: {},
      workerData: { limits: this.settings.limits, finished: this.finished } satisfies ParseWorkerData,
      resourceLimits: {
        maxOldGenerationSizeMb: this.settings.heapMegabytes,
        maxYoungGenerationSizeMb: YOUNG_MEGABYTES,
      },
    });
    worker.on('message', (message: ParseMessage) => this.worker === worker && this.take(message));
    worker.on('error', (error) => this.worker === worker && this.fail(errorOfWorker(error, this.settings)));
    return worker;
  }

  private take(message: ParseMessage): void {
    this.cancelTimeout();
    if (message === 'ready') {
      this.ready = true;
      this.unposted = this.jobs.map(({ bytes }) => bytes);
      this.post();
    } else {
      for (const answer of message) this.settle(answer);
    }
    if (this.jobs.length > 0) this.startTime();
    this.work();
  }

  private settle(answer: ParseAnswer): void {
    this.answered++;
    const job = this.removeJob(0);
    if (answer.kind === 'read') job?.resolve(this.receiver.receive(answer.profile));
    else job?.reject(new AppError(answer.code, answer.message, { detail: answer.detail }));
  }

  /** The thread is lost: the job that it was at gets the reason, the others a new thread. */
  private fail(reason: Error): void {
    const lost = this.countFinished();
    void this.worker?.terminate();
    this.dropWorker();
    this.cancelTimeout();
    this.removeJob(lost)?.reject(reason);
    this.work();
  }

  private dropWorker(): void {
    this.worker = null;
    this.ready = false;
    this.receiver = new ProfileReceiver();
    this.unposted = [];
    this.finished = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    this.answered = 0;
  }

  private removeJob(at: number): Job | undefined {
    const [job] = this.jobs.splice(at, 1);
    this.heldBytes -= job?.bytes.length ?? 0;
    return job;
  }
}

function errorOfWorker(error: unknown, { heapMegabytes }: Settings): AppError {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new AppError('over-limit', `profile refused: reading it took more than ${heapMegabytes} MB`);
  }
  return new AppError('internal', 'the profile reader failed', { cause: error });
}

/** The built worker, also when this file runs from its source under the test runner. */
function workerFile(here: string): string {
  const built = here.endsWith('.ts') ? '../../dist/server/profile/parse-worker.js' : './parse-worker.js';
  return fileURLToPath(new URL(built, here));
}
