/** What the toolchain needs of the room that owns processes; `server/fleet` has it as `runProgram`. */
export type RunProgram = (spec: ProgramSpec) => Promise<ProgramResult>;

export interface ProgramSpec {
  readonly what: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly limits: { readonly millis: number; readonly bytes: number; readonly processes: number };
  readonly onOutput: (text: string) => void;
  readonly onBytes?: ((bytes: Uint8Array) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** `ended`: who ended it early, with the reason in words; null when it ended by itself. */
export interface ProgramResult {
  readonly exit: number | null;
  readonly ended: null | { readonly by: 'missing' | 'time' | 'limit' | 'cancelled'; readonly reason: string };
}
