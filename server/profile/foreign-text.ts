/**
 * What the bytes are instead of a profile, when they are text: an error page, or a profile fetched with debug=1. Null for
 * anything that isn't plainly text. A pprof can't be taken for text: its first records hold control characters.
 */
export function describeForeignText(bytes: Uint8Array): string | null {
  const head = bytes.subarray(0, 256);
  const isPage = head[0] === 0x3c && head.every((byte) => byte >= 0x80 || isTextByte(byte));
  if (!isPage && !head.every(isTextByte)) return null;
  const text = new TextDecoder().decode(head).trimStart();
  const start = text.slice(0, 40).replace(/\s+/g, ' ');
  if (text.startsWith('<')) return `it is a web page, not a profile; it starts with "${start}"`;
  if (/^(heap profile|goroutine profile|threadcreate profile|--- )/.test(text)) {
    return `it is a text profile; it starts with "${start}". Fetch it without debug=1`;
  }
  return `it is text, not a pprof profile; it starts with "${start}"`;
}

/** Printable ASCII and white space. */
function isTextByte(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
