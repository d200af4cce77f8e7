// Proving an account in each way, against the real service over a simulated AWS.
import type { AccountSpec } from '@sallyport/aws-simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prove, type ProveProgress } from '../../src/aws/entry.ts';
import { SallyportError, WaiterFailedError } from '../../src/index.ts';
import { errorOf } from '../harness.ts';
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

test('when another role is asked for than the vendor takes, the proof is refused', async () => {
  const { client, aws, customerId } = customer;
  await stage.operator.customers.update(customerId, { required_role: 'NetworkAdmin' });
  const error = await errorOf(prove(client, { ...aws, account_id: OWN }));
  expect(error).toBeInstanceOf(WaiterFailedError);
  expect((error as Error).message).toContain('Only the role NetworkAdmin');
});

test('when a signature is wanted without credentials, it says so', async () => {
  const { client } = customer;
  const error = await errorOf(prove(client, { account_id: OWN, method: 'signature' }));
  expect((error as Error).message).toContain('needs `credentials`');
});
