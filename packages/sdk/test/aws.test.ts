// Proving an account, from the claim to the verdict.
import { expect, test } from 'vitest';
import { prove, type ProveProgress } from '../src/aws/prove.ts';
import { AbortedError, SallyportError, WaiterFailedError } from '../src/index.ts';
import {
  clientOf,
  errorOf,
  type FakeService,
  problem,
  type Seen,
  startService,
} from './harness.ts';

const ACCOUNT = '222222222222';
const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'canary-secret' };
const now = () => new Date('2027-01-31T12:00:00Z');

interface World {
  /** Undefined until the account is claimed. */
  account?: { id: string; standing: string; partition: string };
  audience?: string;
  verdict: 'succeeded' | 'failed';
  /** Somebody else claims the account just before us. */
  race?: boolean;
}

/** The few routes that proving uses. */
function serve(service: FakeService, world: World): void {
  const account = { id: 'acct_1', standing: 'claimed', partition: 'aws' };
  let looks = 0;
  const routes: Record<string, (request: Seen) => object | undefined> = {
    [`GET /v1/accounts/${ACCOUNT}`]: () => world.account,
    'GET /v1/accounts/acct_1': () => world.account,
    'POST /v1/accounts': ({ body }) => {
      world.account = { ...account, ...JSON.parse(body) };
      return world.race ? undefined : world.account;
    },
    'POST /v1/accounts/acct_1/challenges': () => ({
      id: 'chl_1',
      challenge: 'nonce',
      audience: world.audience ?? service.origin,
    }),
    'POST /v1/accounts/acct_1/proofs': () => ({ id: 'op_1', state: 'running' }),
    'GET /v1/operations/op_1': () => {
      looks += 1;
      if (looks < 2) return { id: 'op_1', state: 'running' };
      if (world.verdict === 'succeeded') world.account!.standing = 'proven';
      return {
        id: 'op_1',
        state: world.verdict,
        message: 'STS said no.',
        error_code: 'proof_refused',
      };
    },
  };
  service.replyWith((request) => {
    const json = routes[`${request.method} ${request.path}`]?.(request);
    if (json) return { json };
    return request.method === 'POST' ? problem(409, 'already_exists') : problem(404, 'not_found');
  });
}

const bodyOf = (service: FakeService, path: string): unknown =>
  JSON.parse(
    service.seen.find((request) => request.method === 'POST' && request.path === path)!.body,
  );

test('when the account is new, it is claimed, signed for, submitted and waited for', async () => {
  const service = await startService();
  serve(service, { verdict: 'succeeded' });
  const steps: ProveProgress['step'][] = [];
  const account = await prove(clientOf(service), {
    account_id: ACCOUNT,
    customer_id: 'acme',
    credentials: () => Promise.resolve(credentials),
    now,
    onProgress: ({ step }) => steps.push(step),
  });
  expect(account).toMatchObject({ id: 'acct_1', standing: 'proven' });
  expect(steps).toEqual(['claimed', 'challenged', 'signed', 'submitted', 'checking']);
  expect(bodyOf(service, '/v1/accounts')).toEqual({
    account_id: ACCOUNT,
    partition: 'aws',
    customer_id: 'acme',
  });
  expect(bodyOf(service, '/v1/accounts/acct_1/proofs')).toEqual({
    challenge_id: 'chl_1',
    region: 'us-east-1',
    access_key_id: credentials.accessKeyId,
    amz_date: '20270131T120000Z',
    signature: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(JSON.stringify(service.seen)).not.toContain(credentials.secretAccessKey);
});

test('when the account is there, it is proven again and not claimed', async () => {
  const service = await startService();
  const account = { id: 'acct_1', standing: 'lapsed', partition: 'aws' };
  serve(service, { account, verdict: 'succeeded' });
  const proven = await prove(clientOf(service), { account_id: ACCOUNT, credentials });
  expect(proven.standing).toBe('proven');
  expect(service.seen.map(({ method, path }) => `${method} ${path}`)).not.toContain(
    'POST /v1/accounts',
  );
});

test('when another process claims the account first, its claim is used', async () => {
  const service = await startService();
  serve(service, { verdict: 'succeeded', race: true });
  expect(await prove(clientOf(service), { account_id: ACCOUNT, credentials })).toMatchObject({
    standing: 'proven',
  });
});

test('when AWS does not confirm it, it throws with the operation and the reason', async () => {
  const service = await startService();
  serve(service, { verdict: 'failed' });
  const error = await errorOf(prove(clientOf(service), { account_id: ACCOUNT, credentials }));
  expect(error).toBeInstanceOf(WaiterFailedError);
  expect(error).toMatchObject({ state: 'failed', lastResource: { error_code: 'proof_refused' } });
  expect((error as Error).message).toContain('STS said no.');
});

test.each(['https://other.example', 'other', 'null', 'http://127.0.0.1'])(
  'when the challenge is for %s, it is refused before anything is signed',
  async (audience) => {
    const service = await startService();
    serve(service, { verdict: 'succeeded', audience });
    let asked = false;
    const provider = () => {
      asked = true;
      return Promise.resolve(credentials);
    };
    const error = await errorOf(
      prove(clientOf(service), { account_id: ACCOUNT, credentials: provider }),
    );
    expect(error).toBeInstanceOf(SallyportError);
    expect((error as Error).message).toContain(`The challenge is for ${audience}`);
    expect(asked).toBe(false);
    expect(service.seen.some(({ path }) => path.endsWith('/proofs'))).toBe(false);
  },
);

test('when the service has another public name, it can be given', async () => {
  const service = await startService();
  const audience = 'https://connect.vendor.example';
  serve(service, { verdict: 'succeeded', audience });
  const options = { account_id: ACCOUNT, credentials, audience };
  expect(await prove(clientOf(service), options)).toMatchObject({ standing: 'proven' });
});

test('when the account is in another partition than the region, it says so', async () => {
  const service = await startService();
  const account = { id: 'acct_1', standing: 'claimed', partition: 'aws-cn' };
  serve(service, { account, verdict: 'succeeded' });
  const error = await errorOf(prove(clientOf(service), { account_id: ACCOUNT, credentials }));
  expect((error as Error).message).toBe(
    `Account ${ACCOUNT} is in aws-cn: pass a region of that partition.`,
  );
  const fitting = { account_id: ACCOUNT, credentials, region: 'cn-north-1' };
  expect(await prove(clientOf(service), fitting)).toMatchObject({ standing: 'proven' });
});

test('when the claim is refused, that is thrown', async () => {
  const service = await startService();
  service.replyWith(({ method }) =>
    method === 'GET' ? problem(404, 'not_found') : problem(409, 'account_disputed'),
  );
  const error = await errorOf(prove(clientOf(service), { account_id: ACCOUNT, credentials }));
  expect(error).toMatchObject({ code: 'account_disputed' });
});

test('when the signal aborts, it ends', async () => {
  const service = await startService();
  serve(service, { verdict: 'succeeded' });
  const controller = new AbortController();
  const options = {
    account_id: ACCOUNT,
    credentials,
    signal: controller.signal,
    onProgress: () => controller.abort(),
  };
  expect(await errorOf(prove(clientOf(service), options))).toBeInstanceOf(AbortedError);
  expect(service.seen.some(({ path }) => path.endsWith('/proofs'))).toBe(false);
});
