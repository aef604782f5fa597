/** The newest lines of a run's output, at most `maxBytes` of them; `dropped` counts the lines that had to go. */
export interface LogRing {
  add(line: string): void;
  text(): string;
  /** The last `count` lines, for a reason that people read. */
  tail(count: number): string;
  readonly dropped: number;
}

export function createLogRing(maxBytes: number): LogRing {
  let lines: string[] = [];
  let first = 0;
  let held = 0;
  let dropped = 0;

  const cost = (line: string) => Buffer.byteLength(line) + 1;
  const trim = () => {
    while (held > maxBytes && first < lines.length) {
      held -= cost(lines[first] ?? '');
      first++;
      dropped++;
    }
    if (first > 1_000 && first * 2 > lines.length) {
      lines = lines.slice(first);
      first = 0;
    }
  };
  const joined = (from: number) => {
    const kept = lines.slice(from);
    return kept.length === 0 ? '' : `${kept.join('\n')}\n`;
  };
  return {
    add(line) {
      lines.push(line);
      held += cost(line);
      trim();
    },
    text: () => joined(first),
    tail: (count) => joined(Math.max(first, lines.length - count)),
    get dropped() {
      return dropped;
    },
  };
}
