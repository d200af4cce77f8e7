import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Connection } from '@sallyport/sdk';
import { stuckConnection } from '../../../examples/demo/stuck-connection.ts';
import { pageFrom } from './browser-page.ts';
import { folderWith, startSallyport } from './harness.ts';
import { onTerminal, plain, type Sitting } from './pseudo-terminal.ts';
import { type RealWorld, scrubbed, startRealWorld, surroundingsOf } from './real-world.ts';

// A service, a database, the simulator and forty commands are fifteen seconds of a processor.
const isLong = Boolean(process.env['SALLYPORT_TEST_LONG']);
let world: RealWorld;

beforeAll(async () => {
  if (isLong) world = await startRealWorld();
  else process.stdout.write('The outputs of a real service are compared by `pnpm test:long`.\n');
}, 60_000);
afterAll(() => world?.close());

test.runIf(isLong)(
  'when a real service answers, what a pipe gets is as in its ledger',
  async () => {
    const endpoint = world.scene.acme.vpcEndpointId;
    const lines = [
      'customers list',
      'customers list -o csv',
      'customers list -o yaml',
      'customers get acme -o ndjson',
      'services list',
      'accounts list',
      'principals list',
      'connections list -o name',
      `connections get ${endpoint}`,
      `connections history ${endpoint}`,
      'grants list --columns customer,acceptance,max',
      'customers update acme --name Acme --dry-run',
      `services reconcile ${world.scene.service!.id} --wait --columns kind,state`,
      `wait connection ${endpoint} --columns state`,
      `diagnose ${endpoint}`,
      'diagnose vpce-00000000000000000',
      'customers get acmee',
      'auth status',
    ];
    const outcomes = await world.turns(lines);
    const texts = outcomes.map(({ code, stdout, stderr }, index) => {
      const told = `${stdout}${stderr && `-- stderr\n${stderr}`}`;
      return `$ sallyport ${lines[index]}\n${told}-- ${code}\n`;
    });
    await expect(shown(texts)).toMatchFileSnapshot('outputs/pipe.txt');
  },
);

test.runIf(isLong).each([80, 120])(
  'when a window has %i columns, it shows what its ledger says',
  async (columns) => {
    const sitting = { ...surroundingsOf(world), columns };
    const endpoint = world.scene.acme.vpcEndpointId;
    const lists = ['connections list', 'services list'];
    const others = ['customers get acme', `wait connection ${endpoint}`, 'customers get acmee'];
    // Only lists make something else of a wider window.
    const lines = columns === 80 ? [...lists, ...others] : lists;
    const texts: string[] = [];
    for (const line of lines) {
      const { code, text } = await onTerminal(line.split(' '), sitting);
      const wide = plain(text)
        .split('\n')
        .filter((one) => one.length > columns);
      // A command stands on one line, however long, to be copied.
      expect(wide.filter((one) => !/^\s+sallyport /.test(one))).toEqual([]);
      texts.push(`$ sallyport ${line}\n${text.replaceAll('\u001b', '<ESC>')}-- ${code}\n`);
    }
    await expect(shown(texts)).toMatchFileSnapshot(`outputs/terminal-${columns}.txt`);
  },
);

/** What a person types, on a terminal: a line, and what is typed when it asks. */
const typed: { line: string; dialogue?: (endpoint: string) => Sitting['dialogue'] }[] = [
  { line: 'who ENDPOINT' },
  { line: 'who 333333333333' },
  { line: 'watch ENDPOINT', dialogue: () => [['Ctrl-C ends it', '\u0003']] },
  { line: 'reject ENDPOINT --reason Unknown --dry-run' },
  { line: 'onboard newco --name NewCo --service SERVICE --account 333333333333 --dry-run' },
  { line: 'offboard acme --dry-run' },
  { line: 'offboard acme', dialogue: () => [['to go on: ', 'no\r']] },
  {
    line: 'reject ENDPOINT --reason Unknown',
    dialogue: (endpoint) => [['to go on: ', `${endpoint}\r`]],
  },
];

const asSupport = ['who PENDING', 'accept PENDING --reason Confirmed', 'offboard acme --yes'];

