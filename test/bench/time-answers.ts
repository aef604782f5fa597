import { Agent, get } from 'node:http';
import type { ServedLab } from '../support/run-flamelab.ts';

/** Milliseconds from the question to the last byte of the answer, for each of `runs` after some that warm up. */
export async function timeAnswers(lab: ServedLab, path: string, runs: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true });
  const millis: number[] = [];
  try {
    for (let run = -WARM_UPS; run < runs; run++) {
      const started = performance.now();
      await readAnswer(lab, path, agent);
      if (run >= 0) millis.push(performance.now() - started);
    }
    return millis;
  } finally {
    agent.destroy();
  }
}

const WARM_UPS = 5;

function readAnswer(lab: ServedLab, path: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${lab.token}` };
    const request = get({ host: '127.0.0.1', port: lab.port, path, agent, headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${path}: ${response.statusCode}`));
      response.on('data', () => {});
      response.once('end', resolve);
    });
    request.once('error', reject);
  });
}
