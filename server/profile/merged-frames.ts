import type { FlameFrame } from '../../protocol/index.ts';
import { packageOfFunction } from './go-package.ts';
import type { ProfileFunction } from './profile.ts';

/** Functions with the same name and file are one frame; frames are in the order of name, then file. */
export interface MergedFrames {
  readonly frames: readonly FlameFrame[];
  /** Function index → frame index. */
  readonly frameOf: Uint32Array;
}

/** Only the functions that `used` names become frames; `frameOf` of the others means nothing. */
export function mergeFrames(functions: readonly ProfileFunction[], used: Uint32Array): MergedFrames {
  const byKey = new Map<string, { frame: FlameFrame; members: number[] }>();
  const seen = new Uint8Array(functions.length);
  let unseen = functions.length;
  // By index: there are as many as frames of all stacks, and an iterator takes three times as long.
  for (let at = 0; at < used.length && unseen > 0; at++) {
    const index = used[at] ?? 0;
    if (seen[index] === 1) continue;
    seen[index] = 1;
    unseen--;
    const { name, file, startLine } = functions[index] ?? { name: '', file: '', startLine: 0 };
    const key = `${name}\0${file}`;
    const known = byKey.get(key);
    if (known === undefined) {
      byKey.set(key, { frame: { name, file, line: startLine, package: packageOfFunction(name) }, members: [index] });
    } else {
      known.members.push(index);
      known.frame.line = firstLine(known.frame.line, startLine);
    }
  }
  const entries = [...byKey.values()].sort((a, b) => compareFrames(a.frame, b.frame));
  const frameOf = new Uint32Array(functions.length);
  entries.forEach(({ members }, frame) => {
    for (const member of members) frameOf[member] = frame;
  });
  return { frames: entries.map((entry) => entry.frame), frameOf };
}

/** The smaller known one; 0 is unknown. */
function firstLine(a: number, b: number): number {
  return a === 0 || b === 0 ? Math.max(a, b) : Math.min(a, b);
}

function compareFrames(a: FlameFrame, b: FlameFrame): number {
  return compareText(a.name, b.name) || compareText(a.file, b.file);
}

/** By code unit: the same everywhere, unlike a locale's order. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
