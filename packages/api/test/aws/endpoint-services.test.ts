import { expect, test } from 'vitest';

import type { EndpointServicePort } from '../../src/aws/ports.ts';
import {
  access,
  ec2Answer,
  ec2Error,
  failureOf,
  fakeAws,
  patience,
  serviceId,
} from './fake-aws.ts';
import type { FakeAnswer, Respond } from './fake-aws.ts';

const root = (account: string) => `arn:aws:iam::${account}:root`;

async function port(respond: Respond) {
  const { fake, aws } = await fakeAws(respond);
  return { fake, services: aws.endpointServices(access, 'us-east-1') };
}

function service(inner: string): FakeAnswer {
  const basic =
    `<serviceId>${serviceId}</serviceId><serviceName>com.amazonaws.vpce.us-east-1.${serviceId}` +
    '</serviceName><acceptanceRequired>true</acceptanceRequired>';
  const set = `<serviceConfigurationSet><item>${basic}${inner}</item></serviceConfigurationSet>`;
  return ec2Answer('DescribeVpcEndpointServiceConfigurations', set);
}

test('when the private DNS configuration is empty, it shows no private DNS', async () => {
  const { services } = await port(() =>
    service('<serviceState>Available</serviceState><privateDnsNameConfiguration/>'),
  );
  const found = await services.getService(serviceId, patience());
  expect(found).toMatchObject({ state: 'available', privateDns: null, availabilityZoneIds: [] });
});

test('when AWS gives a name and what proves it, it shows them in our words', async () => {
  const { services } = await port(() =>
    service(
      '<serviceState>Pending</serviceState><privateDnsName>api.vendor.example</privateDnsName>' +
        '<privateDnsNameConfiguration><state>pendingVerification</state><type>TXT</type>' +
        '<value>vpce:Ab</value><name>_x</name></privateDnsNameConfiguration>' +
        '<availabilityZoneIdSet><item>use1-az1</item></availabilityZoneIdSet>',
    ),
  );
  expect(await services.getService(serviceId, patience())).toEqual({
    serviceId,
    serviceName: `com.amazonaws.vpce.us-east-1.${serviceId}`,
    state: 'pending',
    acceptanceRequired: true,
    availabilityZoneIds: ['use1-az1'],
    networkLoadBalancerArns: [],
    privateDns: {
      name: 'api.vendor.example',
      state: 'pendingVerification',
      label: '_x',
      value: 'vpce:Ab',
    },
    mark: null,
  });
});

test('when AWS shows a state that is new, it is unknown', async () => {
  const { services } = await port(() => service('<serviceState>Hibernating</serviceState>'));
  expect(await services.getService(serviceId, patience())).toMatchObject({ state: 'unknown' });
});

test.each(['InvalidVpcEndpointServiceId.NotFound', 'InvalidVpcEndpointService.NotFound'])(
  'when AWS answers %s, there is no service',
  async (code) => {
    const { services } = await port(() => ec2Error(code));
    expect(await services.getService(serviceId, patience())).toBeNull();
  },
);

test('when AWS answers with another service than asked for, there is no service', async () => {
  const { services } = await port(() => service(''));
  expect(await services.getService('vpce-svc-0aa', patience())).toBeNull();
});

test('when a page is empty but has a token, it reads on, and an empty token ends', async () => {
  const principal = (arn: string) =>
    `<item><principal>${arn}</principal><servicePermissionId>p-${arn}</servicePermissionId></item>`;
  const pages = [
    `<allowedPrincipals>${principal(root('222222222222'))}</allowedPrincipals>` +
      '<nextToken>a</nextToken>',
    '<allowedPrincipals/><nextToken>b</nextToken>',
    '<allowedPrincipals><item><principal>*</principal></item></allowedPrincipals><nextToken/>',
  ];
  const { fake, services } = await port((_, index) =>
    ec2Answer('DescribeVpcEndpointServicePermissions', pages[index]!),
  );
  expect(await services.listPrincipals(serviceId, patience())).toEqual([
    { arn: root('222222222222'), permissionId: `p-${root('222222222222')}` },
    { arn: '*', permissionId: null },
  ]);
  expect(fake.requests.map(({ parameters }) => parameters.NextToken)).toEqual([
    undefined,
    'a',
    'b',
  ]);
  expect(fake.requests[0]!.parameters.MaxResults).toBe('1000');
});

