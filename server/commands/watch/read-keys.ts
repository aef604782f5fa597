import { emitKeypressEvents } from 'node:readline';

/** Names as node:readline has them: `h`, `up`, `pagedown`. Resolves at q, Ctrl-C, the end of the input or the signal. */
export function readKeys(pressed: (name: string) => void, quitting: AbortSignal): Promise<void> {
  const { stdin } = process;
  emitKeypressEvents(stdin);
  if (stdin.isTTY) stdin.setRawMode(true);
  stdin.resume();
  return new Promise((resolve) => {
    const end = (): void => {
      if (stdin.isTTY) stdin.setRawMode(false);
      stdin.off('keypress', press);
      stdin.pause();
      resolve();
    };
    const press = (text: string | undefined, key: { name?: string; ctrl?: boolean }): void => {
      const name = key.name ?? text ?? '';
      if (name === 'q' || (key.ctrl && name === 'c')) end();
      else pressed(name);
    };
    stdin.on('keypress', press);
    stdin.once('end', end);
    quitting.addEventListener('abort', end, { once: true });
  });
}
