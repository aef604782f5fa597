import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Processes } from '../fleet/index.ts';
import type { TraceViewerCommand } from '../toolchain/index.ts';
import type { Viewer } from '../traces/index.ts';

/** Reading a large trace takes a while, and the tool's own first build, too. */
const READY_MILLIS = 25_000;
const LISTENS = /listening on (http:\/\/127\.0\.0\.1:\d{1,5})\b/;

/** Starts Go's viewer and waits for its address. Rejects with the last that it said when it ends before. */
export async function startTraceViewer(
  { command, args, env, limits }: TraceViewerCommand,
  { processes, clock }: { readonly processes: Processes; readonly clock: Clock },
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
  const url = await new Promise<string | null>((resolve) => {
    const cancel = clock.after(READY_MILLIS, () => resolve(null));
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
  if (url !== null) return { url, ended: started.ended, end: () => started.end() };
  await started.end();
  const line = said.trim().split('\n').at(-1) ?? '';
  throw new AppError(
    'malformed-trace',
    `go tool trace did not open this trace: ${over ?? (line || 'it said nothing')}`,
  );
}
