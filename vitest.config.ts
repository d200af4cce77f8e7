import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/*/test/**/*.test.ts', 'tools/**/*.test.ts', 'examples/**/*.test.ts'],
    globalSetup: ['packages/api/test/storage/postgres/global-setup.ts'],
    // One more than there are cores, as many tests wait for processes; vitest's own choice is one
    // less, which on two cores is a single worker.
    maxWorkers: availableParallelism() + 1,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Importing Fastify and the AWS SDK costs more than most files do: a worker keeps its modules
    // from file to file, so a test leaves no module's state behind.
    isolate: false,
  },
});
