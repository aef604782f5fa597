import type { FlameFrame } from '../../../protocol/index.ts';
import { hashName } from './stack-key.ts';
import type { NameTable } from './tree-shape.ts';

/** The distinct names of a graph's frames, and which of them each frame has. */
export function nameTable(frames: readonly FlameFrame[]): { names: NameTable; nameOfFrame: Int32Array } {
  const first = new Map<string, FlameFrame>();
  for (const frame of frames) {
    if (!first.has(frame.name)) first.set(frame.name, frame);
  }
  const text = [...first.keys()].sort();
  const place = new Map(text.map((name, index) => [name, index]));
  const names: NameTable = {
    text,
    hash: Float64Array.from(text, hashName),
    frames: text.map((name) => first.get(name) ?? { name, file: '', line: 0, package: '' }),
  };
  return { names, nameOfFrame: Int32Array.from(frames, (frame) => place.get(frame.name) ?? 0) };
}

/** Both tables in one, and where the names of each went. */
export function mergeNames(a: NameTable, b: NameTable): { names: NameTable; fromA: Int32Array; fromB: Int32Array } {
  const fromA = new Int32Array(a.text.length);
  const fromB = new Int32Array(b.text.length);
  const text: string[] = [];
  const frames: FlameFrame[] = [];
  const hash = new Float64Array(a.text.length + b.text.length);
  for (let i = 0, j = 0; i < a.text.length || j < b.text.length; ) {
    const left = a.text[i];
    const right = b.text[j];
    const takeA = left !== undefined && (right === undefined || left <= right);
    const takeB = right !== undefined && (left === undefined || right <= left);
    const frame = takeB ? b.frames[j] : a.frames[i];
    hash[text.length] = (takeB ? b.hash[j] : a.hash[i]) ?? 0;
    if (takeA) fromA[i++] = text.length;
    if (takeB) fromB[j++] = text.length;
    text.push((takeB ? right : left) ?? '');
    if (frame !== undefined) frames.push(frame);
  }
  return { names: { text, frames, hash: hash.slice(0, text.length) }, fromA, fromB };
}
