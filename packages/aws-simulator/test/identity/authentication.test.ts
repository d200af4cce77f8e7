// Who may call: raw signed requests, good ones and every way they can be wrong. Each refusal is
// also looked up in the call log, which must not name a caller it did not verify.

import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { CUSTOMER, failure, type Keys, type Lab, rootKeys, startLab, VENDOR } from '../lab.ts';
import {
  element,
  formRequest,
  presigned,
  type RawRequest,
  type RawResponse,
  type Signing,
  send,
  signed,
} from '../raw.ts';

const MINUTE = 60_000;

const actions = {
  ec2: { Action: 'DescribeVpcs', Version: '2016-11-15' },
  sts: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
};

function route53Request(): RawRequest {
  const path = '/2013-04-01/hostedzone';
  return { method: 'GET', path, query: [], headers: { host: 'localhost' }, body: '' };
}

function requestFor(service: string): RawRequest {
  return service === 'route53'
    ? route53Request()
    : formRequest(actions[service as keyof typeof actions]);
}

async function sendSigned(
  lab: Lab,
  service: string,
  {
    change = (raw) => raw,
    ...signing
  }: Partial<Signing> & { change?: (raw: RawRequest) => RawRequest },
): Promise<RawResponse> {
  const defaults = { keys: rootKeys(VENDOR), service, time: lab.now() };
  return send(lab.endpoint, change(signed(requestFor(service), { ...defaults, ...signing })));
}

function expectRefused(lab: Lab, response: RawResponse, code: string): void {
  expect([response.status, element(response.body, 'Code')]).toEqual([response.status, code]);
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(response.headers['x-amzn-requestid']).toBeTruthy();
  expect(lab.simulator.calls().at(-1)).toMatchObject({
    account: null,
    callerArn: null,
    outcome: code,
  });
}

describe.each([
  ['ec2', 'AuthFailure', 'AuthFailure', 'RequestExpired'],
  ['sts', 'SignatureDoesNotMatch', 'InvalidClientTokenId', 'SignatureDoesNotMatch'],
  ['route53', 'SignatureDoesNotMatch', 'InvalidClientTokenId', 'SignatureDoesNotMatch'],
])('a call to %s', (service, mismatch, unknownKey, expired) => {
  test('when the signature is right, it is answered', async () => {
    const lab = await startLab();
    const response = await sendSigned(lab, service, {});
    expect(response.status).toBe(200);
    expect(lab.simulator.calls()).toMatchObject([{ account: VENDOR, outcome: 'ok' }]);
  });

  test('when only the host is signed, it is answered', async () => {
    const lab = await startLab();
    const response = await sendSigned(lab, service, { signedHeaders: ['host'] });
    expect(response.status).toBe(200);
  });

  test('when the secret is wrong, it is refused', async () => {
    const lab = await startLab();
    const keys = { accessKeyId: VENDOR, secretAccessKey: 'guess' };
    expectRefused(lab, await sendSigned(lab, service, { keys }), mismatch);
  });

  test('when the key is unknown, it is refused', async () => {
    const lab = await startLab();
    for (const accessKeyId of ['AKIAIOSFODNN7EXAMPLE', '999999999999']) {
      const keys = { accessKeyId, secretAccessKey: 'simulator' };
      expectRefused(lab, await sendSigned(lab, service, { keys }), unknownKey);
    }
  });

  test('when the host is not signed, it is refused', async () => {
    const lab = await startLab();
    const signedHeaders = ['x-amz-date'];
    expectRefused(lab, await sendSigned(lab, service, { signedHeaders }), mismatch);
  });

  test('when a signed header is changed or left out, it is refused', async () => {
    const lab = await startLab();
    const other = (headers: Record<string, string>) => (raw: RawRequest) => ({
      ...raw,
      headers: { ...raw.headers, ...headers },
    });
    const change = other({ host: 'elsewhere' });
    expectRefused(lab, await sendSigned(lab, service, { change }), mismatch);
    const withoutNonce = (raw: RawRequest) => {
      const { 'x-nonce': _, ...headers } = raw.headers;
      return { ...raw, headers };
    };
    const nonced = signed(other({ 'x-nonce': 'abc' })(requestFor(service)), {
      keys: rootKeys(VENDOR),
      service,
      time: lab.now(),
    });
    expect((await send(lab.endpoint, nonced)).status).toBe(200);
    expectRefused(lab, await send(lab.endpoint, withoutNonce(nonced)), mismatch);
  });

  test('when the body or the query is changed, it is refused', async () => {
    const lab = await startLab();
    const body = (raw: RawRequest) => ({ ...raw, body: `${raw.body}&MaxResults=5` });
    const query = (raw: RawRequest) => ({ ...raw, query: [['maxitems', '1']] as const });
    expectRefused(lab, await sendSigned(lab, service, { change: query }), mismatch);
    if (service === 'route53') return;
    expectRefused(lab, await sendSigned(lab, service, { change: body }), mismatch);
  });

  test('when it is signed 15 minutes ago or ahead, it is the last that is answered', async () => {
    const lab = await startLab();
    for (const [minutes, answered] of [
      [-14, true],
      [14, true],
      [-16, false],
      [16, false],
    ] as const) {
      const time = new Date(lab.now().getTime() + minutes * MINUTE);
      const response = await sendSigned(lab, service, { time });
      expect(element(response.body, 'Code')).toBe(answered ? undefined : expired);
    }
  });

  test('when the scope is for another service, it is refused', async () => {
    const lab = await startLab();
    const host = `${service === 'ec2' ? 'sts' : 'ec2'}.us-east-1.amazonaws.com`;
    const raw = requestFor(service);
    const forged = signed(
      { ...raw, headers: { ...raw.headers, host } },
      { keys: rootKeys(VENDOR), service, time: lab.now() },
    );
    expectRefused(lab, await send(lab.endpoint, forged), mismatch);
  });

  test('when it carries no signature, it is refused', async () => {
    const lab = await startLab();
    const response = await send(lab.endpoint, requestFor(service));
    expectRefused(lab, response, 'MissingAuthenticationToken');
  });

  test('when the signature is incomplete, it is refused', async () => {
    const lab = await startLab();
    const broken = ['AWS4-HMAC-SHA256 Credential=x', 'Basic abc'];
    for (const authorization of broken) {
      const raw = requestFor(service);
      const headers = { ...raw.headers, authorization, 'x-amz-date': '20260101T000000Z' };
      expectRefused(lab, await send(lab.endpoint, { ...raw, headers }), 'IncompleteSignature');
    }
  });
});

