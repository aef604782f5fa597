import { growingInts } from '../profile/growing-numbers.ts';
import type { Dictionaries } from './dictionaries.ts';
import { FrameTable } from './frame-table.ts';
import { StackTrie } from './stack-trie.ts';

/**
 * Stacks of locations as paths of frames: inlined functions are frames of their own, and stacks that differ by address or
 * build only have one path. A stack's path is worked out from its parent's, once, and kept for the next question.
 */
export class StackPaths {
  readonly frames: FrameTable;
  /** Items are frames. */
  readonly paths = new StackTrie();
  /** Frames of each path. */
  private readonly depths = growingInts();
  private readonly stacks: StackTrie;
  /** Path of a stack + 1; 0 = not worked out yet. */
  private readonly known = growingInts();
  private readonly open: number[] = [];
  private readonly dictionaries: Dictionaries;
  private ofPatterns: StackPaths | undefined;

  constructor(dictionaries: Dictionaries, options = { forPatterns: false }) {
    this.dictionaries = dictionaries;
    this.frames = new FrameTable(dictionaries, options);
    this.stacks = dictionaries.stacks;
    this.known.set(0, 1);
    this.depths.push(0);
  }

  depthOf(path: number): number {
    return this.depths.get(path);
  }

  /** Paths whose functions have the texts that patterns match: more of them, and made when the first pattern comes. */
  forPatterns(): StackPaths {
    this.ofPatterns ??= new StackPaths(this.dictionaries, { forPatterns: true });
    return this.ofPatterns;
  }

  pathOf(stack: number): number {
    const { open, known, stacks, frames, paths } = this;
    let node = stack;
    for (; known.get(node) === 0; node = stacks.parent(node)) open.push(node);
    let path = known.get(node) - 1;
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      for (const frame of frames.framesOf(stacks.item(id))) {
        const above = path;
        path = paths.child(above, frame);
        if (path === this.depths.length) this.depths.push(this.depths.get(above) + 1);
      }
      known.set(id, path + 1);
    }
    return path;
  }
}
