// Load balancers from both sides: what Elastic Load Balancing says of them, and what that means for
// the endpoint service that they are the front of.

import {
  CreateVpcEndpointServiceConfigurationCommand,
  DeleteVpcEndpointServiceConfigurationsCommand,
  DescribeSubnetsCommand,
  ModifyVpcEndpointServiceConfigurationCommand,
} from '@aws-sdk/client-ec2';
import {
  AddTagsCommand,
  CreateLoadBalancerCommand,
  type CreateLoadBalancerCommandInput,
  DeleteLoadBalancerCommand,
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ModifyLoadBalancerAttributesCommand,
  paginateDescribeLoadBalancers,
  RemoveTagsCommand,
  SetIpAddressTypeCommand,
  SetSubnetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { expect, test } from 'vitest';
import { setLoadBalancerState } from '../../../src/world/load-balancing/health.ts';
import { CUSTOMER, failure, type Lab, startLab, VENDOR } from '../../lab.ts';
import { loadBalancerArn, offerService, serviceNow } from '../../scenes.ts';

async function described(lab: Lab, arn: string, region?: string) {
  const { LoadBalancers } = await lab
    .as(VENDOR, region)
    .elb.send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [arn] }));
  return LoadBalancers?.[0];
}

/** The vendor's subnets by zone id. */
async function vendorSubnets(lab: Lab): Promise<Map<string, string>> {
  const { Subnets } = await lab.as(VENDOR).ec2.send(new DescribeSubnetsCommand({}));
  return new Map(
    (Subnets ?? []).map((subnet) => [subnet.AvailabilityZoneId ?? '', subnet.SubnetId ?? '']),
  );
}

async function create(lab: Lab, input: Partial<CreateLoadBalancerCommandInput> = {}) {
  const subnets = await vendorSubnets(lab);
  const { LoadBalancers } = await lab.as(VENDOR).elb.send(
    new CreateLoadBalancerCommand({
      Name: 'fresh',
      Type: 'network',
      Scheme: 'internal',
      Subnets: [subnets.get('use1-az1') ?? ''],
      ...input,
    }),
  );
  return LoadBalancers?.[0];
}

test('when nothing was made, the balancers of the world are there, and their targets', async () => {
  const lab = await startLab();
  const { elb } = lab.as(VENDOR);
  const arn = loadBalancerArn(lab);
  const balancer = await described(lab, arn);
  expect(balancer).toMatchObject({
    LoadBalancerArn: arn,
    LoadBalancerName: 'api-1',
    Type: 'network',
    Scheme: 'internal',
    State: { Code: 'active' },
    IpAddressType: 'ipv4',
  });
  const subnets = await vendorSubnets(lab);
  const own = balancer?.AvailabilityZones?.map(({ SubnetId }) => SubnetId).toSorted();
  expect(own).toEqual(['use1-az1', 'use1-az2', 'use1-az4'].map((id) => subnets.get(id)).toSorted());
  const { Listeners } = await elb.send(new DescribeListenersCommand({ LoadBalancerArn: arn }));
  expect(Listeners).toMatchObject([{ Port: 443, Protocol: 'TCP', LoadBalancerArn: arn }]);
  const { TargetGroups } = await elb.send(
    new DescribeTargetGroupsCommand({ LoadBalancerArn: arn }),
  );
  expect(TargetGroups).toMatchObject([
    {
      TargetType: 'ip',
      Protocol: 'TCP',
      Port: 443,
      LoadBalancerArns: [arn],
      VpcId: balancer?.VpcId,
    },
  ]);
  const { TargetHealthDescriptions: targets } = await elb.send(
    new DescribeTargetHealthCommand({ TargetGroupArn: TargetGroups?.[0]?.TargetGroupArn }),
  );
  expect(targets?.map(({ TargetHealth }) => TargetHealth)).toEqual(
    [1, 2, 3].map(() => ({ State: 'healthy' })),
  );
  expect(new Set(targets?.map(({ Target }) => Target?.AvailabilityZone))).toEqual(
    new Set(balancer?.AvailabilityZones?.map(({ ZoneName }) => ZoneName)),
  );
});

