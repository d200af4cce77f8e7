import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // One more than there are cores, as many tests wait for processes; vitest's own choice is one
    // less, which on two cores is a single worker.
    maxWorkers: availableParallelism() + 1,
    globalSetup: ['packages/api/test/storage/postgres/global-setup.ts'],
    include: ['packages/*/test/**/*.test.ts', 'tools/**/*.test.ts', 'examples/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
