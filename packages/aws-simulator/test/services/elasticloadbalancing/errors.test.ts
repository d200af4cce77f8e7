// Every error of Elastic Load Balancing that can be had here, by the name the SDK gives it.

import {
  AddTagsCommand,
  type AddTagsCommandInput,
  CreateListenerCommand,
  type CreateListenerCommandInput,
  CreateLoadBalancerCommand,
  type CreateLoadBalancerCommandInput,
  CreateTargetGroupCommand,
  type CreateTargetGroupCommandInput,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  type DescribeLoadBalancersCommandInput,
  DescribeTargetGroupsCommand,
  ModifyLoadBalancerAttributesCommand,
  RegisterTargetsCommand,
  SetIpAddressTypeCommand,
  SetSubnetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { expect, test } from 'vitest';
import { targetGroupsOf } from '../../../src/world/load-balancing/health.ts';
import { CUSTOMER, failure, type Lab, startLab, VENDOR } from '../../lab.ts';
import { loadBalancerArn } from '../../scenes.ts';

interface Place {
  readonly subnetId: string;
  readonly neighbourId: string;
  readonly vpcId: string;
}

/** A subnet of the vendor and another one of the same VPC. */
function placeOf(lab: Lab, account = VENDOR): Place {
  const { world } = lab.simulator;
  const [subnet, neighbour] = [...world.subnets.by('owner', `${account}/us-east-1`)];
  return {
    subnetId: subnet?.id ?? '',
    neighbourId: neighbour?.id ?? '',
    vpcId: subnet?.vpcId ?? '',
  };
}

const elb = (lab: Lab) => lab.as(VENDOR).elb;

test('when a load balancer is made wrongly, the error says with what', async () => {
  const lab = await startLab();
  const { subnetId, neighbourId } = placeOf(lab);
  const foreign = placeOf(lab, CUSTOMER).subnetId;
  const good = { Name: 'fresh', Type: 'network', Subnets: [subnetId] } as const;
  const tag = { Key: 'a', Value: '1' };
  const many = Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}` }));
  const cases: [Partial<CreateLoadBalancerCommandInput>, string][] = [
    [{ Name: '-no' }, 'ValidationError'],
    [{ Name: 'internal-no' }, 'ValidationError'],
    [{ Name: undefined }, 'ValidationError'],
    [{ Type: 'application' }, 'UnsupportedOperation'],
    [{ Type: 'classic' as 'network' }, 'ValidationError'],
    [{ Subnets: [] }, 'ValidationError'],
    [{ SubnetMappings: [{ SubnetId: subnetId }] }, 'ValidationError'],
    [{ Subnets: ['subnet-0123456789abcdef0'] }, 'SubnetNotFoundException'],
    [{ Subnets: [foreign] }, 'SubnetNotFoundException'],
    [{ SecurityGroups: ['sg-0123456789abcdef0'] }, 'InvalidSecurityGroupException'],
    [{ Scheme: 'sideways' as 'internal' }, 'InvalidSchemeException'],
    [{ Type: 'gateway', Scheme: 'internal' }, 'ValidationError'],
    [{ IpAddressType: 'ipv9' as 'ipv4' }, 'ValidationError'],
    [{ Tags: [tag, tag] }, 'DuplicateTagKeysException'],
    [{ Tags: many }, 'TooManyTagsException'],
    [{ Tags: [{ Key: 'aws:a' }] }, 'ValidationError'],
  ];
  const create = (input: Partial<CreateLoadBalancerCommandInput>) =>
    elb(lab).send(new CreateLoadBalancerCommand({ ...good, ...input } as never));
  for (const [input, code] of cases) {
    expect([input, (await failure(create(input))).code]).toEqual([input, code]);
  }
  expect(lab.simulator.world.loadBalancers.size).toBe(3);
  await create({ Subnets: [subnetId, neighbourId] });
  expect((await failure(create({}))).code).toBe('DuplicateLoadBalancerNameException');
});

test('when subnets do not go together, the error says why', async () => {
  const lab = await startLab();
  const LoadBalancerArn = loadBalancerArn(lab);
  lab.simulator.addAccount({
    id: '777777777777',
    vpcs: [
      {
        region: 'us-east-1',
        cidr: '10.1.0.0/16',
        subnets: [{ zoneId: 'use1-az1' }, { zoneId: 'use1-az1' }],
      },
      { region: 'us-east-1', cidr: '10.2.0.0/16', zoneIds: ['use1-az2'] },
    ],
    loadBalancers: [{ name: 'own', region: 'us-east-1', zoneIds: ['use1-az1'] }],
  });
  const ids = [...lab.simulator.world.subnets.by('owner', '777777777777/us-east-1')].map(
    ({ id }) => id,
  );
  const [one = '', twin = '', elsewhere = ''] = ids;
  const own = loadBalancerArn(lab, 'own');
  const client = lab.as('777777777777').elb;
  const set = (Subnets: string[]) =>
    failure(client.send(new SetSubnetsCommand({ LoadBalancerArn: own, Subnets })));
  expect((await set([one, twin])).code).toBe('InvalidConfigurationRequestException');
  expect((await set([one, elsewhere])).code).toBe('InvalidSubnetException');
  expect((await set([elsewhere])).code).toBe('InvalidConfigurationRequestException');
  const dual = { LoadBalancerArn: own, IpAddressType: 'dualstack' } as const;
  const refused = client.send(new SetIpAddressTypeCommand(dual));
  expect((await failure(refused)).code).toBe('InvalidSubnetException');
  const foreign = client.send(new SetSubnetsCommand({ LoadBalancerArn, Subnets: [one] }));
  expect((await failure(foreign)).code).toBe('LoadBalancerNotFoundException');
});

test('when something is asked for that is not there, the error is of its kind', async () => {
  const lab = await startLab();
  const arn = loadBalancerArn(lab);
  const many = Array.from({ length: 21 }, (_, index) => `lb-${index}`);
  const cases: [DescribeLoadBalancersCommandInput, string][] = [
    [{ LoadBalancerArns: ['api-1'] }, 'ValidationError'],
    [{ LoadBalancerArns: [`${arn.slice(0, -4)}ffff`] }, 'LoadBalancerNotFoundException'],
    [{ LoadBalancerArns: [arn], Names: ['api-1'] }, 'ValidationError'],
    [{ Names: ['api-9'] }, 'LoadBalancerNotFoundException'],
    [{ Names: many }, 'ValidationError'],
    [{ PageSize: 0 }, 'ValidationError'],
    [{ PageSize: 401 }, 'ValidationError'],
    [{ Marker: 'nowhere' }, 'ValidationError'],
  ];
  for (const [input, code] of cases) {
    const call = elb(lab).send(new DescribeLoadBalancersCommand(input));
    expect([input, (await failure(call)).code]).toEqual([input, code]);
  }
  const groups = [
    { Names: ['no'] },
    { TargetGroupArns: [arn.replace('loadbalancer/net', 'targetgroup')] },
  ];
  for (const input of groups) {
    const call = elb(lab).send(new DescribeTargetGroupsCommand(input));
    expect((await failure(call)).code).toBe('TargetGroupNotFoundException');
  }
  const ListenerArns = [`${arn.replace(':loadbalancer/', ':listener/')}/0123456789abcdef`];
  const listeners = elb(lab).send(new DescribeListenersCommand({ ListenerArns }));
  expect((await failure(listeners)).code).toBe('ListenerNotFoundException');
  const neither = elb(lab).send(new DescribeListenersCommand({}));
  expect((await failure(neither)).code).toBe('ValidationError');
});

test('when target groups, targets or listeners are wrong, the error says with what', async () => {
  const lab = await startLab();
  const { vpcId: VpcId } = placeOf(lab);
  const good = { Name: 'fresh', Protocol: 'TCP', Port: 443, VpcId, TargetType: 'ip' } as const;
  const group = (input: Partial<CreateTargetGroupCommandInput>) =>
    elb(lab).send(new CreateTargetGroupCommand({ ...good, ...input }));
  const groupCases: [Partial<CreateTargetGroupCommandInput>, string][] = [
    [{ Name: 'x'.repeat(33) }, 'ValidationError'],
    [{ Protocol: undefined }, 'ValidationError'],
    [{ Protocol: 'HTTP' }, 'UnsupportedOperation'],
    [{ Port: 0 }, 'ValidationError'],
    [{ VpcId: 'vpc-0123456789abcdef0' }, 'ValidationError'],
    [{ TargetType: 'lambda' }, 'UnsupportedOperation'],
    [{ HealthCheckProtocol: 'UDP' }, 'ValidationError'],
    [{ HealthCheckPath: '/' }, 'InvalidConfigurationRequestException'],
    [{ HealthCheckPort: '70000' }, 'ValidationError'],
    [{ HealthCheckIntervalSeconds: 4 }, 'ValidationError'],
    [{ HealthCheckProtocol: 'HTTP', Matcher: { HttpCode: 'x' } }, 'ValidationError'],
  ];
  for (const [input, code] of groupCases) {
    expect([input, (await failure(group(input))).code]).toEqual([input, code]);
  }
  const TargetGroupArn = (await group({})).TargetGroups?.[0]?.TargetGroupArn ?? '';
  expect((await failure(group({ Port: 444 }))).code).toBe('DuplicateTargetGroupNameException');
  const register = (Id: string) =>
    elb(lab).send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id }] }));
  expect((await failure(register('i-1'))).code).toBe('ValidationError');
  expect((await failure(register('172.16.0.1'))).code).toBe('InvalidConfigurationRequestException');
  const instances = (await group({ Name: 'instances', TargetType: 'instance' })).TargetGroups;
  const wrong = { TargetGroupArn: instances?.[0]?.TargetGroupArn, Targets: [{ Id: '10.10.0.9' }] };
  const instance = elb(lab).send(new RegisterTargetsCommand(wrong));
  expect((await failure(instance)).code).toBe('InvalidTargetException');
});

test('when a listener does not fit, the error says to what', async () => {
  const lab = await startLab();
  const { world } = lab.simulator;
  const LoadBalancerArn = loadBalancerArn(lab);
  const TargetGroupArn = targetGroupsOf(world, LoadBalancerArn)[0]?.id ?? '';
  const taken = targetGroupsOf(world, loadBalancerArn(lab, 'api-2'))[0]?.id ?? '';
  const forward = (arn: string) => [{ Type: 'forward', TargetGroupArn: arn }] as const;
  const good = {
    LoadBalancerArn,
    Protocol: 'TCP',
    Port: 8443,
    DefaultActions: forward(TargetGroupArn),
  };
  const cases: [object, string][] = [
    [{ Port: 443 }, 'DuplicateListenerException'],
    [{ Port: undefined }, 'ValidationError'],
    [{ Port: 70_000 }, 'ValidationError'],
    [{ Protocol: 'HTTPS' }, 'UnsupportedProtocolException'],
    [{ Protocol: 'UDP' }, 'IncompatibleProtocolsException'],
    [{ Protocol: 'TLS' }, 'ValidationError'],
    [{ SslPolicy: 'any' }, 'ValidationError'],
    [
      { Protocol: 'TLS', Certificates: [{ CertificateArn: 'arn' }], AlpnPolicy: ['h2'] },
      'ALPNPolicyNotSupportedException',
    ],
    [{ DefaultActions: [] }, 'ValidationError'],
    [{ DefaultActions: [{ Type: 'redirect' }] }, 'InvalidLoadBalancerActionException'],
    [{ DefaultActions: [{ Type: 'forward' }] }, 'ValidationError'],
    [{ DefaultActions: forward(taken) }, 'TargetGroupAssociationLimitException'],
    [{ DefaultActions: forward(`${taken.slice(0, -4)}ffff`) }, 'TargetGroupNotFoundException'],
    [{ LoadBalancerArn: `${LoadBalancerArn.slice(0, -4)}ffff` }, 'LoadBalancerNotFoundException'],
  ];
  for (const [input, code] of cases) {
    const wanted = { ...good, ...input } as unknown as CreateListenerCommandInput;
    const call = elb(lab).send(new CreateListenerCommand(wanted));
    expect([input, (await failure(call)).code]).toEqual([input, code]);
  }
  expect(world.listeners.count('loadBalancer', LoadBalancerArn)).toBe(1);
});

test('when an attribute or a tag is wrong, nothing is set', async () => {
  const lab = await startLab();
  const arn = loadBalancerArn(lab);
  const [Key, Value] = ['deletion_protection.enabled', 'true'];
  for (const wrong of [
    { Key: 'colour', Value: 'red' },
    { Key, Value: 'maybe' },
  ]) {
    const input = { LoadBalancerArn: arn, Attributes: [{ Key, Value }, wrong] };
    const call = elb(lab).send(new ModifyLoadBalancerAttributesCommand(input));
    expect((await failure(call)).code).toBe('InvalidConfigurationRequestException');
  }
  const known = lab.simulator.world.loadBalancers.get(arn);
  expect(known?.attributes.get(Key)).toBe('false');
  const cases: [AddTagsCommandInput, string][] = [
    [{ ResourceArns: [arn, 'arn:none'], Tags: [{ Key: 'a' }] }, 'ValidationError'],
    [{ ResourceArns: [arn], Tags: [{ Key: 'a' }, { Key: 'a' }] }, 'DuplicateTagKeysException'],
    [{ ResourceArns: Array(21).fill(arn) as string[], Tags: [{ Key: 'a' }] }, 'ValidationError'],
  ];
  for (const [input, code] of cases) {
    expect((await failure(elb(lab).send(new AddTagsCommand(input)))).code).toBe(code);
  }
  expect(known?.tags.size).toBe(0);
});
