// EC2 Query on the wire: what goes out looks like the samples of the EC2 API reference, and what
// comes in is checked against the schema. Signed by hand, so that no SDK hides a difference.

import {
  CreateTagsCommand,
  DescribeVpcsCommand,
  ModifyVpcEndpointServicePermissionsCommand,
} from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { CUSTOMER, failure, type Lab, rootKeys, startWiredLab, VENDOR } from '../lab.ts';
import { element, formRequest, type RawResponse, send, signed } from '../raw.ts';
import { connect, connectionsOf, offerService } from '../scenes.ts';

const NAMESPACE = 'http://ec2.amazonaws.com/doc/2016-11-15/';

async function call(
  lab: Lab,
  parameters: Record<string, string>,
  account = VENDOR,
): Promise<RawResponse> {
  const raw = formRequest({ Version: '2016-11-15', ...parameters });
  const signing = { keys: rootKeys(account), service: 'ec2', time: lab.now() };
  return send(lab.endpoint, signed(raw, signing));
}

async function errorOf(lab: Lab, parameters: Record<string, string>) {
  const { body } = await call(lab, parameters);
  return [element(body, 'Code'), element(body, 'Message')];
}

test('when a list comes back empty, it is an empty element after the request id', async () => {
  const lab = await startWiredLab();
  const service = await offerService(lab);
  const response = await call(lab, {
    Action: 'AcceptVpcEndpointConnections',
    ServiceId: service.id,
    'VpcEndpointId.1': 'vpce-0123456789abcdef0',
  });
  const requestId = String(response.headers['x-amzn-requestid']);
  expect(response.body).toContain(
    `<AcceptVpcEndpointConnectionsResponse xmlns="${NAMESPACE}">` +
      `<requestId>${requestId}</requestId>` +
      '<unsuccessful><item><error><code>InvalidVpcEndpointId.NotFound</code>',
  );
  const empty = await call(lab, { Action: 'DescribeVpcEndpointConnections' });
  expect(empty.body).toMatch(/<\/requestId><vpcEndpointConnectionSet\/><\/Describe/);
});

test('when a service is described, elements have the names of the API reference', async () => {
  const lab = await startWiredLab();
  const { id, name } = await offerService(lab, {
    TagSpecifications: [
      { ResourceType: 'vpc-endpoint-service', Tags: [{ Key: 'Name', Value: 'a<b>&"c' }] },
    ],
  });
  const { body } = await call(lab, { Action: 'DescribeVpcEndpointServiceConfigurations' });
  for (const part of [
    '<serviceConfigurationSet><item>',
    '<serviceState>Available</serviceState>',
    '<serviceType><item><serviceType>Interface</serviceType></item></serviceType>',
    `<baseEndpointDnsNameSet><item>${id}.us-east-1.vpce.amazonaws.com</item></base`,
    '<acceptanceRequired>true</acceptanceRequired>',
    `<serviceId>${id}</serviceId>`,
    `<serviceName>${name}</serviceName>`,
    '<networkLoadBalancerArnSet><item>arn:aws:elasticloadbalancing:us-east-1:111111111111:',
    '<privateDnsNameConfiguration/>',
    '<tagSet><item><key>Name</key><value>a&#60;b&#62;&#38;&#34;c</value></item></tagSet>',
  ]) {
    expect(body).toContain(part);
  }
  expect(name).toBe(`com.amazonaws.vpce.us-east-1.${id}`);
  expect(id).toMatch(/^vpce-svc-[0-9a-f]{17}$/);
});

test('when principals are listed, the elements keep their plural names', async () => {
  const lab = await startWiredLab();
  const { id } = await offerService(lab);
  const { body } = await call(lab, {
    Action: 'DescribeVpcEndpointServicePermissions',
    ServiceId: id,
  });
  expect(body).toMatch(/<allowedPrincipals><item><principalType>Account<\/principalType>/);
  expect(body).toContain(`<principal>arn:aws:iam::${CUSTOMER}:root</principal>`);
});

test('when a connection is listed, its state is camelCase, its time has milliseconds', async () => {
  const lab = await startWiredLab();
  const service = await offerService(lab);
  await connect(lab, service);
  const { body } = await call(lab, { Action: 'DescribeVpcEndpointConnections' });
  expect(element(body, 'vpcEndpointState')).toBe('pendingAcceptance');
  expect(element(body, 'creationTimestamp')).toBe(lab.now().toISOString());
  expect(await connectionsOf(lab, service.id)).toMatchObject([{ CreationTimestamp: lab.now() }]);
});

