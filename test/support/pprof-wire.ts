/** Protobuf by hand, for profiles that no writer would write: `record(2, number(1, 4), number(2, -1n))` is a sample. */
export function number(field: number, value: bigint | number): number[] {
  return [...varint(field * 8), ...varint(value)];
}

export function record(field: number, ...parts: readonly (readonly number[])[]): number[] {
  const bytes = parts.flat();
  return [...varint(field * 8 + 2), ...varint(bytes.length), ...bytes];
}

export function text(field: number, content: string | readonly number[]): number[] {
  return record(field, typeof content === 'string' ? [...new TextEncoder().encode(content)] : content);
}

export function packed(field: number, ...values: readonly (bigint | number)[]): number[] {
  return record(field, values.flatMap(varint));
}

/** As an unsigned 64-bit number, seven bits a byte, low ones first. */
export function varint(value: bigint | number): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return [...bytes, Number(rest)];
}

/** A profile of these parts after one sample type and the strings '', 'cpu', 'nanoseconds', 'main.work'. */
export function smallProfile(...parts: readonly (readonly number[])[]): Uint8Array {
  const strings = ['', 'cpu', 'nanoseconds', 'main.work'].map((string) => text(6, string));
  return Uint8Array.from([...record(1, number(1, 1), number(2, 2)), ...strings, ...parts].flat());
}

/** Function 1 (main.work) and location 1 in it. */
export const workFunction = record(5, number(1, 1), number(2, 3));
export const workLocation = record(4, number(1, 1), record(4, number(1, 1), number(2, 7)));
