// Proving an account in each way, against the real service over a simulated AWS.
import type { AccountSpec } from '@sallyport/aws-simulator';
import { STS } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { prove, type ProveProgress } from '../../src/aws/entry.ts';
import { SallyportError, WaiterFailedError } from '../../src/index.ts';
import { runProgram } from '../../src/program/program.ts';
import { errorOf } from '../harness.ts';
import { runProver, working } from './programs.ts';
import { type Invited, openStage, type Stage } from './stage.ts';

type TrustPolicy = NonNullable<NonNullable<AccountSpec['roles']>[number]['trustPolicy']>;

const OWN = '606060606060';
const CLOSED = '616161616161';
const ROLE = '626262626262';
let stage: Stage;
let customer: Invited;
beforeAll(async () => {
  stage = await openStage();
  customer = await stage.invite(OWN);
});
afterAll(() => stage.close());

test('when a token is asked for, it answers the challenge', async () => {
  const { client, aws } = customer;
  const steps: ProveProgress['step'][] = [];
  const account = await prove(client, {
    ...aws,
    account_id: OWN,
    method: 'web-identity-token',
    onProgress: ({ step }) => steps.push(step),
  });
  expect(account).toMatchObject({ standing: 'proven', proof_method: 'web_identity_token' });
  expect(steps).toContain('signed');
});

test('when there are credentials and no method, it is a signature', async () => {
  const { client, aws } = customer;
  const account = await prove(client, { account_id: OWN, credentials: aws.credentials });
  expect(account).toMatchObject({ standing: 'proven', proof_method: 'signature' });
});

test('when the account issues no tokens, it says how to have it issue them', async () => {
  const { client, aws } = customer;
  stage.simulator.addAccount({ id: CLOSED, outboundFederation: false });
  const credentials = { ...aws.credentials, accessKeyId: CLOSED };
  const error = await errorOf(
    prove(client, { ...aws, credentials, account_id: CLOSED, method: 'web-identity-token' }),
  );
  expect(error).toBeInstanceOf(SallyportError);
  expect((error as Error).message).toContain('enable-outbound-web-identity-federation');
});

test('when a role trusts the vendor as the API says, it proves the account by itself', async () => {
  const { client } = customer;
  const { id } = await client.accounts.create({ account_id: ROLE });
  const { role_name: name, trust_policy } = await client.accounts.getProofRole(id);
  const trustPolicy = JSON.parse(trust_policy!) as TrustPolicy;
  stage.simulator.addAccount({ id: ROLE, roles: [{ name, trustPolicy, policies: [] }] });
  const account = await prove(client, { account_id: ROLE });
  expect(account).toMatchObject({
    standing: 'proven',
    proof_method: 'role',
    proven_by: `arn:aws:sts::${ROLE}:assumed-role/${name}/sallyport-proof`,
  });
  expect(account.conditions.map(({ type, status }) => [type, status])).toEqual([
    ['ready', 'true'],
    ['renewing', 'true'],
  ]);
});

test('when the program proves by a role, it needs no credentials', async () => {
  const { client, apiKey } = customer;
  const account = '686868686868';
  const { id } = await client.accounts.create({ account_id: account });
  const { trust_policy } = await client.accounts.getProofRole(id);
  const trustPolicy = JSON.parse(trust_policy!) as TrustPolicy;
  stage.simulator.addAccount({
    id: account,
    roles: [{ name: 'ours', path: '/net/', trustPolicy }],
  });
  const args = ['prove', '--method', 'role', '--role-name', 'net/ours', '--account-id', account];
  let out = '';
  const code = await runProgram({
    args: [...args, '--region', 'us-east-1'],
    env: { SALLYPORT_URL: stage.origin, SALLYPORT_API_KEY: apiKey },
    signal: new AbortController().signal,
    out: (text) => (out += text),
    note: () => {},
    readInput: () => Promise.resolve(''),
  });
  expect({ code, out }).toEqual({ code: 0, out: `Account ${account} is proven.` });
});

test('when another role is asked for than the vendor takes, the proof is refused', async () => {
  const { client, aws, account, customerId } = await stage.invite('636363636363');
  await stage.operator.customers.update(customerId, { required_role: 'NetworkAdmin' });
  const error = await errorOf(prove(client, { ...aws, account_id: account }));
  expect(error).toBeInstanceOf(WaiterFailedError);
  expect((error as Error).message).toContain('Only the role NetworkAdmin');
});

test('when a signature is wanted without credentials, it says so', async () => {
  const { client } = customer;
  const error = await errorOf(prove(client, { account_id: OWN, method: 'signature' }));
  expect((error as Error).message).toContain('needs `credentials`');
});

