// Makes the command line one executable file that needs no Node beside it: the Node that runs this,
// with the bundle in it (Node.js documentation, "Single executable applications"). Node 25.5 and
// newer do the last step by themselves, by --build-sea; until then it is postject's, of Node's own.
//
//   node tools/executable.ts --to sallyport
//
// For Linux: macOS and Windows want such a file signed again, which nobody here could try.

import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { readFlags } from './flags.ts';

const usage = `Usage: node tools/executable.ts --to FILE
  --to FILE   Where the executable goes. Build first: npx -y pnpm@12 build`;
/** Where Node looks whether something is in it; the same in every build of Node. */
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '..');
const { to } = readFlags({ usage, options: { to: { type: 'string' } } });
if (to === undefined || process.platform !== 'linux') {
  process.stderr.write(to === undefined ? `${usage}\n` : 'This is for Linux.\n');
  process.exit(2);
}
const folder = await mkdtemp(path.join(tmpdir(), 'sallyport-executable-'));
try {
  await copyFile(process.execPath, to);
  await chmod(to, 0o755);
  const [blob, config] = [path.join(folder, 'blob'), path.join(folder, 'config.json')];
  await writeFile(config, JSON.stringify(configuration(blob)));
  await run(process.execPath, ['--experimental-sea-config', config]);
  const postject = path.join(root, 'node_modules/.bin/postject');
  await run(postject, [to, 'NODE_SEA_BLOB', blob, '--sentinel-fuse', FUSE]);
} finally {
  await rm(folder, { recursive: true });
}
const { stdout: version } = await run(path.resolve(to), ['--version']);
process.stdout.write(`${to}: sallyport ${version.trim()}, in Node ${process.versions.node}\n`);

function configuration(output: string) {
  return {
    main: path.join(root, 'packages/cli/dist/sallyport.cjs'),
    output,
    disableExperimentalSEAWarning: true,
    // It is the very Node that will run it.
    useCodeCache: true,
  };
}
