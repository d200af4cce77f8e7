import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import type { AwsAccess } from '../../src/aws/ports.ts';
import { access, ec2Answer, ec2Error, fakeAws, patience, restError } from './fake-aws.ts';
import type { FakeAnswer, FakeRequest } from './fake-aws.ts';

const roleAccess: AwsAccess = {
  accountId: '111111111111',
  roleArn: 'arn:aws:iam::111111111111:role/sallyport',
  externalId: 'ext-1',
};

const noServices = ec2Answer(
  'DescribeVpcEndpointServiceConfigurations',
  '<serviceConfigurationSet/>',
);

function session(key: string, expiration: Date): FakeAnswer {
  const credentials =
    `<AccessKeyId>${key}</AccessKeyId><SecretAccessKey>s</SecretAccessKey>` +
    `<SessionToken>token-${key}</SessionToken><Expiration>${expiration.toISOString()}</Expiration>`;
  const space = 'https://sts.amazonaws.com/doc/2011-06-15/';
  const body =
    `<AssumeRoleResponse xmlns="${space}"><AssumeRoleResult><Credentials>${credentials}` +
    '</Credentials></AssumeRoleResult></AssumeRoleResponse>';
  return { headers: { 'content-type': 'text/xml' }, body };
}

const inAnHour = () => new Date(Date.now() + 3_600_000);
const isAssume = ({ parameters }: FakeRequest) => parameters.Action === 'AssumeRole';
const keyOf = ({ headers }: FakeRequest) => /Credential=([^/]+)/.exec(headers.authorization!)![1];

test('when a role is given, it is assumed once for all calls that come together', async () => {
  const { fake, aws } = await fakeAws((request) =>
    isAssume(request) ? session('ASIAONE', inAnHour()) : noServices,
  );
  const east = aws.endpointServices(roleAccess, 'us-east-1');
  const west = aws.endpointServices(roleAccess, 'eu-west-1');
  await Promise.all([
    east.listServices(patience()),
    east.listServices(patience()),
    west.listServices(patience()),
  ]);
  await west.listServices(patience());
  const assumes = fake.requests.filter(isAssume);
  expect(assumes.map(({ parameters }) => parameters)).toEqual([
    {
      Action: 'AssumeRole',
      Version: '2011-06-15',
      RoleArn: roleAccess.roleArn,
      RoleSessionName: 'sallyport',
      ExternalId: 'ext-1',
    },
  ]);
  const others = fake.requests.filter((request) => !isAssume(request));
  expect(others.map(keyOf)).toEqual(['ASIAONE', 'ASIAONE', 'ASIAONE', 'ASIAONE']);
  expect(others[0]!.headers['x-amz-security-token']).toBe('token-ASIAONE');
});

test('when the access comes with more than its own members, the client is the same', async () => {
  const { fake, aws } = await fakeAws(() => noServices);
  for (const name of ['before', 'after']) {
    const account = { name, ...access };
    await aws.endpointServices(account, 'us-east-1').listServices(patience());
  }
  // One client keeps its connection open; two would have one each.
  expect(new Set(fake.requests.map(({ clientPort }) => clientPort)).size).toBe(1);
});

test('when two roles differ in the external id alone, they have a session each', async () => {
  const { fake, aws } = await fakeAws((request) =>
    isAssume(request)
      ? session(`ASIA${request.parameters.ExternalId ?? 'NONE'}`, inAnHour())
      : noServices,
  );
  const other = { ...roleAccess, externalId: null };
  await aws.endpointServices(roleAccess, 'us-east-1').listServices(patience());
  await aws.endpointServices(other, 'us-east-1').listServices(patience());
  expect(fake.requests.filter(isAssume)).toHaveLength(2);
  expect(keyOf(fake.requests.at(-1)!)).toBe('ASIANONE');
});

test('when a session has five minutes left, the role is assumed again', async () => {
  let nowMs = Date.now();
  const keys = ['ASIAONE', 'ASIATWO'];
  const { fake, aws } = await fakeAws(
    (request) =>
      isAssume(request) ? session(keys.shift()!, new Date(nowMs + 3_600_000)) : noServices,
    { now: () => new Date(nowMs) },
  );
  const port = () => aws.endpointServices(roleAccess, 'us-east-1').listServices(patience());
  await port();
  nowMs += 54 * 60_000;
  await port();
  expect(fake.requests.filter(isAssume)).toHaveLength(1);
  nowMs += 61_000;
  await port();
  expect(fake.requests.filter(isAssume)).toHaveLength(2);
});

