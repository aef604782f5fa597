import type { ServedLab } from '../support/run-flamelab.ts';

/** Milliseconds until the whole answer has been read, for each of `runs` after one that warms up. */
export async function timeAnswers(lab: ServedLab, path: string, runs: number): Promise<number[]> {
  const millis: number[] = [];
  for (let run = 0; run <= runs; run++) {
    const started = performance.now();
    const response = await fetch(`http://127.0.0.1:${lab.port}${path}`, {
      headers: { authorization: `Bearer ${lab.token}` },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text.slice(0, 500)}`);
    if (run > 0) millis.push(performance.now() - started);
  }
  return millis;
}
