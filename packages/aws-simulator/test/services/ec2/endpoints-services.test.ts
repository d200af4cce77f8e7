// Which services a consumer can find and reach: AWS's own, those of other Regions, and those behind
// networks that are only shared with it. Who pays, and what an endpoint is associated with.

import {
  CreateVpcEndpointCommand,
  type CreateVpcEndpointCommandInput,
  CreateVpcEndpointServiceConfigurationCommand as Offer,
  DescribeVpcEndpointAssociationsCommand,
  DescribeVpcEndpointServicesCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  ModifyVpcEndpointPayerResponsibilityCommand,
  type ModifyVpcEndpointPayerResponsibilityCommandInput,
  ModifyVpcEndpointServicePayerResponsibilityCommand,
  ModifyVpcEndpointServicePermissionsCommand as Allow,
} from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { CUSTOMER, failure, type Lab, OTHER_CUSTOMER, startLab, VENDOR } from '../../lab.ts';
import { connect, connectionsOf, endpointNow, networkOf, offerService } from '../../scenes.ts';

async function create(
  lab: Lab,
  input: Partial<CreateVpcEndpointCommandInput>,
  region = 'us-east-1',
) {
  const { vpcId: VpcId } = await networkOf(lab, CUSTOMER, region);
  const base = { VpcId, VpcEndpointType: 'Interface' } as const;
  const command = new CreateVpcEndpointCommand({ ...base, ...input });
  return (await lab.as(CUSTOMER, region).ec2.send(command)).VpcEndpoint;
}

test('when services are listed, AWS’s own come first and pages go on behind them', async () => {
  const lab = await startLab();
  const service = await offerService(lab);
  const { ec2 } = lab.as(CUSTOMER);
  const names: (string | undefined)[] = [];
  let NextToken: string | undefined;
  do {
    const answer = await ec2.send(
      new DescribeVpcEndpointServicesCommand({ MaxResults: 2, ...(NextToken && { NextToken }) }),
    );
    names.push(...(answer.ServiceDetails ?? []).map((detail) => detail.ServiceName));
    NextToken = answer.NextToken;
  } while (NextToken);
  const own = ['dynamodb', 'ec2', 's3', 's3', 'sts'].map((one) => `com.amazonaws.us-east-1.${one}`);
  expect(names).toEqual([...own, service.name]);
  expect(NextToken).toBe('');
});

test('when AWS’s own service is asked for, it shows its kinds and its owner', async () => {
  const lab = await startLab();
  const name = 'com.amazonaws.eu-west-1.s3';
  const { ec2 } = lab.as(CUSTOMER, 'eu-west-1');
  const { ServiceNames, ServiceDetails } = await ec2.send(
    new DescribeVpcEndpointServicesCommand({ ServiceNames: [name] }),
  );
  expect(ServiceNames).toEqual([name]);
  expect(ServiceDetails).toMatchObject([
    { ServiceType: [{ ServiceType: 'Gateway' }], Owner: 'amazon' },
    { ServiceType: [{ ServiceType: 'Interface' }], VpcEndpointPolicySupported: true },
  ]);
  const elsewhere = new DescribeVpcEndpointServicesCommand({ ServiceNames: [name] });
  expect((await failure(lab.as(CUSTOMER).ec2.send(elsewhere))).code).toBe('InvalidServiceName');
});

test('when an endpoint is for AWS’s own service, nobody has to accept it', async () => {
  const lab = await startLab();
  const { subnetIds } = await networkOf(lab);
  const endpoint = await create(lab, {
    ServiceName: 'com.amazonaws.us-east-1.sts',
    SubnetIds: subnetIds.slice(0, 1),
    PrivateDnsEnabled: true,
  });
  const id = endpoint?.VpcEndpointId ?? '';
  lab.advance(lab.simulator.world.delays.endpointAvailable);
  const now = await endpointNow(lab, id);
  expect(now?.State).toBe('available');
  const names = now?.DnsEntries?.map(({ DnsName }) => DnsName);
  expect(names?.[0]).toMatch(new RegExp(`^${id}-[a-z0-9]{8}\\.sts\\.us-east-1\\.vpce\\.`));
  expect(names?.at(-1)).toBe('sts.us-east-1.amazonaws.com');
});

