import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const simulator = 'packages/aws-simulator/test/**/*.test.ts';

export default defineConfig({
  test: {
    // One more than there are cores, as many tests wait for processes; vitest's own choice is one
    // less, which on two cores is a single worker.
    maxWorkers: availableParallelism() + 1,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Importing Fastify and the AWS SDK costs more than most files do: a worker keeps its modules
    // from file to file, so a test leaves no module's state behind.
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'product',
          globalSetup: ['packages/api/test/storage/postgres/global-setup.ts'],
          include: ['packages/*/test/**/*.test.ts', 'tools/**/*.test.ts', 'examples/**/*.test.ts'],
          exclude: ['**/node_modules/**', simulator],
        },
      },
      {
        extends: true,
        test: {
          name: 'simulator',
          include: [simulator],
        },
      },
    ],
  },
});