test('when it is chosen by name or ARN, or read in pages, each is there once', async () => {
  const lab = await startLab();
  const { elb } = lab.as(VENDOR);
  const named = await elb.send(new DescribeLoadBalancersCommand({ Names: ['api-2'] }));
  expect(named.LoadBalancers?.map((one) => one.LoadBalancerArn)).toEqual([
    loadBalancerArn(lab, 'api-2'),
  ]);
  const seen: (string | undefined)[] = [];
  const paginator = paginateDescribeLoadBalancers({ client: elb }, { PageSize: 1 });
  for await (const page of paginator) {
    expect(page.LoadBalancers).toHaveLength(1);
    seen.push(...(page.LoadBalancers ?? []).map((one) => one.LoadBalancerName));
  }
  expect(seen).toEqual(['api-1', 'api-2']);
  const nothing = await lab.as(CUSTOMER).elb.send(new DescribeLoadBalancersCommand({}));
  expect(nothing.LoadBalancers).toEqual([]);
});

test('when one is made, it is active after a while and can then be a front', async () => {
  const lab = await startLab();
  const made = await create(lab);
  const arn = made?.LoadBalancerArn ?? '';
  expect(arn).toMatch(/:loadbalancer\/net\/fresh\/[0-9a-f]{16}$/);
  expect(made?.State?.Code).toBe('provisioning');
  const offer = () =>
    lab
      .as(VENDOR)
      .ec2.send(
        new CreateVpcEndpointServiceConfigurationCommand({ NetworkLoadBalancerArns: [arn] }),
      );
  expect(await failure(offer())).toEqual({
    code: 'InvalidParameter',
    message: expect.stringContaining('provisioning'),
  });
  lab.advance(lab.simulator.world.delays.loadBalancerActive);
  expect((await described(lab, arn))?.State?.Code).toBe('active');
  const { ServiceConfiguration: service } = await offer();
  expect(service).toMatchObject({ AvailabilityZoneIds: ['use1-az1'] });
});

test('when the same is made again it is the same; otherwise it is a duplicate', async () => {
  const lab = await startLab();
  const made = await create(lab);
  expect((await create(lab))?.LoadBalancerArn).toBe(made?.LoadBalancerArn);
  const other = create(lab, { Scheme: 'internet-facing' });
  expect((await failure(other)).code).toBe('DuplicateLoadBalancerNameException');
});

test('when a zone is added, the service has it after a change that names nothing', async () => {
  const lab = await startLab();
  const made = await create(lab);
  const arn = made?.LoadBalancerArn ?? '';
  lab.advance(lab.simulator.world.delays.loadBalancerActive);
  const service = await offerService(lab, { NetworkLoadBalancerArns: [arn] });
  const subnets = await vendorSubnets(lab);
  const { AvailabilityZones } = await lab.as(VENDOR).elb.send(
    new SetSubnetsCommand({
      LoadBalancerArn: arn,
      Subnets: [subnets.get('use1-az1') ?? '', subnets.get('use1-az2') ?? ''],
    }),
  );
  expect(AvailabilityZones).toHaveLength(2);
  const touch = async () => {
    const command = new ModifyVpcEndpointServiceConfigurationCommand({ ServiceId: service.id });
    await lab.as(VENDOR).ec2.send(command);
    return (await serviceNow(lab, service.id))?.AvailabilityZoneIds;
  };
  expect(await touch()).toEqual(['use1-az1']);
  lab.advance(lab.simulator.world.delays.loadBalancerZoneActive);
  expect((await serviceNow(lab, service.id))?.AvailabilityZoneIds).toEqual(['use1-az1']);
  expect(await touch()).toEqual(['use1-az1', 'use1-az2']);
});

test('when a service has it or it is protected, a balancer is not deleted', async () => {
  const lab = await startLab();
  const arn = loadBalancerArn(lab);
  const service = await offerService(lab);
  const { ec2, elb } = lab.as(VENDOR);
  const remove = () => elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: arn }));
  expect((await failure(remove())).code).toBe('ResourceInUseException');
  await ec2.send(new DeleteVpcEndpointServiceConfigurationsCommand({ ServiceIds: [service.id] }));
  const protect = (Value: string) =>
    elb.send(
      new ModifyLoadBalancerAttributesCommand({
        LoadBalancerArn: arn,
        Attributes: [{ Key: 'deletion_protection.enabled', Value }],
      }),
    );
  await protect('true');
  expect((await failure(remove())).code).toBe('OperationNotPermittedException');
  await protect('false');
  await remove();
  expect((await failure(described(lab, arn))).code).toBe('LoadBalancerNotFoundException');
  expect(lab.simulator.world.listeners.count('loadBalancer', arn)).toBe(0);
  await remove();
});