describe('a session', () => {
  async function session(lab: Lab): Promise<Required<Keys>> {
    const { sts } = lab.as(CUSTOMER);
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${CUSTOMER}:role/network`,
        RoleSessionName: 'test',
      }),
    );
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
    };
  }

  test('when its token is missing or another one, it is refused', async () => {
    const lab = await startLab();
    const { accessKeyId, secretAccessKey } = await session(lab);
    const without = { accessKeyId, secretAccessKey };
    for (const keys of [without, { ...without, sessionToken: 'x'.repeat(320) }]) {
      expectRefused(lab, await sendSigned(lab, 'sts', { keys }), 'InvalidClientTokenId');
      expectRefused(lab, await sendSigned(lab, 'ec2', { keys }), 'AuthFailure');
    }
  });

  test('when a token is given with a long-term key, it is refused', async () => {
    const lab = await startLab();
    const { sessionToken } = await session(lab);
    const keys = { ...rootKeys(CUSTOMER), sessionToken };
    expectRefused(lab, await sendSigned(lab, 'sts', { keys }), 'InvalidClientTokenId');
  });

  test('when its hour is over, it is refused', async () => {
    const lab = await startLab();
    const keys = await session(lab);
    lab.advance(59 * MINUTE);
    expect((await sendSigned(lab, 'sts', { keys })).status).toBe(200);
    lab.advance(MINUTE);
    expectRefused(lab, await sendSigned(lab, 'sts', { keys }), 'ExpiredToken');
    expectRefused(lab, await sendSigned(lab, 'ec2', { keys }), 'RequestExpired');
  });
});

describe('a presigned GetCallerIdentity', () => {
  const HOST = 'sts.us-east-1.amazonaws.com';

  function identityRequest(headers: Record<string, string> = {}): RawRequest {
    return {
      method: 'GET',
      path: '/',
      query: Object.entries(actions.sts),
      headers: { host: HOST, ...headers },
      body: '',
    };
  }

  test('when its signed headers are sent too, it answers in JSON to whoever asks so', async () => {
    const lab = await startLab();
    const raw = identityRequest({ 'x-challenge': 'nonce-1' });
    const signing = { keys: rootKeys(CUSTOMER), service: 'sts', time: lab.now() };
    const url = presigned(raw, signing);
    const response = await send(lab.endpoint, {
      ...url,
      headers: { ...url.headers, accept: 'application/json' },
    });
    expect(response.status).toBe(200);
    expect(JSON.parse(response.body)).toMatchObject({
      GetCallerIdentityResponse: {
        GetCallerIdentityResult: {
          Account: CUSTOMER,
          Arn: `arn:aws:iam::${CUSTOMER}:root`,
          UserId: CUSTOMER,
        },
        ResponseMetadata: { RequestId: response.headers['x-amzn-requestid'] },
      },
    });
  });

  test('when the challenge is another one, it is refused in JSON', async () => {
    const lab = await startLab();
    const raw = identityRequest({ 'x-challenge': 'nonce-1' });
    const signing = { keys: rootKeys(CUSTOMER), service: 'sts', time: lab.now() };
    const url = presigned(raw, signing);
    const headers = { ...url.headers, 'x-challenge': 'nonce-2', accept: 'application/json' };
    const response = await send(lab.endpoint, { ...url, headers });
    expect(response.status).toBe(403);
    expect(JSON.parse(response.body)).toMatchObject({ Error: { Code: 'SignatureDoesNotMatch' } });
  });

  test('when X-Amz-Expires is shorter or longer, it lives 15 minutes all the same', async () => {
    const lab = await startLab();
    const signing = { keys: rootKeys(CUSTOMER), service: 'sts', time: lab.now() };
    const short = presigned(identityRequest(), signing, 1);
    const long = presigned(identityRequest(), signing, 86_400);
    lab.advance(14 * MINUTE);
    for (const url of [short, long]) expect((await send(lab.endpoint, url)).status).toBe(200);
    lab.advance(2 * MINUTE);
    for (const url of [short, long]) {
      expectRefused(lab, await send(lab.endpoint, url), 'SignatureDoesNotMatch');
    }
  });

  test('when it is for EC2, X-Amz-Expires is obeyed', async () => {
    const lab = await startLab();
    const raw = {
      ...identityRequest(),
      query: Object.entries(actions.ec2),
      headers: { host: 'h' },
    };
    const url = presigned(raw, { keys: rootKeys(VENDOR), service: 'ec2', time: lab.now() }, 60);
    expect((await send(lab.endpoint, url)).status).toBe(200);
    lab.advance(61_000);
    expectRefused(lab, await send(lab.endpoint, url), 'RequestExpired');
  });

  test('when the action is swapped or doubled, it is refused', async () => {
    const lab = await startLab();
    const signing = { keys: rootKeys(CUSTOMER), service: 'sts', time: lab.now() };
    const url = presigned(identityRequest(), signing);
    const swapped = url.query.map(([name, value]) =>
      name === 'Action' ? ([name, 'AssumeRole'] as const) : ([name, value] as const),
    );
    const response = await send(lab.endpoint, { ...url, query: swapped });
    expectRefused(lab, response, 'SignatureDoesNotMatch');
    for (const [extra, code] of [
      [['Action', 'GetCallerIdentity'], 'MalformedQueryString'],
      [['action', 'AssumeRole'], 'UnknownParameter'],
    ] as const) {
      const raw = identityRequest();
      const doubled = presigned({ ...raw, query: [...raw.query, extra] }, signing);
      const answer = await send(lab.endpoint, doubled);
      expect(element(answer.body, 'Code')).toBe(code);
    }
  });

  test('when it is signed for another region than the host, it is refused', async () => {
    const lab = await startLab();
    const keys = rootKeys(CUSTOMER);
    const signing = { keys, service: 'sts', region: 'eu-west-1', time: lab.now() };
    const response = await send(lab.endpoint, presigned(identityRequest(), signing));
    expectRefused(lab, response, 'SignatureDoesNotMatch');
  });
});

test('when the SDK is given a wrong secret, it throws the service error', async () => {
  const lab = await startLab();
  const { sts } = lab.as({ accessKeyId: VENDOR, secretAccessKey: 'guess' });
  const { code } = await failure(sts.send(new GetCallerIdentityCommand({})));
  expect(code).toBe('SignatureDoesNotMatch');
});
