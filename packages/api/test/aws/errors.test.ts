import { expect, test } from 'vitest';

import type { AwsErrorKind } from '../../src/aws/errors.ts';
import {
  access,
  ec2Error,
  failureOf,
  fakeAws,
  openAws,
  patience,
  restError,
  serviceId,
} from './fake-aws.ts';
import type { FakeAnswer } from './fake-aws.ts';

async function thrownByEc2(answer: FakeAnswer | null, options = {}) {
  const { fake, aws, calls } = await fakeAws(() => answer, options);
  const services = aws.endpointServices(access, 'us-east-1');
  const error = await failureOf(services.listPrincipals(serviceId, patience()));
  return { error, fake, calls };
}

async function thrownByRoute53(answer: FakeAnswer) {
  const { fake, aws } = await fakeAws(() => answer);
  const error = await failureOf(aws.hostedZones(access).changeStatus('C123', patience()));
  return { error, fake };
}

const ec2Codes: [string, number, AwsErrorKind][] = [
  ['InvalidVpcEndpointServiceId.NotFound', 400, 'not_found'],
  ['InvalidVpcEndpointService.NotFound', 400, 'not_found'],
  ['InvalidVpcEndpointId.NotFound', 400, 'not_found'],
  ['InvalidNetworkLoadBalancerArn.NotFound', 400, 'not_found'],
  ['InvalidVpcEndpointServiceId.Malformed', 400, 'invalid'],
  ['InvalidParameter', 400, 'invalid'],
  ['InvalidParameterValue', 400, 'invalid'],
  ['InvalidFilter', 400, 'invalid'],
  ['UnknownPrincipalType.Unsupported', 400, 'invalid'],
  ['MissingParameter', 400, 'invalid'],
  ['ExistingVpcEndpointConnections', 400, 'conflict'],
  ['IncorrectState', 400, 'conflict'],
  ['IdempotentParameterMismatch', 400, 'conflict'],
  ['VpcEndpointLimitExceeded', 400, 'conflict'],
  ['UnauthorizedOperation', 403, 'denied'],
  ['AuthFailure', 401, 'denied'],
  ['OptInRequired', 401, 'denied'],
  ['RequestExpired', 400, 'denied'],
  ['SomethingNew', 400, 'invalid'],
  ['SomethingNew', 403, 'denied'],
];

test.each(ec2Codes)('when EC2 answers %s with %i, it is %s', async (code, status, kind) => {
  const { error } = await thrownByEc2(ec2Error(code, `About ${code}.`, status));
  expect(error).toMatchObject({
    kind,
    code,
    message: `About ${code}.`,
    action: 'DescribeVpcEndpointServicePermissions',
    awsRequestId: 'req-1',
  });
});

const route53Codes: [string, number, AwsErrorKind][] = [
  ['NoSuchHostedZone', 404, 'not_found'],
  ['NoSuchChange', 404, 'not_found'],
  ['InvalidInput', 400, 'invalid'],
  ['InvalidDomainName', 400, 'invalid'],
  ['InvalidChangeBatch', 400, 'conflict'],
  ['AccessDenied', 403, 'denied'],
  ['SignatureDoesNotMatch', 403, 'denied'],
  ['InvalidClientTokenId', 403, 'denied'],
  ['ExpiredToken', 403, 'denied'],
];

test.each(route53Codes)(
  'when Route 53 answers %s with %i, it is %s',
  async (code, status, kind) => {
    const { error } = await thrownByRoute53(restError(code, 'No.', status));
    expect(error).toMatchObject({ kind, code, action: 'GetChange', awsRequestId: 'req-1' });
  },
);

const repeated: [string, FakeAnswer, AwsErrorKind, string][] = [
  [
    'throttles',
    ec2Error('RequestLimitExceeded', 'Slow down.', 503),
    'throttled',
    'RequestLimitExceeded',
  ],
  [
    'throttles in other words',
    ec2Error('EC2ThrottledException', 'Slow down.', 503),
    'throttled',
    'EC2ThrottledException',
  ],
  ['is broken', ec2Error('InternalError', 'Oops.', 500), 'unavailable', 'InternalError'],
];

test.each(repeated)('when EC2 %s, it is tried three times', async (_, answer, kind, code) => {
  const { error, fake, calls } = await thrownByEc2(answer);
  expect(error).toMatchObject({ kind, code });
  expect(fake.requests).toHaveLength(3);
  expect(calls).toMatchObject([{ outcome: code }]);
});

test.each(['Throttling', 'PriorRequestNotComplete'])(
  'when Route 53 answers %s with 400, it is throttled after three tries',
  async (code) => {
    const { error, fake } = await thrownByRoute53(restError(code));
    expect(error).toMatchObject({ kind: 'throttled', code });
    expect(fake.requests).toHaveLength(3);
  },
);

test.each([500, 502, 503])('when a proxy answers %i in HTML, it is unavailable', async (status) => {
  const { error } = await thrownByEc2({ status, body: '<html>Bad gateway</p>' });
  expect(error.kind).toBe('unavailable');
});

test('when a success is not XML, it is unavailable and not an empty list', async () => {
  const { error } = await thrownByEc2({ status: 200, body: 'It works!' });
  expect(error.kind).toBe('unavailable');
});

test('when no answer comes, it is unavailable after the time allowed', async () => {
  const { error, calls } = await thrownByEc2(null, { requestTimeoutMs: 50 });
  expect(error.kind).toBe('unavailable');
  expect(calls).toHaveLength(1);
});

test('when an answer stops half-way, it is unavailable after the time allowed', async () => {
  const half = { body: '<DescribeVpcEndpointServicePermissionsResponse>', stalls: true };
  const { error } = await thrownByEc2(half, { requestTimeoutMs: 50 });
  expect(error.kind).toBe('unavailable');
});

test('when nobody listens, it is unavailable and names the failure', async () => {
  const port = openAws('http://127.0.0.1:1').endpointServices(access, 'us-east-1');
  const error = await failureOf(port.listServices(patience()));
  expect(error).toMatchObject({ kind: 'unavailable', code: 'ECONNREFUSED' });
});

test('when there are no credentials, it is denied and nothing is sent', async () => {
  const { aws, fake } = await fakeAws(() => ec2Error('Unreached'));
  delete process.env.AWS_ACCESS_KEY_ID;
  const port = aws.endpointServices(access, 'us-east-1');
  const error = await failureOf(port.listServices(patience()));
  expect(error).toMatchObject({ kind: 'denied', code: 'CredentialsProviderError' });
  expect(fake.requests).toEqual([]);
});

test('when AWS quotes the signed request, neither message nor cause has it', async () => {
  const quote = 'Check your key.\n\nThe Canonical String was\nx-amz-security-token:SECRET-TOKEN';
  const { error } = await thrownByEc2(ec2Error('SignatureDoesNotMatch', quote, 403));
  expect(error.message).toBe('Check your key.');
  expect(error.cause).toBeUndefined();
  expect(`${JSON.stringify(error)} ${error.stack}`).not.toContain('SECRET-TOKEN');
});

test('when AWS refuses for another reason, the cause is kept', async () => {
  const { error } = await thrownByEc2(ec2Error('InvalidParameter', 'Bad ARN.'));
  expect(error.cause).toMatchObject({ name: 'InvalidParameter', message: 'Bad ARN.' });
});
