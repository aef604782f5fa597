import { z } from 'zod';
import { PROTOCOL_VERSION } from '../../protocol/index.ts';

export type PageUpdate = { check(serverProtocol: number): 'same' | 'reloading' | 'stuck' };

/**
 * A page and a server of different builds could misread each other: the page reloads itself, once per server version. If the
 * reloaded page still differs, another reload would not help either, and the shell says so (`stuck`).
 */
export function createPageUpdate(
  reload: () => void,
  memory: Pick<Storage, 'getItem' | 'setItem'>,
  own: number = PROTOCOL_VERSION,
): PageUpdate {
  const key = 'flamelab.reloaded-for-protocol';
  return {
    check(serverProtocol) {
      if (serverProtocol === own) return 'same';
      if (memory.getItem(key) === String(serverProtocol)) return 'stuck';
      memory.setItem(key, String(serverProtocol));
      reload();
      return 'reloading';
    },
  };
}

const spoken = z.object({ protocol: z.number() });

/** The protocol of a raw lab state if it is not this page's: looked at first, since the rest may then have another form. */
export function findOtherProtocol(raw: unknown, own: number = PROTOCOL_VERSION): number | null {
  const seen = spoken.safeParse(raw);
  return seen.success && seen.data.protocol !== own ? seen.data.protocol : null;
}
