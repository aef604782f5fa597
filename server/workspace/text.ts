import { AppError } from '../errors.ts';

export function textFromBytes(name: string, content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch (cause) {
    throw new AppError('bad-request', `${name} is not a text in UTF-8`, { cause });
  }
}

export function bytesFromText(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** `20250102-030405`, UTC: sorts by time and is a clean part of a name. */
export function timeName(millis: number): string {
  const [day = '', time = ''] = new Date(millis).toISOString().split('T');
  return `${day.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}`;
}

export function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a !== undefined && b !== undefined && Buffer.compare(a, b) === 0;
}
