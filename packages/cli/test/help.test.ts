import fs from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { errorCatalogue } from '../../api/src/domain/errors.ts';
import { commandWords, groups } from '../src/command-map.ts';
import { waitables } from '../src/commands/waitables.ts';
import { VERSION } from '../src/version.ts';
import { sallyport } from './harness.ts';
import { inTurns } from './turns.ts';

const handMade = [
  'api',
  'audit export',
  'audit verify',
  'auth',
  'auth login',
  'completion',
  'auth logout',
  'auth status',
  'config',
  'config list',
  'config profiles',
  'config use',
  'diagnose',
  'wait',
  'who',
  'onboard',
  'offboard',
  'export',
  'apply',
  'watch',
  'accept',
  'reject',
  'events follow',
  ...Object.keys(waitables).map((kind) => `wait ${kind}`),
];
const generated = Object.values(commandWords).filter((words) => words !== null);
const everything = ['', ...[...handMade, ...generated, ...Object.keys(groups)].sort()];

test('when the tree of commands changes, its ledger changes with it', async () => {
  const outcomes = await inTurns(
    everything.map((words) => ({ args: [...words.split(' '), '--help'].filter(Boolean) })),
  );
  const texts = outcomes.map(({ stdout, ...rest }, index) => {
    const words = everything[index]!;
    expect({ words, ...rest }).toEqual({ words, code: 0, stderr: '' });
    return words === '' ? stdout : withoutGlobals(stdout);
  });
  // `vitest --update` writes the file again; the difference belongs into the review.
  await expect(texts.join(`\n${'-'.repeat(80)}\n`)).toMatchFileSnapshot('command-tree.txt');
});

test('when there is a command, its page tells of it', async () => {
  const page = await fs.readFile(path.resolve(import.meta.dirname, '../../../docs/cli.md'), 'utf8');
  const untold = everything.filter((words) => !page.includes(`# sallyport ${words}\n`));
  expect(untold).toEqual(['']);
});

test('when the version is asked for, it is that of the package', async () => {
  const manifest = path.resolve(import.meta.dirname, '../package.json');
  const { version } = JSON.parse(await fs.readFile(manifest, 'utf8')) as { version: string };
  expect(VERSION).toBe(version);
  expect((await sallyport(['--version'])).stdout).toBe(`${version}\n`);
});

test('when `help` is asked for a command of several words, it is of that command', async () => {
  const help = await sallyport(['help', 'customers', 'invites', 'create']);
  expect(help).toEqual(await sallyport(['customers', 'invites', 'create', '--help']));
  expect(help.stdout).toContain('Usage: sallyport customers invites create');
});

test('when an error of the API names a command, that command exists', () => {
  const commands = Object.values(errorCatalogue).map(({ remediation }) => remediation.command);
  expect(commands.filter((command) => command !== null && !isCommand(command))).toEqual([]);
});

test('when there is no command, the help is on stderr and stdout stays empty', async () => {
  const { code, stdout, stderr } = await sallyport(['customers']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('Usage: sallyport customers');
});

test('when the API recommends a command in passing, that command exists', async () => {
  const sources = path.resolve(import.meta.dirname, '../../api/src');
  const files = await fs.readdir(sources, { recursive: true });
  const texts = files.filter((file) => file.endsWith('.ts') && !file.includes('generated'));
  const commands = new Set<string>();
  for (const file of texts) {
    const text = await fs.readFile(path.join(sources, file), 'utf8');
    for (const [command] of text.matchAll(/(?<=['`"])sallyport [a-z]+[a-z -]*/g)) {
      commands.add(command.split(' -')[0]!.trim());
    }
  }
  expect(commands.size).toBeGreaterThan(3);
  expect([...commands].filter((command) => !isCommand(command))).toEqual([]);
});

test('when a document shows a command, that command exists', async () => {
  const documents = path.resolve(import.meta.dirname, '../../../docs');
  const shown: string[] = [];
  for (const file of ['by-hand.md', 'terraform-cutover.md']) {
    const text = await fs.readFile(path.join(documents, file), 'utf8');
    for (const [command] of text.matchAll(/^sallyport [a-z]+[a-z -]*/gm)) shown.push(command);
  }
  expect(shown.length).toBeGreaterThan(20);
  expect(shown.filter((command) => !isCommand(command.split(' --')[0]!.trim()))).toEqual([]);
});

test('when nothing is to be run, neither the parser nor the SDK is even loaded', async () => {
  const tell = `import vm from 'node:vm';
    const { compileFunction } = vm;
    vm.compileFunction = (text, names, options) => {
      process.stderr.write(options.filename + '\\n');
      return compileFunction(text, names, options);
    };`;
  const env = { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(tell)}` };
  const costly = async (line: string) => {
    const { stderr } = await sallyport(line.split(' '), { env });
    return ['parser.cjs', 'client.cjs'].filter((part) => stderr.includes(`/${part}\n`));
  };
  const told = ['--version', '--help', 'customers create --help', '__complete customers list --l'];
  for (const line of told)
    expect({ line, loaded: await costly(line) }).toEqual({ line, loaded: [] });
  expect(await costly('customers list')).toEqual(['parser.cjs', 'client.cjs']);
});

function isCommand(text: string): boolean {
  return [...handMade, ...generated].some((words) => `${text} `.startsWith(`sallyport ${words} `));
}

/** The same few lines at the end of every help. */
function withoutGlobals(text: string): string {
  return text.replace(/\nGlobal Options:\n( .*\n)+/, '');
}
