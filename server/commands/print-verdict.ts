import type { Verdict } from '../../protocol/index.ts';

const MARK = { true: '✓', false: '✗', null: '–' } as const;

/** The verdict as a person reads it in a terminal. */
export function printVerdict(verdict: Verdict, print: (line: string) => void): void {
  for (const gate of verdict.gates) {
    print(`  ${MARK[`${gate.pass}`]} ${gate.id} ${gate.title}: ${gate.explain}`);
  }
  print('');
  print(`  ${verdict.verdict.toUpperCase()}  ${verdict.summary}`);
  print(
    `  seed ${verdict.seed}, ${(verdict.millis / 1_000).toFixed(1)} s. Repeat: flamelab check ${verdict.exercise} --seed ${verdict.seed}`,
  );
}