test('when a kind of endpoint is not simulated, it is refused by its name', async () => {
  const lab = await startLab();
  const service = await offerService(lab);
  const cases: [Partial<CreateVpcEndpointCommandInput>, string, RegExp][] = [
    [
      { VpcEndpointType: 'Gateway', ServiceName: 'com.amazonaws.us-east-1.s3' },
      'UnsupportedOperation',
      /Gateway/,
    ],
    [
      { VpcEndpointType: 'Gateway', ServiceName: service.name },
      'InvalidParameter',
      /\[Interface\]/,
    ],
    [
      { ServiceName: 'com.amazonaws.us-east-1.dynamodb' },
      'InvalidParameter',
      /\(Interface\) does not match available service types \(\[Gateway\]\)/,
    ],
    [
      { VpcEndpointType: 'GatewayLoadBalancer', ServiceName: service.name },
      'InvalidParameter',
      /GatewayLoadBalancer/,
    ],
    [{ VpcEndpointType: 'Resource' }, 'UnsupportedOperation', /Resource/],
    [{ VpcEndpointType: 'ServiceNetwork' }, 'UnsupportedOperation', /ServiceNetwork/],
    [{ ServiceNetworkArn: 'arn:x' }, 'UnsupportedOperation', /ServiceNetworkArn/],
    [{ ResourceConfigurationArn: 'arn:x' }, 'UnsupportedOperation', /ResourceConfigurationArn/],
    [
      { ServiceName: 'com.amazonaws.eu-west-1.ec2', ServiceRegion: 'eu-west-1' },
      'UnsupportedOperation',
      /ServiceRegion/,
    ],
    [{ ServiceName: service.name, ServiceRegion: 'mars-1' }, 'InvalidServiceName', /not exist/],
  ];
  for (const [input, code, message] of cases) {
    const found = await failure(create(lab, input));
    expect(found).toEqual({ code, message: expect.stringMatching(message) });
  }
});

test('when a service is in another Region, some zones cannot reach it', async () => {
  const lab = await startLab({
    world: {
      accounts: [
        { id: VENDOR, loadBalancers: [{ name: 'api-1', region: 'eu-west-1' }] },
        { id: CUSTOMER, vpcs: [{ region: 'us-east-1', zoneIds: ['use1-az3', 'use1-az6'] }] },
      ],
    },
  });
  const [arn] = [...lab.simulator.world.loadBalancers.values()].map(({ id }) => id);
  const { ec2 } = lab.as(VENDOR, 'eu-west-1');
  const offered = await ec2.send(
    new Offer({ NetworkLoadBalancerArns: [arn ?? ''], SupportedRegions: ['us-east-1'] }),
  );
  const { ServiceId, ServiceName } = offered.ServiceConfiguration ?? {};
  await ec2.send(new Allow({ ServiceId, AddAllowedPrincipals: ['*'] }));
  const [far = '', near = ''] = (await networkOf(lab)).subnetIds;
  const base = { ServiceName, ServiceRegion: 'eu-west-1' };
  const refused = await failure(create(lab, { ...base, SubnetIds: [far] }));
  expect(refused.message).toContain(`does not support the availability zone of the subnet: ${far}`);
  const endpoint = await create(lab, { ...base, SubnetIds: [near] });
  expect(endpoint?.DnsEntries?.[0]?.DnsName).toContain('.eu-west-1.vpce.amazonaws.com');
  expect((await failure(create(lab, { ServiceName, SubnetIds: [near] }))).code).toBe(
    'InvalidServiceName',
  );
});

test.for(['OperationNotPermitted', 'InvalidParameter'] as const)(
  'when a subnet is shared, it is seen and hosts no endpoint: %s',
  async (sharedSubnetCode) => {
    const subnets = [{ zoneId: 'use1-az1', sharedWith: [OTHER_CUSTOMER] }, { zoneId: 'use1-az2' }];
    const lab = await startLab({
      knobs: { sharedSubnetCode },
      world: {
        accounts: [
          { id: VENDOR, loadBalancers: [{ name: 'api-1', region: 'us-east-1' }] },
          { id: CUSTOMER, vpcs: [{ region: 'us-east-1', subnets }] },
          { id: OTHER_CUSTOMER },
        ],
      },
    });
    const service = await offerService(lab, {}, ['*']);
    const { vpcId, subnetIds } = await networkOf(lab);
    const { ec2 } = lab.as(OTHER_CUSTOMER);
    const { Subnets } = await ec2.send(new DescribeSubnetsCommand({}));
    expect(Subnets).toMatchObject([{ SubnetId: subnetIds[0], OwnerId: CUSTOMER }]);
    const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [vpcId] }));
    expect(Vpcs).toMatchObject([{ OwnerId: CUSTOMER }]);
    const made = connect(lab, service, {}, OTHER_CUSTOMER);
    expect((await failure(made)).code).toBe(sharedSubnetCode);
  },
);

