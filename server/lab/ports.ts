import type {
  CompileError,
  GoView,
  LoadLine,
  RunView,
  SaveRequest,
  WorkspaceFile,
  WorkspaceText,
} from '../../protocol/index.ts';

/** What the lab needs from toolchain, fleet and workspace; main.ts supplies it. */
export type Files = ReadonlyMap<string, Uint8Array>;

export interface LabBuild {
  readonly id: string;
  readonly service: string;
  readonly binary: string;
  /** The snapshot that it was built from. */
  readonly sources: string;
  readonly millis: number;
  readonly cached: boolean;
}

export type LabBuildOutcome =
  | { readonly ok: true; readonly build: LabBuild }
  | { readonly ok: false; readonly errors: readonly CompileError[]; readonly output: string; readonly millis: number };

export interface LabToolchain {
  probeGo(): Promise<GoView>;
  build(request: {
    service: string;
    files: Files;
    signal?: AbortSignal;
    lane?: string | null;
  }): Promise<LabBuildOutcome>;
  format(text: string): Promise<{ ok: true; text: string } | { ok: false; errors: readonly CompileError[] }>;
  startGoTask(task: {
    dir: string;
    service: string;
    run: 'test' | 'bench' | 'race';
    onOutput(text: string): void;
    signal: AbortSignal;
  }): Promise<{ exit: number | null; outcome: string; why: string | null }>;
}

export interface StartedRun {
  readonly id: string;
  /** `http://127.0.0.1:PORT`; another one after a restart. */
  readonly url: string;
  /** Current view: state and, when it isn't up, the reason. */
  view(): RunView;
  /** Processes that run now: its own, and what it started. */
  processes(): number;
  stop(): Promise<void>;
}

export interface RunSpec {
  readonly service: string;
  readonly instance: string;
  readonly version: string;
  readonly role: RunView['role'];
  readonly binary: string;
  readonly args: readonly string[];
  readonly restart: boolean;
}

export interface LoadSpec {
  readonly mode: 'drive' | 'measure' | 'behave' | 'probe' | 'burst' | 'stall';
  readonly args: readonly string[];
  onLine(line: LoadLine): void;
}

export interface StartedLoad {
  send(command: Readonly<Record<string, unknown>>): void;
  stop(): Promise<void>;
  /** Resolves at its end; rejects with what it printed when it failed. */
  readonly done: Promise<void>;
}

export interface LabProcesses {
  /** Resolves when the service's ready line came; rejects with the last lines of its log. */
  start(spec: RunSpec): Promise<StartedRun>;
  startLoad(spec: LoadSpec): StartedLoad;
  runs(): readonly RunView[];
  log(run: string): { text: string; dropped: number } | null;
}

export interface LabWorkspace {
  readAll(): Promise<Files>;
  installedFiles(): Promise<Files>;
  /** The top folders that `files` names become exactly these files; what the learner had there is kept at `keptAs`. */
  reset(files: Files): Promise<{ readonly keptAs: string | null; readonly changed: readonly string[] }>;
}

export interface LabWorkspaceFiles extends LabWorkspace {
  listFiles(): Promise<readonly WorkspaceFile[]>;
  readFile(path: string): Promise<WorkspaceText>;
  /** Rejects `version-conflict` with a SaveConflict as detail; both texts are kept. */
  writeFile(request: SaveRequest): Promise<{ path: string; version: string }>;
}