test('when a page token comes twice, the read fails instead of going round', async () => {
  const { fake, services } = await port(() =>
    ec2Answer('DescribeVpcEndpointConnections', '<nextToken>again</nextToken>'),
  );
  const failure = await failureOf(services.listConnections({}, patience()));
  expect(failure).toMatchObject({ kind: 'unavailable', code: 'UnexpectedAnswer' });
  expect(fake.requests).toHaveLength(2);
});

test('when one page of a list fails, the whole read fails: there is no short list', async () => {
  const { services } = await port((_, index) =>
    index === 0
      ? ec2Answer('DescribeVpcEndpointServicePermissions', '<nextToken>a</nextToken>')
      : ec2Error('UnauthorizedOperation', 'You may not.', 403),
  );
  const failure = await failureOf(services.listPrincipals(serviceId, patience()));
  expect(failure).toMatchObject({ kind: 'denied', code: 'UnauthorizedOperation' });
});

test('when an item lacks its id, the read fails: a hole would look like a removal', async () => {
  const { services } = await port(() =>
    ec2Answer(
      'DescribeVpcEndpointServicePermissions',
      '<allowedPrincipals><item><principalType>Account</principalType></item></allowedPrincipals>',
    ),
  );
  const failure = await failureOf(services.listPrincipals(serviceId, patience()));
  expect(failure).toMatchObject({ kind: 'unavailable', code: 'UnexpectedAnswer' });
  expect(failure.message).toContain('has no principal');
});

test('when principals are added and removed, one call carries both', async () => {
  const { fake, services } = await port(() =>
    ec2Answer('ModifyVpcEndpointServicePermissions', '<return>true</return>'),
  );
  const change = { add: [root('222222222222')], remove: [root('333333333333')] };
  await services.changePrincipals(serviceId, change, patience());
  expect(fake.requests.map(({ parameters }) => parameters)).toEqual([
    {
      Action: 'ModifyVpcEndpointServicePermissions',
      Version: '2016-11-15',
      ServiceId: serviceId,
      'AddAllowedPrincipals.1': root('222222222222'),
      'RemoveAllowedPrincipals.1': root('333333333333'),
    },
  ]);
});

test('when there are 250 principals, they go in three calls', async () => {
  const { fake, services } = await port(() =>
    ec2Answer('ModifyVpcEndpointServicePermissions', '<return>true</return>'),
  );
  const add = Array.from({ length: 250 }, (_, index) => root(String(100_000_000_000 + index)));
  await services.changePrincipals(serviceId, { add, remove: [] }, patience());
  const sent = fake.requests.map(({ parameters }) =>
    Object.keys(parameters)
      .filter((key) => key.startsWith('AddAllowedPrincipals.'))
      .map((key) => parameters[key]!),
  );
  expect(sent.map(({ length }) => length)).toEqual([100, 100, 50]);
  expect(sent.flat()).toEqual(add);
});

test('when AWS says that a change was not done, it throws', async () => {
  const { services } = await port(() =>
    ec2Answer('StartVpcEndpointServicePrivateDnsVerification', '<return>false</return>'),
  );
  const failure = await failureOf(services.startPrivateDnsVerification(serviceId, patience()));
  expect(failure).toMatchObject({ kind: 'unavailable', code: 'UnexpectedAnswer' });
});

test('when AWS does some of the accepts, it returns the others with their reasons', async () => {
  const item =
    '<item><resourceId>vpce-02</resourceId><error><code>InvalidVpcEndpoint.NotFound</code>' +
    '<message>The Vpc Endpoint Id does not exist</message></error></item>';
  const { fake, services } = await port(() =>
    ec2Answer('AcceptVpcEndpointConnections', `<unsuccessful>${item}</unsuccessful>`),
  );
  expect(await services.accept(serviceId, ['vpce-01', 'vpce-02'], patience())).toEqual([
    {
      vpcEndpointId: 'vpce-02',
      kind: 'not_found',
      code: 'InvalidVpcEndpoint.NotFound',
      message: 'The Vpc Endpoint Id does not exist',
    },
  ]);
  expect(fake.requests[0]!.parameters).toMatchObject({
    ServiceId: serviceId,
    'VpcEndpointId.1': 'vpce-01',
    'VpcEndpointId.2': 'vpce-02',
  });
});

