import type { LoadLine } from '../../protocol/index.ts';
import { type LoadTarget, loadArguments } from './load-arguments.ts';
import type { LabProcesses, StartedLoad } from './ports.ts';

type OneAnswer = Extract<LoadLine, { event: 'one' }>;
export type TrafficStats = Extract<LoadLine, { event: 'stats' }>;

const ONE_TIMEOUT_MILLIS = 10_000;

/**
 * Continuous open-loop traffic on one service's instances, in ABBA slices when there are two. Rate, pause and targets
 * change without a restart; a generator that ends by itself is reported and started again with the next change.
 */
export class Traffic {
  readonly #processes: LabProcesses;
  readonly #binary: () => Promise<void>;
  readonly #options: { scenario: string; seed: number; onStats(stats: TrafficStats): void };
  #scenario: string;
  #load: StartedLoad | null = null;
  #targets: readonly LoadTarget[] = [];
  #rate: number;
  #surge = 0;
  #paused = false;
  #heldBack = false;
  #waiting: ((answer: OneAnswer) => void)[] = [];

  constructor(
    processes: LabProcesses,
    options: {
      scenario: string;
      seed: number;
      rate: number;
      ready(): Promise<void>;
      onStats(stats: TrafficStats): void;
    },
  ) {
    this.#processes = processes;
    this.#binary = options.ready;
    this.#options = options;
    this.#scenario = options.scenario;
    this.#rate = options.rate;
  }

  get rate(): number {
    return this.#rate;
  }

  get paused(): boolean {
    return this.#paused;
  }

  async setTargets(targets: readonly LoadTarget[]): Promise<void> {
    this.#targets = targets;
    if (targets.length === 0) return this.stop();
    if (!this.#load) return this.#start();
    this.#load.send({
      do: 'targets',
      targets: Object.fromEntries(targets.map((target) => [target.name, target.url])),
      downstreams: Object.fromEntries(
        targets.flatMap(({ name, downstreamUrl }) => (downstreamUrl ? [[`${name}.payments`, downstreamUrl]] : [])),
      ),
    });
  }

  /** Another kind of requests from now on; null: what the service usually gets. Rate and pause stay. */
  async setScenario(scenario: string | null): Promise<void> {
    const wanted = scenario ?? this.#options.scenario;
    if (wanted === this.#scenario) return;
    this.#scenario = wanted;
    if (!this.#load) return;
    await this.stop();
    await this.#start();
  }

  setRate(value: number): void {
    this.#rate = value;
    this.#sendRate();
  }

  /** At least so many requests/s until it is called with 0, so that a picture fills soon; `rate` stays what the learner wants. */
  surge(rate: number): void {
    this.#surge = rate;
    this.#sendRate();
  }

  burst(requests: number): void {
    this.#load?.send({ do: 'burst', requests });
  }

  pause(): void {
    this.#paused = true;
    this.#sendPause();
  }

  resume(): void {
    this.#paused = false;
    this.#sendPause();
  }

  /** For a while the machine is needed for something else; `paused` stays what the learner wants. */
  holdBack(heldBack: boolean): void {
    this.#heldBack = heldBack;
    this.#sendPause();
  }

  #sendRate(): void {
    this.#load?.send({ do: 'rate', value: Math.max(this.#rate, this.#surge) });
  }

  #sendPause(): void {
    this.#load?.send({ do: this.#paused || this.#heldBack ? 'pause' : 'resume' });
  }

  /** Sends one request to every target and resolves with what came back; fewer answers when a target is silent. */
  one(): Promise<OneAnswer[]> {
    const load = this.#load;
    if (!load) return Promise.resolve([]);
    const answers: OneAnswer[] = [];
    return new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        this.#waiting = this.#waiting.filter((waiter) => waiter !== take);
        resolve(answers);
      };
      const timer = setTimeout(finish, ONE_TIMEOUT_MILLIS);
      const take = (answer: OneAnswer): void => {
        answers.push(answer);
        if (answers.length >= this.#targets.length) finish();
      };
      this.#waiting.push(take);
      load.send({ do: 'one' });
    });
  }

  async stop(): Promise<void> {
    const load = this.#load;
    this.#load = null;
    await load?.stop();
  }

  async #start(): Promise<void> {
    await this.#binary();
    if (this.#load || this.#targets.length === 0) return;
    const args = [
      ...loadArguments(this.#targets, { scenario: this.#scenario, seed: this.#options.seed }),
      '-rate',
      String(Math.max(this.#rate, this.#surge)),
      '-slice',
      '100ms',
    ];
    const load = this.#processes.startLoad({ mode: 'drive', args, onLine: (line) => this.#take(line) });
    this.#load = load;
    if (this.#paused || this.#heldBack) this.#sendPause();
    load.done.then(
      () => this.#ended(load),
      () => this.#ended(load),
    );
  }

  #ended(load: StartedLoad): void {
    if (this.#load === load) this.#load = null;
  }

  #take(line: LoadLine): void {
    if (line.event === 'stats') this.#options.onStats(line);
    if (line.event === 'one') for (const waiter of [...this.#waiting]) waiter(line);
  }
}
