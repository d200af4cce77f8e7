import { statfsSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const memory = '/dev/shm';
const roomBytes = 4 * 2 ** 30;

// Databases are made and thrown away by the hundred, which a disk's file system is slow at.
if (process.env['TMPDIR'] === undefined && hasRoom(memory)) process.env['TMPDIR'] = memory;

// Most processes of a run are Node's, and half of what the short ones do is to compile the same
// modules as the last one.
process.env['NODE_COMPILE_CACHE'] ??= join(tmpdir(), 'sallyport-compiled');

/** Linux has it; a container may have been given very little of it. */
function hasRoom(directory: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize >= roomBytes;
  } catch {
    return false;
  }
}

/** What waits most begins first, or it would be all that runs at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) =>
      /\/(simulate|test\/process|sdk\/test\/aws|examples)\//.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  plugins: [
    {
      // Packages give what they give to a service: Vite's choice is their sources, where there are.
      name: 'conditions-of-node',
      configResolved: ({ ssr }) => void (ssr.resolve = { ...ssr.resolve, conditions: ['node'] }),
    },
  ],
  test: {
    include: ['packages/*/test/**/*.test.ts', 'tools/**/*.test.ts', 'examples/**/*.test.ts'],
    globalSetup: ['packages/api/test/storage/postgres/global-setup.ts'],
    // Two more than there are cores, as many tests wait for processes: on two cores, 273 s and not
    // 294. Vitest's own choice is one less, which on two cores is a single worker.
    maxWorkers: availableParallelism() + 2,
    // What a test makes is mostly thrown away at once, which is cheaper in a larger nursery; and
    // workers keep the cores busy without threads that collect garbage beside them: together they
    // spare a tenth of the simulation.
    execArgv: [
      '--min-semi-space-size=16',
      '--max-semi-space-size=32',
      '--single-threaded-gc',
      `--import=${new URL('tools/test-modules.ts', import.meta.url).href}`,
    ],
    // Node runs the sources as they are, and keeps what it has compiled for the next run, which
    // costs a tenth less than what Vitest makes of them.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    sequence: { sequencer: LongestFirst },
    testTimeout: 30_000,
    // A second, which is Vitest's own choice, is little on a machine that does much else.
    expect: { poll: { timeout: 10_000 } },
    hookTimeout: 60_000,
    // Importing Fastify and the AWS SDK costs more than most files do: a worker keeps its modules
    // from file to file, so a test leaves no module's state behind.
    isolate: false,
  },
});
