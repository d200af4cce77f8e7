// docs/aws-simulator/testing-your-code.md: it shows the files of this folder as they are, and each
// of them, run as the page says, prints what the page says.

import { execFile, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('.', import.meta.url));
const page = readFileSync(join(folder, '../../docs/aws-simulator/testing-your-code.md'), 'utf8');
const blocks = [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language, text]) => ({
  language,
  text,
}));
// What a page may show besides files: what somebody types, and what is printed then.
const shown = blocks.filter(({ language }) => language !== 'console' && language !== 'text');
const files = readdirSync(folder).filter((name) => !/^(page\.test\.ts|__pycache__)$/.test(name));

const required = process.env['SALLYPORT_REQUIRE_AWS_CLIENTS'] === '1';
// Other clients take twenty seconds of processor time, for what is told of them elsewhere, too.
const isWhole = required || process.env['SALLYPORT_TEST_LONG'] === '1';
if (!isWhole) process.stderr.write('skipped: the page with aws and boto3: for CI and test:long\n');
const hasAws = isWhole && isThere('aws', ['--version']);
// Debian's boto3 is for Debian's Python, which need not be the first on the PATH.
const pythons = ['python3', '/usr/bin/python3'];
const python = pythons.find((name) => works(name, ['-c', 'import boto3'])) ?? 'python3';
const hasBoto3 = isWhole && isThere(python, ['-c', 'import boto3']);
const hasPytest = isWhole && isThere(python, ['-c', 'import boto3, pytest'], false);

// A command of the aws CLI takes a second of processor time, and longer on a busy machine.
const patience = 240_000;

test('when the page shows a program, it is a file of this folder, and each file is shown', () => {
  const texts = files.map((name) => readFileSync(join(folder, name), 'utf8'));
  expect(shown.map(({ text }) => text).sort()).toEqual(texts.sort());
  for (const name of files) expect(page).toContain(`\`examples/aws-simulator/${name}\`:\n\n\`\`\``);
});

test.each([
  ['node', 'story.mjs', 'they have parted'],
  ['node', 'refusals.mjs', 'InvalidVpcEndpoint.NotFound'],
  ['node', 'trouble.mjs', 'calls that could change AWS'],
])(
  'when %s runs %s, it prints what the page says',
  async (command, name, part) => {
    expect(await play(command, name)).toEqual(printed(part));
  },
  patience,
);

test.runIf(hasBoto3).each<[string, string, string]>([
  [python, 'story.py', 'they have parted'],
  [python, 'refusals.py', 'InvalidVpcEndpoint.NotFound'],
])(
  'when %s runs %s, it prints what the page says',
  async (command, name, part) => {
    expect(await play(command, name)).toEqual(printed(part));
  },
  patience,
);

test.runIf(hasPytest)(
  'when pytest runs the tests of the page, they pass',
  async () => {
    const argv = [
      '-m',
      'pytest',
      '-q',
      '-p',
      'no:cacheprovider',
      join(folder, 'test_acceptance.py'),
    ];
    const { code, output } = await withSimulator([python, ...argv]);
    expect({ code, output }).toMatchObject({
      code: 0,
      output: expect.stringContaining('2 passed'),
    });
  },
  patience,
);

test.runIf(hasAws).each([
  ['bash', 'story.sh', 'they have parted'],
  ['bash', 'refusals.sh', 'InvalidVpcEndpoint.NotFound'],
])(
  'when %s runs %s, it prints what the page says',
  async (command, name, part) => {
    expect(await play(command, name)).toEqual(printed(part));
  },
  patience,
);

test('when it starts with the scenario of the page, it is as the file says', async () => {
  const ask = 'fetch(process.env.SIMULATOR + "/_simulator/settings").then((r) => r.text())';
  const { code, output } = await withSimulator(
    ['node', '-e', `${ask}.then(console.log)`],
    `--scenario ${join(folder, 'scenario.json')}`,
  );
  expect({ code, settings: code === 0 ? JSON.parse(output) : output }).toMatchObject({
    code: 0,
    settings: {
      delays: { endpointAvailable: 50 },
      knobs: { acceptAfterReject: 'reconnects' },
    },
  });
});

test('when a command beside the simulator fails, its exit code is handed on', async () => {
  expect(await withSimulator(['node', '-e', 'process.exit(7)'])).toMatchObject({ code: 7 });
});

interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** The block of the page that a program prints, found by a part of it. */
function printed(part: string): Outcome {
  const [block] = blocks.filter(
    ({ language, text }) => language === 'text' && text?.includes(part),
  );
  return { code: 0, output: block?.text ?? `the page has no output with '${part}'` };
}

function play(command: string, name: string): Promise<Outcome> {
  return withSimulator([command, join(folder, name)]);
}

function withSimulator(argv: readonly string[], flags = ''): Promise<Outcome> {
  const script = join(folder, 'with-simulator.sh');
  // The page wants Node 24 on the PATH; credentials and settings of whoever runs this are left out.
  const env = {
    PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
    HOME: '/nonexistent',
    AWS_EC2_METADATA_DISABLED: 'true',
    PYTHONDONTWRITEBYTECODE: '1',
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
    SIMULATOR_FLAGS: flags,
  };
  return new Promise((resolve) => {
    execFile('bash', [script, ...argv], { env, timeout: 230_000 }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? -1) : 0, output: stdout + stderr });
    });
  });
}

function isThere(command: string, args: string[], must = required): boolean {
  if (must || works(command, args)) return true;
  process.stderr.write(`skipped: what the page does with ${command} ${args.join(' ')}: it fails\n`);
  return false;
}

function works(command: string, args: string[]): boolean {
  return spawnSync(command, args).status === 0;
}
