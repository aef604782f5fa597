export type DiffLine = {
  change: 'same' | 'removed' | 'added';
  text: string;
  /** Line numbers from 1 in the old and the new text; null on the side where the line isn't. */
  oldLine: number | null;
  newLine: number | null;
};

/** Texts beyond this many differing line pairs are shown as wholly replaced instead of holding the page. */
const MOST_CELLS = 4_000_000;

/**
 * Line by line, by the longest common subsequence; common head and tail are cut off first.
 *
 *     a        a          same a
 *     b   →    x          removed b, added x
 *     c        c          same c
 */
export function lineDiff(oldText: string, newText: string): DiffLine[] {
  const before = oldText.split('\n');
  const after = newText.split('\n');
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  const rest = Math.min(before.length, after.length) - head;
  while (tail < rest && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const middle = diffMiddle(before.slice(head, before.length - tail), after.slice(head, after.length - tail));
  const same = (text: string): Step => ({ change: 'same', text });
  const steps = [
    ...before.slice(0, head).map(same),
    ...middle,
    ...before.slice(before.length - tail, before.length).map(same),
  ];
  return numberLines(steps);
}

type Step = Pick<DiffLine, 'change' | 'text'>;

function diffMiddle(before: readonly string[], after: readonly string[]): Step[] {
  const width = after.length + 1;
  if (before.length * after.length > MOST_CELLS) return [...before.map(removed), ...after.map(added)];
  // common[i * width + j] = length of the longest common subsequence of before[i…] and after[j…]
  const common = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      common[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const steps: Step[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) {
      steps.push({ change: 'same', text: before[i] ?? '' });
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) {
      steps.push(removed(before[i] ?? ''));
      i += 1;
    } else {
      steps.push(added(after[j] ?? ''));
      j += 1;
    }
  }
  return [...steps, ...before.slice(i).map(removed), ...after.slice(j).map(added)];
}

const removed = (text: string): Step => ({ change: 'removed', text });
const added = (text: string): Step => ({ change: 'added', text });

function numberLines(steps: readonly Step[]): DiffLine[] {
  let oldLine = 0;
  let newLine = 0;
  return steps.map((step) => {
    if (step.change !== 'added') oldLine += 1;
    if (step.change !== 'removed') newLine += 1;
    return {
      ...step,
      oldLine: step.change === 'added' ? null : oldLine,
      newLine: step.change === 'removed' ? null : newLine,
    };
  });
}

export type DiffPart = { kind: 'lines'; lines: DiffLine[] } | { kind: 'skipped'; count: number };

/** Keeps `context` lines around each change; longer unchanged stretches become one `skipped` part. */
export function foldUnchanged(lines: readonly DiffLine[], context = 3): DiffPart[] {
  const near = new Set<number>();
  lines.forEach((line, index) => {
    if (line.change === 'same') return;
    for (let at = index - context; at <= index + context; at += 1) near.add(at);
  });
  const parts: DiffPart[] = [];
  lines.forEach((line, index) => {
    const last = parts.at(-1);
    if (near.has(index)) {
      if (last?.kind === 'lines') last.lines.push(line);
      else parts.push({ kind: 'lines', lines: [line] });
    } else if (last?.kind === 'skipped') last.count += 1;
    else parts.push({ kind: 'skipped', count: 1 });
  });
  return parts;
}

export type DiffRow = { left: DiffLine | null; right: DiffLine | null };

/** Two columns: a run of removed lines stands beside the run of added lines that replaces it. */
export function pairLines(lines: readonly DiffLine[]): DiffRow[] {
  const rows: DiffRow[] = [];
  let removedRun: DiffLine[] = [];
  let addedRun: DiffLine[] = [];
  const flush = () => {
    const height = Math.max(removedRun.length, addedRun.length);
    for (let at = 0; at < height; at += 1) {
      rows.push({ left: removedRun[at] ?? null, right: addedRun[at] ?? null });
    }
    removedRun = [];
    addedRun = [];
  };
  for (const line of lines) {
    if (line.change === 'removed') removedRun.push(line);
    else if (line.change === 'added') addedRun.push(line);
    else {
      flush();
      rows.push({ left: line, right: line });
    }
  }
  flush();
  return rows;
}
