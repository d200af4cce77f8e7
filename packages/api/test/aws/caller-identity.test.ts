import { expect, test } from 'vitest';

import { createAws } from '../../src/aws/aws.ts';
import type { IdentityRequest } from '../../src/domain/proof.ts';
import { rebuildRequest } from '../../src/domain/proof.ts';
import { failureOf, fakeAws, patience } from './fake-aws.ts';
import type { FakeAnswer } from './fake-aws.ts';

const signature = 'ab'.repeat(32);

const proof: IdentityRequest = rebuildRequest(
  {
    region: 'eu-west-1',
    accessKeyId: 'ASIAEXAMPLEKEY000000',
    amzDate: '20260102T030405Z',
    sessionToken: 'SESSION/TOKEN+==',
    signature,
  },
  { challenge: 'chl-1', audience: 'https://sallyport.example' },
);

function identity(account: string, arn: string): FakeAnswer {
  const GetCallerIdentityResult = { Account: account, Arn: arn, UserId: 'AROA:x' };
  const body = JSON.stringify({ GetCallerIdentityResponse: { GetCallerIdentityResult } });
  return { headers: { 'content-type': 'application/json', 'x-amzn-requestid': 'req-9' }, body };
}

function refusal(code: string, status: number, message = 'No.'): FakeAnswer {
  const body = JSON.stringify({ Error: { Code: code, Message: message, Type: 'Sender' } });
  return { status, headers: { 'content-type': 'application/json' }, body };
}

const arn = 'arn:aws:sts::222222222222:assumed-role/network/me';

async function confirm(answer: FakeAnswer | null, proofTimeoutMs = 10_000) {
  const { fake, aws, calls } = await fakeAws(() => answer, { proofTimeoutMs });
  return { fake, calls, answer: await aws.callerIdentity.confirm(proof, patience()) };
}

test('when STS confirms, it gives the identity', async () => {
  const { answer, calls } = await confirm(identity('222222222222', arn));
  expect(answer).toEqual({ kind: 'identity', identity: { accountId: '222222222222', arn } });
  expect(calls).toEqual([
    {
      service: 'sts',
      action: 'GetCallerIdentity',
      region: 'eu-west-1',
      accountId: null,
      outcome: 'ok',
      requestId: 'req-9',
      durationMs: expect.any(Number),
    },
  ]);
});

test('when it asks, the bytes are those that were signed, for the real host', async () => {
  const { fake } = await confirm(identity('222222222222', arn));
  expect(fake.requests).toHaveLength(1);
  const [request] = fake.requests;
  expect(request).toMatchObject({ method: 'GET', target: proof.target, body: '' });
  expect(request!.headers).toEqual({
    host: 'sts.eu-west-1.amazonaws.com',
    accept: 'application/json',
    'x-sallyport-audience': 'https://sallyport.example',
    'x-sallyport-challenge': 'chl-1',
    connection: 'close',
  });
});

test.each([
  ['SignatureDoesNotMatch', 403],
  ['InvalidClientTokenId', 403],
  ['ExpiredToken', 400],
  ['RequestExpired', 400],
  ['RegionDisabledException', 403],
  ['AccessDenied', 403],
  ['IncompleteSignature', 400],
])('when STS answers %s with %i, the proof is refused', async (code, status) => {
  const { answer, calls } = await confirm(refusal(code, status));
  expect(answer).toMatchObject({ kind: 'refused', code });
  expect(calls).toMatchObject([{ outcome: code }]);
});

test('when STS quotes the signed request, the refusal does not', async () => {
  const quote = `The Canonical String was 'GET\n/\n${proof.target}'`;
  const { answer, calls } = await confirm(refusal('SignatureDoesNotMatch', 403, quote));
  expect(JSON.stringify([answer, calls])).not.toMatch(/SESSION|ababab|ASIAEXAMPLE/);
});

const genuine = identity('222222222222', arn);

const nothingKnown: [string, FakeAnswer][] = [
  ['STS throttles', refusal('Throttling', 400)],
  ['STS is broken', refusal('InternalFailure', 500)],
  ['STS is broken without words', { status: 503, body: '' }],
  ['a proxy refuses in HTML', { status: 403, body: '<html>Forbidden</html>' }],
  ['the answer is not JSON', { body: '<GetCallerIdentityResponse/>' }],
  ['the account is not the ARN’s', identity('333333333333', arn)],
  ['another action answers', { body: '{"GetUserResponse":{"Account":"222222222222"}}' }],
  ['an error code could carry anything', refusal('<script>alert(1)</script>', 403)],
  ['a success has an error’s body', { ...refusal('AccessDenied', 200) }],
  ['a redirect carries an identity', { ...genuine, status: 302 }],
  ['the answer is longer than 8 KiB', { body: ' '.repeat(8193) + genuine.body }],
];

test.each(nothingKnown)('when %s, nothing is known of the proof', async (_, fakeAnswer) => {
  const { answer } = await confirm(fakeAnswer);
  expect(answer).toMatchObject({ kind: 'unavailable' });
});

test('when nobody listens, it is unavailable and names the failure', async () => {
  const stsEndpoint = 'http://127.0.0.1:1';
  const aws = createAws({ region: 'us-east-1', now: () => new Date(), stsEndpoint });
  expect(await aws.callerIdentity.confirm(proof, patience())).toEqual({
    kind: 'unavailable',
    message: 'STS could not be asked: the connection failed (ECONNREFUSED).',
  });
});

test('when STS redirects, it is not followed', async () => {
  const elsewhere = { status: 302, headers: { location: '/elsewhere' }, body: '' };
  const { answer, fake } = await confirm(elsewhere);
  expect(answer.kind).toBe('unavailable');
  expect(fake.requests).toHaveLength(1);
});

test('when no answer comes, it is unavailable after the time allowed', async () => {
  const { answer, calls } = await confirm(null, 50);
  expect(answer).toEqual({
    kind: 'unavailable',
    message: 'STS could not be asked: no whole answer came within 0.05 s.',
  });
  expect(calls).toMatchObject([{ outcome: 'Unavailable', requestId: null }]);
});

test('when an answer stops half-way, it is unavailable after the time allowed', async () => {
  const { answer } = await confirm({ ...identity('222222222222', arn), stalls: true }, 200);
  expect(answer.kind).toBe('unavailable');
});

test('when the caller gives up, it throws aborted without what was signed', async () => {
  const stop = new AbortController();
  const { aws } = await fakeAws(() => {
    stop.abort();
    return null;
  });
  const error = await failureOf(aws.callerIdentity.confirm(proof, stop.signal));
  expect(error).toMatchObject({ kind: 'aborted', action: 'GetCallerIdentity' });
  expect(`${JSON.stringify(error)} ${error.stack}`).not.toMatch(/SESSION|ababab/);
});

test('when the endpoint has a path, it comes before the target', async () => {
  const { fake, aws } = await fakeAws(() => identity('222222222222', arn));
  const behind = createAws({
    region: 'us-east-1',
    now: () => new Date(),
    stsEndpoint: `${fake.url}/aws/`,
  });
  await behind.callerIdentity.confirm(proof, patience());
  expect(fake.requests[0]!.target).toBe(`/aws${proof.target}`);
  aws.close();
});

test.each(['', 'sts.amazonaws.com', 'ftp://sts'])(
  'when the endpoint is "%s", it says at once that it is not a URL to use',
  (stsEndpoint) => {
    const create = () => createAws({ region: 'us-east-1', now: () => new Date(), stsEndpoint });
    expect(create).toThrow(/is not an http or https URL/);
  },
);
