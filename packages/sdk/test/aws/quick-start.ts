// The quick start of the README, run as it stands in a process of its own; and the same without
// code, by the program.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:tls';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';
import { runProgram } from '../../src/program/program.ts';
import { certificate, privateKey } from './certificate.ts';
import { customerAccount, PRIVATE_NAME, REGION, type Stage } from './stage.ts';

const folder = path.resolve(import.meta.dirname, '../..');

/** What the AWS SDK finds credentials and the simulator by. */
function awsEnvironment(stage: Stage, account: string) {
  return {
    AWS_ENDPOINT_URL: stage.simulator.endpoint,
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'simulator',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
}

/** Declares the test. */
export function testQuickStart(stageNow: () => Stage): void {
  test.concurrent('when the quick start is run as it stands, the connection is there', async ({
    expect,
  }) => {
    const account = '777777777771';
    const token = await inviteFor(stageNow(), account);
    const readme = await readFile(path.join(folder, 'README.md'), 'utf8');
    const [, code] = /```ts\n(import.*?\bconnect\(.*?)```/s.exec(readme)!;
    const env = {
      PATH: process.env['PATH'],
      ...awsEnvironment(stageNow(), account),
      SALLYPORT_URL: stageNow().origin,
      SALLYPORT_INVITE: token,
    };
    const argv = ['--input-type=module-typescript', '-e', code!];
    const options = { cwd: folder, env };
    const { stdout, stderr } = await promisify(execFile)(process.execPath, argv, options);
    const [endpoint] = endpointsOf(stageNow(), account);
    expect(stdout).toBe(`${PRIVATE_NAME} leads to ${endpoint!.id}\n`);
    expect(endpoint).toMatchObject({ state: 'available', privateDns: { name: PRIVATE_NAME } });
    expect(stderr).not.toContain(token);
  });
}

/** Declares the test. It changes the environment, so that no other may run beside it. */
export function testProgram(stageNow: () => Stage): void {
  test('when it is done without code, the program does the same, and takes it back', async () => {
    const account = '777777777772';
    const token = await inviteFor(stageNow(), account);
    const directory = await mkdtemp(path.join(tmpdir(), 'sdk-program-'));
    const server = await serveTls();
    for (const [name, value] of Object.entries(awsEnvironment(stageNow(), account))) {
      vi.stubEnv(name, value);
    }
    const keyFile = path.join(directory, 'key');
    const run = (...args: string[]) => runHere(stageNow(), { args, keyFile, token });
    try {
      expect(await run('redeem', '--key-file', keyFile)).toMatchObject({ code: 0 });
      expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
      const secret = (await readFile(keyFile, 'utf8')).trim();
      const planned = await run('connect', '--region', REGION, '--dry-run');
      expect(planned.out).toContain('works: yes');
      expect(endpointsOf(stageNow(), account)).toEqual([]);
      const made = await run('connect', '--region', REGION, '--json');
      expect(made.code).toBe(0);
      const { vpc_endpoint_id: id } = JSON.parse(made.out) as { vpc_endpoint_id: string };
      expect(endpointsOf(stageNow(), account)).toMatchObject([{ id, state: 'available' }]);
      const looked = await run('preflight', '--region', REGION);
      expect(looked).toMatchObject({ code: 0, out: expect.stringContaining('ready: yes') });

      const port = String((server.address() as AddressInfo).port);
      const where = ['--region', REGION, '--host', 'localhost', '--port', port];
      const seen = await run('observe', id, ...where, '--vantage', 'a test', '--json');
      expect(JSON.parse(seen.out)).toMatchObject({
        observation: {
          vantage: 'a test',
          network: { private_dns_enabled: true, dns_support: true, dns_hostnames: true },
          dns: { name: 'localhost', outcome: 'answered' },
          tls: { outcome: 'negotiated', version: 'TLSv1.3' },
          certificate: { names: ['api.vendor.example', 'localhost'], trusted: false },
          security_groups: { port: Number(port), ingress: 'closed' },
        },
        diagnosis: { vpc_endpoint_id: id },
      });

      const refused = await run('disconnect', '--region', REGION);
      expect(refused).toMatchObject({ code: 2, notes: expect.stringContaining('Say --yes') });
      expect(await run('disconnect', '--region', REGION, '--yes')).toMatchObject({ code: 0 });
      const left = endpointsOf(stageNow(), account).filter(({ state }) => state !== 'deleted');
      expect(left).toEqual([]);
      const said = [planned, made, looked, seen, refused].map(({ out, notes }) => out + notes);
      expect(said.join('')).not.toContain(secret);
    } finally {
      vi.unstubAllEnvs();
      server.close();
      await rm(directory, { recursive: true });
    }
  });
}

interface Call {
  args: string[];
  keyFile: string;
  token: string;
}

async function runHere(stage: Stage, { args, keyFile, token }: Call) {
  const said = { out: '', notes: '' };
  const code = await runProgram({
    args,
    env: { SALLYPORT_URL: stage.origin, SALLYPORT_API_KEY_FILE: keyFile },
    signal: new AbortController().signal,
    out: (text) => (said.out += `${text}\n`),
    note: (text) => (said.notes += `${text}\n`),
    readInput: () => Promise.resolve(`${token}\n`),
  });
  return { code, ...said };
}

/** @returns the invite's token */
async function inviteFor(stage: Stage, account: string): Promise<string> {
  stage.simulator.addAccount(customerAccount(account));
  const { operator, service } = stage;
  const customer = await operator.customers.create({ name: account, external_id: account });
  const grant = { customer_id: customer.id, endpoint_service_id: service.id };
  await operator.grants.create(grant);
  return (await operator.customers.invites.create(customer.id)).token;
}

function endpointsOf(stage: Stage, account: string) {
  return [...stage.simulator.world.endpoints.values()].filter((one) => one.account === account);
}

async function serveTls(): Promise<Server> {
  const server = createServer({ cert: certificate, key: privateKey });
  server.on('tlsClientError', () => {});
  server.listen(0, 'localhost');
  await once(server, 'listening');
  return server;
}