const scripted = [
  'who acme',
  'who 222222222222',
  'who SERVICE',
  'who nobody',
  'watch ENDPOINT --timeout 1s',
  'accept ENDPOINT --reason Confirmed',
  'accept PENDING --reason Confirmed --wait',
  'reject PENDING',
  'onboard newco --name NewCo --service SERVICE --account 333333333333 --no-invite',
  'onboard newco --name NewCo --service SERVICE --account 333333333333',
  'onboard newco --service SERVICE',
  'onboard newco --name Another',
  'onboard newco --service nothing',
  'who a',
  'offboard acme --dry-run',
  'offboard newco --yes',
  'offboard newco --yes',
  'onboard newco --service SERVICE',
  'who newco',
  'watch newco',
];

/** What a status line said before it said something else, and what a log did until the end. */
// oxlint-disable-next-line no-control-regex -- control sequences are what this is about
const REWRITTEN = /(?<=\r\u001b\[2K)[^\r\n]*\r\u001b\[2K/g;
const UNDER_WAY = /^(operation|connection) \S+: (?!ready).*\n/gm;

test.runIf(isLong)(
  'when people act, the verbs say what their ledger says, on a terminal and in a pipe',
  async () => {
    const { vpcEndpointId: endpoint } = world.scene.acme;
    const service = world.scene.service!.service_id!;
    const stuck = await stuckConnection(playedIn(world));
    const named = (line: string) =>
      line
        .replace('ENDPOINT', endpoint)
        .replace('PENDING', stuck.endpoint)
        .replace('SERVICE', service);
    const texts: string[] = [];
    for (const { line, dialogue } of typed) {
      const sitting = { ...surroundingsOf(world), columns: 80, dialogue: dialogue?.(endpoint) };
      const { code, text } = await onTerminal(named(line).split(' '), sitting);
      const last = text.replaceAll(REWRITTEN, '').replaceAll('\u001b', '<ESC>');
      texts.push(`$ sallyport ${line}\n${last}-- ${code}\n`);
    }
    // What is decided now must not race with what was.
    await world.scene.ops.until<Connection>(
      `/v1/connections/${endpoint}`,
      ({ state }) => state === 'rejected',
    );
    const key = { SALLYPORT_API_KEY: stuck.supportKey };
    const outcomes = [
      ...(await world.turns(asSupport.map(named), { env: key })),
      ...(await world.turns(scripted.map(named))),
    ];
    for (const [index, { code, stdout, stderr }] of outcomes.entries()) {
      const lines = stderr.replaceAll(UNDER_WAY, '');
      const told = `${stdout}${lines && `-- stderr\n${lines}`}`;
      texts.push(`$ sallyport ${[...asSupport, ...scripted][index]} | cat\n${told}-- ${code}\n`);
    }
    await expect(shown(texts)).toMatchFileSnapshot('outputs/verbs.txt');
  },
  60_000,
);

test.runIf(isLong)(
  'when the service names an identity provider, one signs in there, and stays so',
  async () => {
    const folder = await folderWith({});
    const env = { SALLYPORT_CONFIG_DIR: path.join(folder, 'c'), SALLYPORT_API_KEY_FILE: undefined };
    const args = ['auth', 'login', '--url', world.url, '--store', 'file', '--debug', '-o', 'json'];
    const { child, outcome } = await startSallyport(args, { env });
    await world.provider.decide(await pageFrom(child.stderr!), 'agree');
    const { code, stdout, stderr } = await outcome;
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ id: 'oidc:ada', role: 'support', url: world.url });
    // The token ends within the minute, so each of them renews it.
    const given = { env: { ...env, SALLYPORT_URL: undefined } };
    const lines = ['customers list -o name', 'grants list -o name', 'auth status -o json'];
    const runs = await world.atOnce(lines, given);
    expect(runs.map((run) => run.code)).toEqual([0, 0, 0]);
    const told = [stdout, stderr, ...runs.flatMap((run) => [run.stdout, run.stderr])].join('');
    expect(told).not.toMatch(/eyJ[\w-]+\./);
  },
);

function playedIn({ url, keyFile, scene }: RealWorld) {
  return { api_url: url, aws_url: scene.stage.awsUrl, operator_key_file: keyFile };
}

function shown(texts: readonly string[]): string {
  return scrubbed(texts.join('\n'), world);
}