test('when the role may not be assumed, the call is denied, the next tries again', async () => {
  let allowed = false;
  const { fake, aws, calls } = await fakeAws((request) => {
    if (!isAssume(request)) return noServices;
    return allowed ? session('ASIAONE', inAnHour()) : restError('AccessDenied', 'Not you.', 403);
  });
  const services = aws.endpointServices(roleAccess, 'us-east-1');
  await expect(services.listServices(patience())).rejects.toMatchObject({
    kind: 'denied',
    code: 'AccessDenied',
    action: 'AssumeRole',
  });
  expect(fake.requests.every(isAssume)).toBe(true);
  allowed = true;
  expect(await services.listServices(patience())).toEqual([]);
  expect(calls.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
    'AssumeRole AccessDenied',
    'AssumeRole ok',
    'DescribeVpcEndpointServiceConfigurations ok',
  ]);
});

test('when AWS no longer takes the session, the next call has a new one', async () => {
  const keys = ['ASIAONE', 'ASIATWO'];
  const { fake, aws } = await fakeAws((request) => {
    if (isAssume(request)) return session(keys.shift()!, inAnHour());
    return keyOf(request) === 'ASIAONE' ? ec2Error('ExpiredToken', 'Old.', 400) : noServices;
  });
  const services = aws.endpointServices(roleAccess, 'us-east-1');
  await expect(services.listServices(patience())).rejects.toMatchObject({ kind: 'denied' });
  expect(await services.listServices(patience())).toEqual([]);
  expect(keyOf(fake.requests.at(-1)!)).toBe('ASIATWO');
});

test('when a call is made, it is reported: account, region, outcome, request id', async () => {
  const { aws, calls } = await fakeAws((request) =>
    isAssume(request) ? session('ASIAONE', inAnHour()) : noServices,
  );
  await aws.endpointServices(roleAccess, 'eu-west-1').listServices(patience());
  const durationMs = expect.any(Number);
  expect(calls).toEqual([
    {
      service: 'sts',
      action: 'AssumeRole',
      region: 'us-east-1',
      accountId: '111111111111',
      outcome: 'ok',
      requestId: null,
      durationMs,
    },
    {
      service: 'ec2',
      action: 'DescribeVpcEndpointServiceConfigurations',
      region: 'eu-west-1',
      accountId: '111111111111',
      outcome: 'ok',
      requestId: 'req-1',
      durationMs,
    },
  ]);
});

test('when the signal has fired already, nothing is sent', async () => {
  const { fake, aws } = await fakeAws(() => noServices);
  const services = aws.endpointServices(access, 'us-east-1');
  await expect(services.listServices(AbortSignal.abort())).rejects.toMatchObject({
    kind: 'aborted',
  });
  expect(fake.requests).toEqual([]);
});

test.each([
  ['the call', access],
  ['the assumption of its role', roleAccess],
])('when the signal fires during %s, it is aborted at once', async (_, who) => {
  const stop = new AbortController();
  const { aws } = await fakeAws(() => {
    stop.abort();
    return null;
  });
  const work = aws.endpointServices(who, 'us-east-1').listServices(stop.signal);
  await expect(work).rejects.toMatchObject({ kind: 'aborted' });
});

test('when the signal fires while an answer is coming, it is aborted', async () => {
  const stop = new AbortController();
  const { aws } = await fakeAws(() => {
    setImmediate(() => stop.abort());
    return { body: '<Describe', stalls: true };
  });
  const work = aws.endpointServices(access, 'us-east-1').listServices(stop.signal);
  await expect(work).rejects.toMatchObject({ kind: 'aborted' });
});

test('when the adapter is made, the AWS SDK is not loaded', () => {
  const source = fileURLToPath(new URL('../../src/aws/aws.ts', import.meta.url));
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
    const { createAws } = await import(${JSON.stringify(source)});
    const aws = createAws({ region: 'us-east-1', now: () => new Date() });
    aws.endpointServices({ accountId: '1', roleArn: null, externalId: null }, 'us-east-1');
    const sdk = loaded.filter((url) => url.includes('@aws-sdk') || url.includes('@smithy'));
    console.log(JSON.stringify({ loaded: loaded.length > 5, sdk }));`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  expect(run.stderr).toBe('');
  expect(JSON.parse(run.stdout)).toEqual({ loaded: true, sdk: [] });
});
