const MAX_PACKETS = 64;
const MAX_BYTES = 1024 * 1024;

/** The part of an engine.io connection that this needs. */
export interface PacketQueue {
  on(event: 'packetCreate', listener: (packet: { readonly data?: unknown }) => void): unknown;
  on(event: 'flush', listener: () => void): unknown;
}

/**
 * Packets for a viewer who doesn't read pile up in memory without bound. `cut` is called once, when more than 64 packets or 1 MB
 * wait behind the batch that is on the wire.
 */
export function watchBacklog(queue: PacketQueue, cut: () => void): void {
  let packets = 0;
  let bytes = 0;
  let isCut = false;
  queue.on('packetCreate', ({ data }) => {
    packets += 1;
    bytes += sizeOf(data);
    if (isCut || (packets <= MAX_PACKETS && bytes <= MAX_BYTES)) return;
    isCut = true;
    cut();
  });
  queue.on('flush', () => {
    packets = 0;
    bytes = 0;
  });
}

function sizeOf(data: unknown): number {
  if (typeof data === 'string') return Buffer.byteLength(data);
  return data instanceof Uint8Array ? data.byteLength : 0;
}
