import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { GoView } from '../../protocol/index.ts';
import { AppError } from '../errors.ts';
import { type BuildOutcome, build } from './build.ts';
import { createBuildCache } from './build-cache.ts';
import { type FormatOutcome, format } from './format.ts';
import { BUILD_FLAGS } from './go-environment.ts';
import { type GoTask, type GoTaskOutcome, runGoTask } from './go-task.ts';
import { createLanes } from './lanes.ts';
import type { ToolchainLimits } from './limits.ts';
import { locateSource, type SourcePlace } from './locate-source.ts';
import { type FoundGo, findGo } from './probe-go.ts';
import type { RunProgram } from './run-program.ts';
import { languageServerCommand, type ServerCommand } from './server-command.ts';
import { buildId, type SourceFiles, sourcesOf } from './source-state.ts';
import { profileFromTrace, traceViewerCommand } from './trace-tool.ts';

export interface ToolchainOptions {
  readonly cacheDir: string;
  /** Default: `go` of the PATH. */
  readonly goCommand?: string;
  readonly limits: ToolchainLimits;
  readonly log: (message: string) => void;
  readonly run: RunProgram;
}

export interface BuildRequest {
  readonly service: string;
  /** The whole source state; what the service isn't made of is left out. */
  readonly files: SourceFiles;
  readonly signal?: AbortSignal;
  /**
   * A request cancels the one before it in its lane, unless both are of the same state. Default: the service for a request
   * that can be cancelled anyway (it brings a signal); none for one that can't. Null: one of its own.
   */
  readonly lane?: string | null;
}

export interface Toolchain {
  /** Looks anew each time, so that an installed Go is found without a restart. */
  probeGo(): Promise<GoView>;
  /** Throws `go-missing` without a usable Go. Compile errors are data. */
  build(request: BuildRequest): Promise<BuildOutcome>;
  /** The id that `build` would give, without building. */
  identify(request: Pick<BuildRequest, 'service' | 'files'>): Promise<string>;
  /** Keeps a build in the cache; the disposer lets it go. */
  pin(id: string): () => void;
  /** Throws out builds beyond the cache's limit; also done after each build. */
  trim(): Promise<void>;
  /** Where the source of a file lies, as a profile names it. The name is not confined yet. */
  locateSource(version: string, file: string): Promise<SourcePlace>;
  format(text: string, file?: string): Promise<FormatOutcome>;
  startGoTask(task: GoTask): Promise<GoTaskOutcome>;
  /** A pprof of an execution trace: `graph` is sync, sched, net or syscall. Rejects `go-missing`, `malformed-trace`, `over-limit`. */
  profileTrace(file: string, graph: string): Promise<Uint8Array>;
  /** How to open a trace with Go's own viewer. Rejects `go-missing`. */
  viewTrace(file: string): Promise<ServerCommand>;
  /** How to start this gopls for the sources of the workspace. Rejects `go-missing`. */
  serveLanguage(gopls: string): Promise<ServerCommand>;
}

const SERVICE = /^[a-z][a-z0-9]{0,31}$/;

export function createToolchain(options: ToolchainOptions): Toolchain {
  const { cacheDir, limits, log, run } = options;
  const cache = createBuildCache(join(cacheDir, 'builds'), limits.cacheBytes);
  const temporary = join(cacheDir, 'tmp');
  const lanes = createLanes();
  let found: FoundGo | null = null;
  let looking: Promise<GoView> | null = null;

  const probe = async (): Promise<GoView> => {
    const result = await findGo(options.goCommand ?? 'go', cacheDir, run);
    found = 'view' in result ? result : null;
    return 'view' in result ? result.view : result;
  };
  // One look for all who wait: they go on in the order in which they came, so that a newer save stays the newer.
  const needGo = async (): Promise<FoundGo> => {
    if (found !== null) return found;
    looking ??= probe().finally(() => {
      looking = null;
    });
    const { message } = await looking;
    if (found === null) throw new AppError('go-missing', message ?? 'Go is missing');
    return found;
  };
  const foldersOf = async (go: FoundGo) => {
    const path = join(cacheDir, 'gopath');
    await mkdir(temporary, { recursive: true });
    return { cache: go.cache, path };
  };
  const stateOf = (go: FoundGo, { service, files }: Pick<BuildRequest, 'service' | 'files'>) => {
    if (!SERVICE.test(service))
      throw new AppError('bad-request', `${JSON.stringify(service)} is not the name of a service`);
    const sources = sourcesOf(service, files);
    return { sources, id: buildId({ version: go.version, flags: BUILD_FLAGS, service }, sources) };
  };
  return {
    probeGo: probe,
    async build(request) {
      const { service, signal } = request;
      const go = await needGo();
      const { id, sources } = stateOf(go, request);
      const { lane = signal === undefined ? null : service } = request;
      const outcome = await lanes.run({ lane, id, signal }, async (own) =>
        build({ id, service, sources, go, folders: await foldersOf(go), cache, limits, run, signal: own }),
      );
      if (outcome.ok && !outcome.build.cached)
        void cache.trim().catch((cause) => log(`trimming the build cache failed: ${cause}`));
      return outcome;
    },
    async identify(request) {
      return stateOf(await needGo(), request).id;
    },
    pin: (id) => cache.pin(id),
    trim: () => cache.trim(),
    async locateSource(version, file) {
      if (found === null) await probe();
      return locateSource({ version, file }, { cache, go: found });
    },
    async format(text, file = 'main.go') {
      return format(file, text, { go: await needGo(), run });
    },
    async startGoTask(task) {
      const go = await needGo();
      if (!SERVICE.test(task.service))
        throw new AppError('bad-request', `${JSON.stringify(task.service)} is not the name of a service`);
      return runGoTask(task, { go, folders: await foldersOf(go), temporary, limits, run });
    },
    async profileTrace(file, graph) {
      const go = await needGo();
      return profileFromTrace(file, graph, { go, folders: await foldersOf(go), temporary, limits, run });
    },
    async viewTrace(file) {
      const go = await needGo();
      return traceViewerCommand(file, { go, folders: await foldersOf(go), temporary, limits });
    },
    async serveLanguage(gopls) {
      const go = await needGo();
      const folders = { ...(await foldersOf(go)), temporary };
      return languageServerCommand(gopls, { folders, cache: join(cacheDir, 'gopls'), limits });
    },
  };
}
