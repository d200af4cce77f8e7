// `kill -9` between any two steps of connect, and between what AWS did and its answer: a second
// call finishes, and there is one endpoint. The making of the endpoint, where a second one could
// come from, is played always; the rest is for SALLYPORT_TEST_LONG=1.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { test, vi } from 'vitest';
import { connect } from '../../src/aws/entry.ts';
import type { Parameters } from './connecting-process.ts';
import { type Invited, PRIVATE_NAME, type Stage } from './stage.ts';

const program = fileURLToPath(new URL('connecting-process.ts', import.meta.url));
const isLong = process.env['SALLYPORT_TEST_LONG'] === '1';

/** What it tells when it gets there; the process ends between this and the next step. */
const moments = [
  'account started',
  'account done',
  'service done',
  'preflight done',
  'security-group done',
  'endpoint done',
  'acceptance waiting',
  'acceptance done',
  'private-dns started',
  'private-dns done',
];
const changes = ['CreateVpcEndpoint', 'CreateSecurityGroup', 'ModifyVpcEndpoint'];
const played = isLong ? changes : changes.slice(0, 1);
if (!isLong) {
  const more = moments.length + changes.length - played.length;
  const reason = 'as each is two processes of their own';
  process.stderr.write(
    `${more} more kills of connect() are for SALLYPORT_TEST_LONG=1, ${reason}.\n`,
  );
}

const asItShouldBe = {
  connected: 'available',
  endpoints: [['available', PRIVATE_NAME]],
  groups: 1,
};

const timeout = 60_000;

/** Declares the tests; they run at the same time, each with a customer of its own. */
export function testInterruptions(stageNow: () => Stage): void {
  let accounts = 0;
  const invite = () => {
    accounts += 1;
    return stageNow().invite(String(600_000_000_000 + accounts));
  };

  test.skipIf(!isLong).for(moments)(
    'when it is killed after it told "%s", a second call finishes it',
    { timeout, concurrent: true },
    async (killAt, { expect }) => {
      const acme = await invite();
      const child = start(stageNow(), acme, killAt);
      await once(child, 'exit');
      expect(child.signalCode).toBe('SIGKILL');
      expect(await finished(stageNow(), acme)).toEqual(asItShouldBe);
    },
  );

  test.concurrent.for(played)(
    'when it is killed between %s and its answer, a second call finishes it',
    { timeout },
    async (action, { expect }) => {
      const acme = await invite();
      const { account } = acme;
      const { simulator } = stageNow();
      const name = `no answer to ${account}`;
      simulator.setFault({ name, match: { account, action }, times: 1, answer: 'silence' });
      const child = start(stageNow(), acme, null);
      const isStruck = () => simulator.calls().some((call) => call.fault === name);
      await vi.waitUntil(isStruck, { timeout: 30_000, interval: 20 });
      child.kill('SIGKILL');
      await once(child, 'exit');
      expect(child.signalCode).toBe('SIGKILL');
      expect(await finished(stageNow(), acme)).toEqual(asItShouldBe);
    },
  );
}

function start(stage: Stage, { apiKey, aws }: Invited, killAt: string | null): ChildProcess {
  const parameters: Parameters = { origin: stage.origin, apiKey, options: aws, killAt };
  return spawn(process.execPath, [program], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      CONNECT: JSON.stringify(parameters),
    },
  });
}

async function finished(stage: Stage, { client, aws, account }: Invited) {
  const connected = await connect(client, aws);
  const { endpoints, securityGroups } = stage.simulator.world;
  const ours = [...endpoints.values()].filter((one) => one.account === account);
  const groups = [...securityGroups.values()].filter((one) => one.account === account);
  return {
    connected: connected.connection.state,
    endpoints: ours.map(({ state, privateDns }) => [state, privateDns?.name]),
    groups: groups.filter(({ name }) => name !== 'default').length,
  };
}
