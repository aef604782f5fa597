/**
 * What changed between two texts as lines with `-`, `+` and two lines around each change: longest common subsequence, fit
 * for files of a few hundred lines.
 *
 *     a b c  →  a x c          "  a\n- b\n+ x\n  c"
 */
export function describeChange(before: string, after: string): string {
  const lines = alignLines(before.split('\n'), after.split('\n'));
  const near = lines.map((_line, index) =>
    lines.slice(Math.max(0, index - 2), index + 3).some((line) => line[0] !== ' '),
  );
  return lines.filter((_line, index) => near[index]).join('\n');
}

function alignLines(a: readonly string[], b: readonly string[]): string[] {
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: string[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push(`  ${a[i]}`);
      i += 1;
      j += 1;
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(`- ${a[i]}`);
      i += 1;
    } else {
      lines.push(`+ ${b[j]}`);
      j += 1;
    }
  }
  return lines;
}
