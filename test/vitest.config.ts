import { defineConfig } from 'vitest/config';

/**
 * One project per kind of test; `test/run.mjs` chooses. Retries stay 0: a race is found, not repeated. Tests that mostly wait run two
 * files at once; what counts requests or judges by CPU time runs alone. Unit tests share what they import, which is half of their time.
 */
const project = (name: string, timeout: number, files: { atOnce: number; isolate?: boolean }) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`, `test/${name}/**/*.test.tsx`],
    testTimeout: timeout,
    hookTimeout: timeout,
    maxWorkers: files.atOnce,
    isolate: files.isolate ?? true,
    maxConcurrency: 4,
  },
});

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    projects: [
      project('unit', 20_000, { atOnce: 2, isolate: false }),
      project('security', 120_000, { atOnce: 1 }),
      project('integration', 180_000, { atOnce: 2 }),
      project('content', 1_200_000, { atOnce: 1 }),
      project('e2e', 300_000, { atOnce: 1 }),
    ],
  },
});
