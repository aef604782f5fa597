import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type Clock, systemClock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { ParseAnswer, ParseRequest } from './parse-worker.ts';
import type { Profile } from './profile.ts';
import { overLimit } from './profile-errors.ts';
import { DEFAULT_PROFILE_LIMITS, type ProfileLimits } from './profile-limits.ts';

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
  readonly request: ParseRequest;
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
      const request = { bytes: new Uint8Array(bytes), limits };
      return new Promise((resolve, reject) => {
        queue.push({ request, resolve, reject });
        seats.find((seat) => seat.isFree())?.work();
      });
    },
    async close() {
      closed = true;
      for (const job of queue.splice(0)) job.reject(closing());
      await Promise.all(seats.map((seat) => seat.close()));
    },
  };
}

function closing(): AppError {
  return new AppError('busy', 'the profile reader is closing; try again');
}

type Settings = Required<ProfileParserOptions>;

/** A place for one thread, which is started when there is work, and again after it had to be ended. */
class ParserSeat {
  private readonly settings: Settings;
  private readonly nextJob: () => Job | undefined;
  private worker: Worker | null = null;
  private ready = false;
  private job: Job | null = null;
  private cancelTimeout: () => void = () => {};

  constructor(settings: Settings, nextJob: () => Job | undefined) {
    this.settings = settings;
    this.nextJob = nextJob;
  }

  isFree(): boolean {
    return this.job === null;
  }

  work(): void {
    const job = this.nextJob();
    this.job = job ?? null;
    if (job === undefined) {
      this.worker?.unref();
      return;
    }
    this.worker ??= this.startWorker();
    this.worker.ref();
    if (this.ready) this.post(job);
  }

  async close(): Promise<void> {
    const { worker } = this;
    this.finish((job) => job.reject(closing()));
    this.dropWorker();
    await worker?.terminate();
  }

  private post(job: Job): void {
    const { clock, parseMillis } = this.settings;
    this.cancelTimeout = clock.after(parseMillis, () => {
      this.fail(new AppError('over-limit', `profile refused: reading it took more than ${parseMillis} ms`));
    });
    const { buffer } = job.request.bytes;
    this.worker?.postMessage(job.request, buffer instanceof ArrayBuffer ? [buffer] : []);
  }

  private startWorker(): Worker {
    const worker = new Worker(workerFile(import.meta.url), {
      execArgv: [],
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: this.settings.heapMegabytes },
    });
    worker.on('message', (answer: ParseAnswer) => this.worker === worker && this.take(answer));
    worker.on('error', (error) => this.worker === worker && this.fail(errorOfWorker(error, this.settings)));
    return worker;
  }

  private take(answer: ParseAnswer): void {
    if (answer.kind === 'ready') {
      this.ready = true;
      if (this.job !== null) this.post(this.job);
      return;
    }
    this.finish((job) => {
      if (answer.kind === 'read') job.resolve(answer.profile);
      else job.reject(new AppError(answer.code, answer.message, { detail: answer.detail }));
    });
    this.work();
  }

  /** The thread is lost: the job gets the reason, the next one a new thread. */
  private fail(reason: Error): void {
    void this.worker?.terminate();
    this.dropWorker();
    this.finish((job) => job.reject(reason));
    this.work();
  }

  private dropWorker(): void {
    this.worker = null;
    this.ready = false;
  }

  private finish(settle: (job: Job) => void): void {
    this.cancelTimeout();
    const { job } = this;
    this.job = null;
    if (job !== null) settle(job);
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