test('when attributes are set, they are shown with the others', async () => {
  const lab = await startLab();
  const { elb } = lab.as(VENDOR);
  const LoadBalancerArn = loadBalancerArn(lab);
  const read = async () => {
    const { Attributes } = await elb.send(
      new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }),
    );
    return Object.fromEntries((Attributes ?? []).map(({ Key, Value }) => [Key, Value]));
  };
  const before = await read();
  expect(before['load_balancing.cross_zone.enabled']).toBe('false');
  await elb.send(
    new ModifyLoadBalancerAttributesCommand({
      LoadBalancerArn,
      Attributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }],
    }),
  );
  expect(await read()).toEqual({ ...before, 'load_balancing.cross_zone.enabled': 'true' });
});

test('when it is dualstack, its service may support IPv6', async () => {
  const lab = await startLab();
  const service = await offerService(lab);
  const support = () =>
    lab.as(VENDOR).ec2.send(
      new ModifyVpcEndpointServiceConfigurationCommand({
        ServiceId: service.id,
        AddSupportedIpAddressTypes: ['ipv6'],
      }),
    );
  expect((await failure(support())).message).toMatch(/dualstack/);
  const LoadBalancerArn = loadBalancerArn(lab);
  const set = new SetIpAddressTypeCommand({ LoadBalancerArn, IpAddressType: 'dualstack' });
  await lab.as(VENDOR).elb.send(set);
  expect((await described(lab, LoadBalancerArn))?.IpAddressType).toBe('dualstack');
  await support();
  expect((await serviceNow(lab, service.id))?.SupportedIpAddressTypes).toEqual(['ipv4', 'ipv6']);
});

test('when a balancer is tagged, only its own tags change', async () => {
  const lab = await startLab();
  const { elb } = lab.as(VENDOR);
  const [one, two] = [loadBalancerArn(lab), loadBalancerArn(lab, 'api-2')];
  const tags = [
    { Key: 'team', Value: 'edge' },
    { Key: 'env', Value: 'prod' },
  ];
  await elb.send(new AddTagsCommand({ ResourceArns: [one], Tags: tags }));
  const read = async () => {
    const command = new DescribeTagsCommand({ ResourceArns: [one, two] });
    const { TagDescriptions } = await elb.send(command);
    return TagDescriptions?.map(({ Tags }) => Tags);
  };
  expect(await read()).toEqual([tags, []]);
  await elb.send(new RemoveTagsCommand({ ResourceArns: [one, two], TagKeys: ['env'] }));
  expect(await read()).toEqual([tags.slice(0, 1), []]);
});

test('when a balancer fails while its service is pending, the service fails', async () => {
  const lab = await startLab({ delays: { serviceAvailable: 1000 } });
  const arn = loadBalancerArn(lab);
  const service = await offerService(lab);
  setLoadBalancerState(lab.simulator.world, arn, 'failed');
  expect((await described(lab, arn))?.State).toMatchObject({ Code: 'failed' });
  lab.advance(1000);
  expect((await serviceNow(lab, service.id))?.ServiceState).toBe('Failed');
  expect(() => setLoadBalancerState(lab.simulator.world, 'arn:none', 'active')).toThrow('arn:none');
});

test('when one of several attributes is wrong, none is set', async () => {
  const lab = await startLab();
  const LoadBalancerArn = loadBalancerArn(lab);
  const Attributes = [
    { Key: 'deletion_protection.enabled', Value: 'true' },
    { Key: 'colour', Value: 'red' },
  ];
  const set = new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes });
  expect((await failure(lab.as(VENDOR).elb.send(set))).message).toContain('colour');
  const { attributes } = lab.simulator.world.loadBalancers.get(LoadBalancerArn) ?? {};
  expect(attributes?.get('deletion_protection.enabled')).toBe('false');
});