const required = process.env['SALLYPORT_REQUIRE_AWS_CLIENTS'] === '1';
// Each takes half a second of processor time, for what the first one shows, too.
const isWhole = required || process.env['SALLYPORT_TEST_LONG'] === '1';
if (!isWhole) process.stderr.write('skipped: prove.py, and more shells: for CI and test:long\n');
const every = ['dash', 'bash', 'busybox'].filter((shell) => working([shell], shellTest(shell)));
const shells = isWhole ? every : every.slice(0, 1);
const pythons = ['python3', '/usr/bin/python3'];
const python = (isWhole && working(pythons, ['-c', 'import botocore'])) || 'python3';
const hasPython =
  required || (isWhole && working([python], ['-c', 'import botocore']) !== undefined);
const hasTools =
  required || (working(['curl'], ['--version']) && working(['openssl'], ['version'])) !== undefined;
if (!hasTools) process.stderr.write('skipped: prove.sh, as curl or openssl is not there\n');

/** A new account of the customer, and the session of a role in it. */
async function sessionOf(id: string) {
  stage.simulator.addAccount({ id, roles: [{ name: 'Deploy' }] });
  const credentials = { accessKeyId: id, secretAccessKey: 'simulator' };
  const sts = new STS({ region: 'us-east-1', endpoint: stage.simulator.endpoint, credentials });
  const RoleArn = `arn:aws:iam::${id}:role/Deploy`;
  const answer = await sts.assumeRole({ RoleArn, RoleSessionName: 'somebody' });
  sts.destroy();
  return {
    SALLYPORT_URL: stage.origin,
    SALLYPORT_API_KEY: customer.apiKey,
    AWS_ACCESS_KEY_ID: answer.Credentials!.AccessKeyId!,
    AWS_SECRET_ACCESS_KEY: answer.Credentials!.SecretAccessKey!,
    AWS_SESSION_TOKEN: answer.Credentials!.SessionToken!,
  };
}

function secretsOf(env: Awaited<ReturnType<typeof sessionOf>>): string[] {
  const { SALLYPORT_API_KEY: key, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = env;
  return [key, secret, token, Buffer.from(`AWS4${secret}`).toString('hex')];
}

describe('the programs of docs/prove', () => {
  test.runIf(hasTools).each(shells)(
    'when prove.sh is run by %s, the account is proven, and no argument has a secret',
    async (shell) => {
      const account = `64646464646${shells.indexOf(shell)}`;
      const env = await sessionOf(account);
      const command = shell === 'busybox' ? ['sh', 'prove.sh'] : ['prove.sh'];
      const { code, output, shown } = await runProver(shell, [...command, account], env);
      expect(output).toBe(`Account ${account} is proven.\n`);
      expect(code).toBe(0);
      const { proven_by } = await customer.client.accounts.get(account);
      expect(proven_by).toBe(`arn:aws:sts::${account}:assumed-role/Deploy/somebody`);
      expect(shown).toContain('dgst -sha256');
      for (const secret of secretsOf(env)) expect(shown).not.toContain(secret);
    },
  );

  test.runIf(hasPython)('when prove.py is run, the account is proven', async () => {
    const account = '656565656565';
    const env = await sessionOf(account);
    const { output } = await runProver(python, ['prove.py', account], env);
    expect(output).toBe(`Account ${account} is proven.\n`);
  });

  const programs = [
    ...(hasTools ? [['sh', 'prove.sh'] as const] : []),
    ...(hasPython ? [[python, 'prove.py'] as const] : []),
  ];
  test.each(programs)(
    'when %s %s is for another service, nothing is signed',
    async (by, program) => {
      const account = `66666666666${programs.findIndex(([, name]) => name === program)}`;
      const env = { ...(await sessionOf(account)), SALLYPORT_AUDIENCE: 'https://other.example' };
      const { code, output } = await runProver(by, [program, account], env);
      expect(code).not.toBe(0);
      expect(output).toContain('nothing was signed');
    },
  );

  test.each(programs)('when %s %s has no role to prove by, it says why', async (by, program) => {
    const account = `67676767676${programs.findIndex(([, name]) => name === program)}`;
    const env = await sessionOf(account);
    const args = program === 'prove.sh' ? ['--role', account] : [account, '--role'];
    const { code, output } = await runProver(by, [program, ...args, 'a b'], env);
    expect(code).not.toBe(0);
    expect(output).toMatch(/not the name of a role/);
  });
});

function shellTest(shell: string): string[] {
  return shell === 'busybox' ? ['sh', '-c', 'true'] : ['-c', 'true'];
}
