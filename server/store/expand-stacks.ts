import type { SampleType } from '../../protocol/index.ts';
import { frameName } from '../profile/frame-name.ts';
import type { ProfileFunction } from '../profile/profile.ts';
import type { StackSums } from '../profile/stack-sums.ts';
import type { Dictionaries } from './dictionaries.ts';
import { StackTrie } from './stack-trie.ts';
import { addTo, checkedInt64, type SampleSums } from './sum-samples.ts';

/**
 * From sums by stacks of locations to sums by paths of functions: inlined functions become frames of their own, and stacks
 * that differ by address or build only become one.
 *
 *     main@1;(b inlined in a)@2  10  ┐   main;a;b  17
 *     main@1;(b inlined in a)@9   7  ┘
 */
export function expandStacks(dictionaries: Dictionaries, type: SampleType, sums: SampleSums): StackSums {
  return expandNumberedStacks(dictionaries, type, sums).sums;
}

/** The same, and where the sums of a stack of locations went. */
export function expandNumberedStacks(
  dictionaries: Dictionaries,
  type: SampleType,
  sums: SampleSums,
): { readonly sums: StackSums; indexOf(stack: number): number } {
  const paths = createPaths(dictionaries);
  const byPath = new Map<number, bigint>();
  for (const [stack, value] of sums.byStack) addTo(byPath, paths.pathOf(stack), value);
  const places = new Map<number, number>();

  const functions: ProfileFunction[] = [];
  const indexOf = new Map<string, number>();
  const frame: number[] = [];
  const line: number[] = [];
  const start = new Uint32Array(byPath.size + 1);
  const values = new BigInt64Array(byPath.size);
  let stack = 0;
  for (const [path, value] of byPath) {
    paths.visit(path, (shown) => {
      const index = indexOf.get(shown.key) ?? functions.push(shown.fn()) - 1;
      indexOf.set(shown.key, index);
      frame.push(index);
      line.push(shown.line);
    });
    places.set(path, stack);
    values[stack++] = checkedInt64(value);
    start[stack] = frame.length;
  }
  const columns = { start, frame: Uint32Array.from(frame), line: Float64Array.from(line), values };
  return {
    sums: { type, functions, ...columns, window: sums.window },
    indexOf: (locations) => places.get(paths.pathOf(locations)) ?? 0,
  };
}

interface Frame {
  /** Frames with equal keys show the same function. */
  readonly key: string;
  readonly line: number;
  fn(): ProfileFunction;
}

/** A place without symbols, or whose function has no name, is shown by the name of its mapping. */
function frameAt({ locations, functions, mappings }: Dictionaries, location: number, position: number): Frame {
  const hasLine = position < locations.lineCount(location);
  const id = hasLine ? locations.lineFunction(location, position) : -1;
  const line = hasLine ? locations.lineNumber(location, position) : 0;
  const known = id < 0 ? undefined : functions.get(id);
  if (known !== undefined && known.name !== '') return { key: `${id}`, line, fn: () => known };
  const mapping = locations.mapping(location);
  const file = known?.file ?? '';
  const name = frameName('', mapping < 0 ? undefined : mappings.get(mapping));
  return { key: JSON.stringify([name, file]), line, fn: () => ({ name, systemName: '', file, startLine: 0 }) };
}

/** Paths of frames, kept like stacks; a stack's path is worked out from its parent's, once. */
function createPaths(dictionaries: Dictionaries) {
  const { stacks, locations } = dictionaries;
  const trie = new StackTrie();
  const frames: Frame[] = [];
  const frameIds = new Map<string, number>();
  const framesOfLocation = new Map<number, readonly number[]>();
  const pathOfStack = new Map<number, number>([[0, 0]]);

  const internFrame = (frame: Frame): number => {
    const key = `${frame.line} ${frame.key}`;
    const known = frameIds.get(key);
    if (known !== undefined) return known;
    frameIds.set(key, frames.length);
    return frames.push(frame) - 1;
  };
  /** Outermost first. */
  const framesOf = (location: number): readonly number[] => {
    const known = framesOfLocation.get(location);
    if (known !== undefined) return known;
    const found: number[] = [];
    for (let position = Math.max(1, locations.lineCount(location)) - 1; position >= 0; position--) {
      found.push(internFrame(frameAt(dictionaries, location, position)));
    }
    framesOfLocation.set(location, found);
    return found;
  };
  return {
    pathOf(stack: number): number {
      const open: number[] = [];
      let node = stack;
      for (; !pathOfStack.has(node); node = stacks.parent(node)) open.push(node);
      let path = pathOfStack.get(node) ?? 0;
      for (let at = open.length - 1; at >= 0; at--) {
        const id = open[at] ?? 0;
        for (const frame of framesOf(stacks.item(id))) path = trie.child(path, frame);
        pathOfStack.set(id, path);
      }
      return path;
    },
    /** Leaf first. */
    visit(path: number, take: (frame: Frame) => void): void {
      for (let node = path; node > 0; node = trie.parent(node)) {
        const frame = frames[trie.item(node)];
        if (frame !== undefined) take(frame);
      }
    },
  };
}
