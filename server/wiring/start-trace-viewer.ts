import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Processes } from '../fleet/index.ts';
import type { ServerCommand } from '../toolchain/index.ts';
import type { Viewer } from '../traces/index.ts';

/** Reading a large trace takes a while, and the tool's own first build, too. */
const READY_MILLIS = 60_000;
const LISTENS = /listening on (http:\/\/127\.0\.0\.1:\d{1,5})\b/;

/** Starts Go's viewer and waits for its address. Rejects with the last that it said when it ends before; an abort ends it. */
export async function startTraceViewer(
  { command, args, env, limits }: ServerCommand,
  { processes, clock }: { readonly processes: Processes; readonly clock: Clock },
  signal: AbortSignal,
): Promise<Viewer> {
  let said = '';
  let over: string | null = null;
  const started = processes.spawn({
    what: 'go tool trace',
    command,
    args,
    env,
    limits,
    onOver(reason) {
      over = `go tool trace ${reason}`;
      void started.end();
    },
  });
  const stop = (): void => void started.end();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const url = await new Promise<string | null>((resolve) => {
    const cancel = clock.after(READY_MILLIS, () => {
      over = `go tool trace was not ready after ${READY_MILLIS / 1_000} s`;
      resolve(null);
    });
    started.child.stdout?.resume();
    started.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2_000);
      const found = LISTENS.exec(said)?.[1];
      if (found === undefined) return;
      cancel();
      resolve(found);
    });
    void started.ended.then(() => {
      cancel();
      resolve(null);
    });
  });
  signal.removeEventListener('abort', stop);
  if (url !== null && !signal.aborted) return { url, ended: started.ended, end: () => started.end() };
  await started.end();
  const line = said.trim().split('\n').at(-1) ?? '';
  throw new AppError(
    over === null ? 'malformed-trace' : 'over-limit',
    `go tool trace did not open this trace: ${over ?? (line || 'it said nothing')}`,
  );
}