test('when one of the two owners takes the charges, both see who pays', async () => {
  const lab = await startLab();
  const service = await offerService(lab);
  const { VpcEndpointId = '' } = await connect(lab, service);
  const set = (who: string, input: Partial<ModifyVpcEndpointPayerResponsibilityCommandInput>) =>
    lab.as(who).ec2.send(
      new ModifyVpcEndpointPayerResponsibilityCommand({
        VpcEndpointId,
        Scope: 'vpc-endpoint-charges',
        PayerResponsibility: 'vpc-endpoint-account',
        ...input,
      }),
    );
  const payers = async () => [
    (await endpointNow(lab, VpcEndpointId))?.PayerResponsibilities?.[0]?.PayerResponsibilityType,
    (await connectionsOf(lab, service.id))[0]?.PayerResponsibilities?.[0]?.PayerResponsibilityType,
  ];
  expect(await payers()).toEqual(['vpc-endpoint-account', 'vpc-endpoint-account']);
  const toService = { PayerResponsibility: 'vpc-endpoint-service-account' } as const;
  expect((await failure(set(CUSTOMER, toService))).code).toBe('OperationNotPermitted');
  await set(VENDOR, { ...toService, ServiceId: service.id });
  expect(await payers()).toEqual(['vpc-endpoint-service-account', 'vpc-endpoint-service-account']);
  await set(CUSTOMER, {});
  expect(await payers()).toEqual(['vpc-endpoint-account', 'vpc-endpoint-account']);
  const cases: [string, Partial<ModifyVpcEndpointPayerResponsibilityCommandInput>, string][] = [
    [VENDOR, {}, 'InvalidVpcEndpointId.NotFound'],
    [CUSTOMER, { ServiceId: service.id }, 'InvalidVpcEndpointServiceId.NotFound'],
    [CUSTOMER, { Scope: 'resource-gateway-charges' }, 'UnsupportedOperation'],
    [CUSTOMER, { PayerResponsibility: 'resource-gateway-account' }, 'UnsupportedOperation'],
    [CUSTOMER, { Scope: 'x' as 'vpc-endpoint-charges' }, 'InvalidParameterValue'],
    [CUSTOMER, { PayerResponsibility: 'x' as 'vpc-endpoint-account' }, 'InvalidParameterValue'],
    [
      VENDOR,
      { ServiceId: service.id, VpcEndpointId: 'vpce-0123456789abcdef0' },
      'InvalidVpcEndpointId.NotFound',
    ],
  ];
  for (const [who, input, code] of cases) {
    expect((await failure(set(who, input))).code).toBe(code);
  }
});

test('when the owner of a service pays for all, its endpoints say so', async () => {
  const lab = await startLab();
  const service = await offerService(lab);
  const { VpcEndpointId = '' } = await connect(lab, service);
  const input = { ServiceId: service.id, PayerResponsibility: 'ServiceOwner' } as const;
  await lab.as(VENDOR).ec2.send(new ModifyVpcEndpointServicePayerResponsibilityCommand(input));
  expect((await endpointNow(lab, VpcEndpointId))?.PayerResponsibilities).toEqual([
    {
      Scope: 'vpc-endpoint-charges',
      PayerResponsibilityType: 'vpc-endpoint-service-account',
    },
  ]);
});

test('when associations are asked for, interface endpoints have none', async () => {
  const lab = await startLab();
  const { VpcEndpointId: id = '' } = await connect(lab, await offerService(lab));
  const { ec2 } = lab.as(CUSTOMER);
  const describe = (input: object) => ec2.send(new DescribeVpcEndpointAssociationsCommand(input));
  const answer = await describe({
    VpcEndpointIds: [id],
    MaxResults: 100,
    Filters: [{ Name: 'association-id', Values: ['*'] }],
  });
  expect(answer.VpcEndpointAssociations).toEqual([]);
  const cases: [object, string][] = [
    [{ VpcEndpointIds: ['vpce-0123456789abcdef0'] }, 'InvalidVpcEndpointId.NotFound'],
    [{ VpcEndpointIds: ['vpce-x'] }, 'InvalidVpcEndpointId.Malformed'],
    [{ MaxResults: 101 }, 'InvalidParameterValue'],
    [{ MaxResults: 0 }, 'InvalidParameterValue'],
    [{ NextToken: 'x' }, 'InvalidNextToken'],
    [{ Filters: [{ Name: 'vpc-id', Values: ['x'] }] }, 'InvalidFilter'],
  ];
  for (const [input, code] of cases) expect((await failure(describe(input))).code).toBe(code);
});

test('when a service is asked for in a Region that it is not of, it does not exist', async () => {
  const lab = await startLab();
  const { name } = await offerService(lab, { SupportedRegions: ['eu-west-1'] });
  const { ec2 } = lab.as(CUSTOMER);
  const ask = (ServiceRegions: string[]) =>
    ec2.send(new DescribeVpcEndpointServicesCommand({ ServiceNames: [name], ServiceRegions }));
  expect((await failure(ask(['eu-west-1']))).code).toBe('InvalidServiceName');
  expect((await ask(['eu-west-1', 'us-east-1'])).ServiceNames).toEqual([name]);
});