test('when a failed item has no id, every item of the call counts as failed', async () => {
  const item = '<item><error><code>InvalidState</code><message>No.</message></error></item>';
  const { services } = await port(() =>
    ec2Answer('RejectVpcEndpointConnections', `<unsuccessful>${item}</unsuccessful>`),
  );
  const failures = await services.reject(serviceId, ['vpce-01', 'vpce-02'], patience());
  expect(failures).toMatchObject([
    { vpcEndpointId: 'vpce-01', kind: 'conflict' },
    { vpcEndpointId: 'vpce-02', kind: 'conflict' },
  ]);
});

test('when connections are listed, their states keep the spelling of the wire', async () => {
  const item = (id: string, state: string, region: string) =>
    `<item><serviceId>${serviceId}</serviceId><vpcEndpointId>${id}</vpcEndpointId>` +
    '<vpcEndpointOwner>222222222222</vpcEndpointOwner>' +
    `<vpcEndpointState>${state}</vpcEndpointState>` +
    `<creationTimestamp>2026-01-02T03:04:05.678Z</creationTimestamp>${region}</item>`;
  const region = '<vpcEndpointRegion>eu-west-1</vpcEndpointRegion>';
  const items = item('vpce-01', 'pendingAcceptance', '') + item('vpce-02', 'frozen', region);
  const { fake, services } = await port(() =>
    ec2Answer(
      'DescribeVpcEndpointConnections',
      `<vpcEndpointConnectionSet>${items}</vpcEndpointConnectionSet>`,
    ),
  );
  const both = { serviceId, ownerAccountId: '222222222222', createdAt: expect.any(Date) };
  const found = await services.listConnections({ states: ['pendingAcceptance'] }, patience());
  expect(found).toEqual([
    {
      ...both,
      vpcEndpointId: 'vpce-01',
      endpointRegion: 'us-east-1',
      awsState: 'pendingAcceptance',
    },
    { ...both, vpcEndpointId: 'vpce-02', endpointRegion: 'eu-west-1', awsState: 'frozen' },
  ]);
  expect(found[0]!.createdAt.toISOString()).toBe('2026-01-02T03:04:05.678Z');
  expect(fake.requests[0]!.parameters).toMatchObject({
    'Filter.1.Name': 'vpc-endpoint-state',
    'Filter.1.Value.1': 'pendingAcceptance',
  });
});

test('when every connection is asked for, no filter is sent', async () => {
  const { fake, services } = await port(() =>
    ec2Answer('DescribeVpcEndpointConnections', '<vpcEndpointConnectionSet/>'),
  );
  expect(await services.listConnections({}, patience())).toEqual([]);
  expect(Object.keys(fake.requests[0]!.parameters).sort()).toEqual([
    'Action',
    'MaxResults',
    'Version',
  ]);
});

const bugs: [string, (services: EndpointServicePort) => Promise<unknown>][] = [
  ['no service id', (port) => port.getService('', patience())],
  ['the id of another kind', (port) => port.listPrincipals('vpce-0123', patience())],
  ['no endpoint ids', (port) => port.accept(serviceId, [], patience())],
  ['no service id to delete', (port) => port.deleteService('', patience())],
  ['an empty endpoint id', (port) => port.reject(serviceId, [''], patience())],
  ['a service id for an endpoint', (port) => port.accept(serviceId, [serviceId], patience())],
  [
    'no principals',
    (port) => port.changePrincipals(serviceId, { add: [], remove: [] }, patience()),
  ],
  [
    'everybody as a principal',
    (port) => port.changePrincipals(serviceId, { add: ['*'], remove: [] }, patience()),
  ],
  [
    'everybody as a principal to remove',
    (port) => port.changePrincipals(serviceId, { add: [], remove: ['*'] }, patience()),
  ],
  ['no service for a mark', (port) => port.mark([], 'dep_1/1', patience())],
  ['a service without an id for a mark', (port) => port.mark([''], 'dep_1/1', patience())],
  ['an empty private DNS name', (port) => port.setPrivateDnsName(serviceId, '', patience())],
  [
    'no token for a creation',
    (port) =>
      port.createService(
        { clientToken: '', networkLoadBalancerArns: ['arn'], name: 'n', mark: 'm' },
        patience(),
      ),
  ],
  [
    'no load balancer for a creation',
    (port) =>
      port.createService(
        { clientToken: 't', networkLoadBalancerArns: [], name: 'n', mark: 'm' },
        patience(),
      ),
  ],
];

test.each(bugs)('when it is given %s, it throws a TypeError and sends nothing', async (_, call) => {
  const { fake, services } = await port(() => ec2Error('InternalError'));
  await expect(call(services)).rejects.toThrow(TypeError);
  expect(fake.requests).toEqual([]);
});