test('when the request does not fit the schema, the error names the parameter', async () => {
  const lab = await startWiredLab();
  const describe = { Action: 'DescribeVpcEndpointConnections' };
  const cases: [Record<string, string>, string, RegExp][] = [
    [{ ...describe, Filters: 'x' }, 'UnknownParameter', /Filters/],
    [{ ...describe, 'Filter.1.Name': 'a', 'Filter.1.Values.1': 'b' }, 'UnknownParameter', /Values/],
    [{ ...describe, Filter: 'x' }, 'UnknownParameter', /Filter/],
    [{ ...describe, MaxResults: 'ten' }, 'InvalidParameterValue', /MaxResults/],
    [{ ...describe, DryRun: 'maybe' }, 'InvalidParameterValue', /DryRun/],
    [{ Action: 'DescribeVpcAttribute', VpcId: 'vpc-1' }, 'MissingParameter', /Attribute/],
    [{ Action: 'DeleteVpcEndpoints' }, 'MissingParameter', /VpcEndpointId$/],
    [{ Action: 'DescribeEndpoints' }, 'InvalidAction', /DescribeEndpoints/],
    [{ ...describe, Version: '2015-01-01' }, 'NoSuchVersion', /2015-01-01/],
    [{}, 'MissingAction', /Action/],
    [{ Action: 'RunInstances' }, 'UnsupportedOperation', /RunInstances/],
  ];
  for (const [parameters, code, message] of cases) {
    const [foundCode, foundMessage] = await errorOf(lab, parameters);
    expect([foundCode, foundMessage]).toEqual([code, expect.stringMatching(message)]);
  }
});

test('when an error is answered, it has the shape EC2 documents', async () => {
  const lab = await startWiredLab();
  const response = await call(lab, { Action: 'DescribeEndpoints' });
  expect(response.status).toBe(400);
  const message = element(response.body, 'Message') ?? '';
  const id = element(response.body, 'RequestID') ?? '';
  expect(response.body).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error><Code>InvalidAction</Code>' +
      `<Message>${message}</Message></Error></Errors><RequestID>${id}</RequestID></Response>`,
  );
  expect(response.headers['x-amzn-requestid']).toBe(element(response.body, 'RequestID'));
});

test('when numbered parameters have gaps or come in any order, they are one list', async () => {
  const lab = await startWiredLab();
  const { body } = await call(lab, {
    Action: 'DescribeAvailabilityZones',
    'ZoneId.7': 'use1-az2',
    'ZoneId.2': 'use1-az1',
  });
  expect(body.match(/<zoneId>/g)).toHaveLength(2);
});

test('when DryRun is set, nothing happens and the answer says it would have', async () => {
  const lab = await startWiredLab();
  const { ec2 } = lab.as(VENDOR);
  const service = await offerService(lab, {}, []);
  const dryRun = ec2.send(
    new ModifyVpcEndpointServicePermissionsCommand({
      ServiceId: service.id,
      AddAllowedPrincipals: ['*'],
      DryRun: true,
    }),
  );
  expect(await failure(dryRun)).toMatchObject({ code: 'DryRunOperation' });
  expect(lab.simulator.world.endpointServices.get(service.id)?.permissions.size).toBe(0);
});

test('when the Region is not simulated, the error says which are', async () => {
  const lab = await startWiredLab();
  const { ec2 } = lab.as(VENDOR, 'us-nowhere-9');
  expect(await failure(ec2.send(new DescribeVpcsCommand({})))).toMatchObject({
    code: 'UnsupportedOperation',
    message: expect.stringContaining('eu-west-1') as string,
  });
});

test('when the service is not simulated, the answer says which are', async () => {
  const lab = await startWiredLab();
  const raw = formRequest({ Action: 'ListTopics', Version: '2010-03-31' });
  const signing = { keys: rootKeys(VENDOR), service: 's3', time: lab.now() };
  const { body } = await send(lab.endpoint, signed(raw, signing));
  expect(element(body, 'Code')).toBe('UnsupportedOperation');
  expect(element(body, 'Message')).toContain('route53');
});

test('when an awkward member name is sent by the SDK, it is read', async () => {
  const lab = await startWiredLab();
  const service = await offerService(lab);
  const { ec2 } = lab.as(VENDOR);
  const tags = Array.from({ length: 12 }, (_, i) => ({ Key: `k${i}`, Value: String(i) }));
  await ec2.send(new CreateTagsCommand({ Resources: [service.id], Tags: tags }));
  const stored = lab.simulator.world.endpointServices.get(service.id)?.tags;
  expect([...(stored ?? [])]).toEqual(tags.map(({ Key, Value }) => [Key, Value]));
});
