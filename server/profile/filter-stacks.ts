import { RE2JS, RE2JSException } from 're2js';
import { AppError } from '../errors.ts';
import type { BlockSums, StackSums } from './stack-sums.ts';

/** RE2 patterns, matched anywhere in a function's name or file, or in its mapping's file; null = not given. */
export interface StackPatterns {
  readonly focus: string | null;
  readonly ignore: string | null;
  readonly hide: string | null;
}

const MAX_PATTERN = 1_024;

/**
 * Keeps what `go tool pprof -focus -ignore -hide` keeps (google/pprof profile/filter.go): a stack stays if some frame matches
 * `focus` and none matches `ignore`; then frames that match `hide` leave it, and a stack with no frame left goes too.
 *
 *     a;b;c 10   a;d 5   b -3      focus=c  → a;b;c 10
 *                                  ignore=d → a;b;c 10   b -3
 *                                  hide=b   → a;c 10     a;d 5
 *
 * Two stacks that hiding makes equal stay two entries. Throws bad-request for a pattern that is not RE2.
 */
export function filterStacks(sums: StackSums, patterns: StackPatterns): StackSums {
  return filterNumberedStacks(sums, patterns).sums;
}

/** The same for the sums of blocks. */
export function filterBlocks(blocks: BlockSums, patterns: StackPatterns): BlockSums {
  const { sums, newNumber } = filterNumberedStacks(blocks.sums, patterns);
  if (newNumber === null) return blocks;
  const cells = blocks.stack.map((_, cell) => cell).filter((cell) => (newNumber[blocks.stack[cell] ?? 0] ?? -1) >= 0);
  return {
    sums,
    blocks: blocks.blocks,
    block: cells.map((cell) => blocks.block[cell] ?? 0),
    stack: cells.map((cell) => newNumber[blocks.stack[cell] ?? 0] ?? 0),
    value: Float64Array.from(cells, (cell) => blocks.value[cell] ?? 0),
  };
}

/** `newNumber`: stack → its number now, -1 = gone; null = nothing has changed. */
function filterNumberedStacks(
  sums: StackSums,
  patterns: StackPatterns,
): { readonly sums: StackSums; readonly newNumber: Int32Array | null } {
  const focus = matchFunctions(sums, 'focus', patterns.focus);
  const ignore = matchFunctions(sums, 'ignore', patterns.ignore);
  const hide = matchFunctions(sums, 'hide', patterns.hide);
  if (focus === null && ignore === null && hide === null) return { sums, newNumber: null };
  const newNumber = new Int32Array(sums.values.length).fill(-1);
  const start = new Uint32Array(sums.start.length);
  const frame = new Uint32Array(sums.frame.length);
  const line = new Float64Array(sums.line.length);
  const values = new BigInt64Array(sums.values.length);
  let stacks = 0;
  let end = 0;
  for (let stack = 0; stack < sums.values.length; stack++) {
    const first = sums.start[stack] ?? 0;
    const frames = sums.frame.subarray(first, sums.start[stack + 1]);
    if (!isKept(frames, focus, ignore)) continue;
    const before = end;
    frames.forEach((seen, i) => {
      if (hide?.[seen] === 1) return;
      frame[end] = seen;
      line[end++] = sums.line[first + i] ?? 0;
    });
    if (end === before) continue;
    newNumber[stack] = stacks;
    values[stacks++] = sums.values[stack] ?? 0n;
    start[stacks] = end;
  }
  const kept = {
    start: start.slice(0, stacks + 1),
    frame: frame.slice(0, end),
    line: line.slice(0, end),
    values: values.slice(0, stacks),
  };
  return { sums: { ...sums, ...kept }, newNumber };
}

/** Per function: 1 if the pattern matches. */
type Matches = Uint8Array | null;

function isKept(frames: Uint32Array, focus: Matches, ignore: Matches): boolean {
  if (ignore !== null && frames.some((frame) => ignore[frame] === 1)) return false;
  return focus === null ? frames.length > 0 : frames.some((frame) => focus[frame] === 1);
}

function matchFunctions(sums: StackSums, name: string, pattern: string | null): Matches {
  if (pattern === null) return null;
  const matcher = compilePattern(name, pattern);
  const texts = sums.texts ?? sums.functions.map(({ name, file }) => [name, file]);
  return Uint8Array.from(texts, (each) => (each.some((text) => matcher.test(text)) ? 1 : 0));
}

function compilePattern(name: string, pattern: string): RE2JS {
  if (pattern.length > MAX_PATTERN) {
    throw new AppError('bad-request', `The pattern ${name} has ${pattern.length} characters; at most ${MAX_PATTERN}.`);
  }
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    throw new AppError('bad-request', `The pattern ${name} is not RE2: ${error.message}.`, { cause: error });
  }
}
