import { defineConfig } from 'vitest/config';

/** One project per kind of test; `test/run.mjs` chooses. Retries stay 0: a race is found, not repeated. */
const project = (name: string, timeout: number, parallel: boolean) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`, `test/${name}/**/*.test.tsx`],
    testTimeout: timeout,
    hookTimeout: timeout,
    fileParallelism: parallel,
    maxConcurrency: 2,
  },
});

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    projects: [
      project('unit', 20_000, true),
      project('security', 120_000, false),
      project('integration', 180_000, false),
      project('content', 1_200_000, false),
      project('e2e', 300_000, false),
    ],
  },
});
