// The errors of Elastic Load Balancing.

import {
  AddTagsCommand as AddTags,
  CreateListenerCommand as CreateListener,
  CreateLoadBalancerCommand as Create,
  CreateTargetGroupCommand as CreateGroup,
  DeleteListenerCommand as DeleteListener,
  DeleteLoadBalancerCommand as Delete,
  DeleteTargetGroupCommand as DeleteGroup,
  DeregisterTargetsCommand as Deregister,
  DescribeListenersCommand as DescribeListeners,
  DescribeLoadBalancerAttributesCommand as DescribeAttributes,
  DescribeLoadBalancersCommand as Describe,
  DescribeTagsCommand as DescribeTags,
  DescribeTargetGroupsCommand as DescribeGroups,
  DescribeTargetHealthCommand as DescribeHealth,
  type ElasticLoadBalancingV2Client,
  ModifyLoadBalancerAttributesCommand as ModifyAttributes,
  ModifyTargetGroupCommand as ModifyGroup,
  RegisterTargetsCommand as Register,
  RemoveTagsCommand as RemoveTags,
  SetIpAddressTypeCommand as SetType,
  SetSubnetsCommand as SetSubnets,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { SimulatorOptions } from '../../../src/index.ts';
import { CUSTOMER, openLab, VENDOR } from '../../lab.ts';
import { loadBalancerArn, offerService } from '../../scenes.ts';
import { alone, type Attempt, errorsOf, inService, type Scene } from '../ledger.ts';

interface BalancerScene extends Scene {
  readonly elb: ElasticLoadBalancingV2Client;
  readonly arn: string;
  /** Its target group and its listener. */
  readonly group: string;
  readonly listener: string;
  /** The target group of another load balancer. */
  readonly taken: string;
  readonly vpcId: string;
  readonly subnetId: string;
  /** Of another account. */
  readonly foreignId: string;
  /** Of an account with two subnets in one zone and a third in another VPC. */
  readonly own: ElasticLoadBalancingV2Client;
  readonly ownArn: string;
  readonly ownSubnets: readonly [one: string, twin: string, elsewhere: string];
}

type Go = Attempt<BalancerScene>;

const OWNER = '777777777777';
const NO_VPC = 'vpc-0123456789abcdef0';
const tag = { Key: 'a', Value: '1' };
const many = (count: number) => Array.from({ length: count }, (_, index) => ({ Key: `k${index}` }));
/** An ARN of the same shape that nothing has. */
const absent = (arn: string) => `${arn.slice(0, -4)}ffff`;

const create =
  (input: object): Go =>
  ({ elb, subnetId }) =>
    elb.send(new Create({ Name: 'fresh', Type: 'network', Subnets: [subnetId], ...input }));
const createGroup =
  (input: object): Go =>
  ({ elb, vpcId: VpcId }) => {
    const good = { Name: 'fresh', Protocol: 'TCP', Port: 443, VpcId, TargetType: 'ip' } as const;
    return elb.send(new CreateGroup({ ...good, ...input }));
  };
const forward = (TargetGroupArn: string) => ({
  DefaultActions: [{ Type: 'forward', TargetGroupArn }],
});
const listen =
  (input: (scene: BalancerScene) => object): Go =>
  (scene) => {
    const { elb, arn, group } = scene;
    const good = { LoadBalancerArn: arn, Protocol: 'TCP', Port: 8443, ...forward(group) };
    return elb.send(new CreateListener({ ...good, ...input(scene) } as never));
  };
const describe =
  (input: (scene: BalancerScene) => object): Go =>
  (scene) =>
    scene.elb.send(new Describe(input(scene)));
const setSubnets =
  (choose: (ids: BalancerScene['ownSubnets']) => string[]): Go =>
  ({ own, ownArn, ownSubnets }) =>
    own.send(new SetSubnets({ LoadBalancerArn: ownArn, Subnets: choose(ownSubnets) }));
const setAttributes =
  (Key: string, Value: string): Go =>
  ({ elb, arn }) =>
    elb.send(new ModifyAttributes({ LoadBalancerArn: arn, Attributes: [{ Key, Value }] }));

/** Operations on tags find what they are about by any kind of ARN. */
function taggedCodes(call: (scene: BalancerScene, ResourceArns: string[]) => Promise<unknown>) {
  return {
    ListenerNotFoundException: (scene: BalancerScene) => call(scene, [absent(scene.listener)]),
    LoadBalancerNotFoundException: (scene: BalancerScene) => call(scene, [absent(scene.arn)]),
    TargetGroupNotFoundException: (scene: BalancerScene) => call(scene, [absent(scene.group)]),
    ValidationError: [
      (scene: BalancerScene) => call(scene, [scene.arn, 'arn:none']),
      (scene: BalancerScene) => call(scene, Array(21).fill(scene.arn) as string[]),
    ],
  };
}

export const balancerErrors = errorsOf(
  'load-balancers.ts',
  openBalancers,
  inService<BalancerScene>('elasticloadbalancing', {
    AddTags: {
      ...taggedCodes(({ elb }, ResourceArns) =>
        elb.send(new AddTags({ ResourceArns, Tags: [{ Key: 'a' }] })),
      ),
      DuplicateTagKeysException: ({ elb, arn }) =>
        elb.send(new AddTags({ ResourceArns: [arn], Tags: [tag, tag] })),
      TooManyTagsException: ({ elb, arn }) =>
        elb.send(new AddTags({ ResourceArns: [arn], Tags: many(51) })),
    },
    CreateListener: {
      ALPNPolicyNotSupportedException: listen(() => ({
        Protocol: 'TLS',
        Certificates: [{ CertificateArn: 'arn' }],
        AlpnPolicy: ['h2'],
      })),
      DuplicateListenerException: listen(() => ({ Port: 443 })),
      IncompatibleProtocolsException: listen(() => ({ Protocol: 'UDP' })),
      InvalidConfigurationRequestException: alone(async ({ lab, own, ownArn, ownSubnets }) => {
        const elsewhere = lab.simulator.world.subnets.get(ownSubnets[2]);
        const made = await own.send(
          new CreateGroup({
            Name: 'fresh',
            Protocol: 'TCP',
            Port: 443,
            VpcId: elsewhere?.vpcId,
            TargetType: 'ip',
          }),
        );
        return own.send(
          new CreateListener({
            LoadBalancerArn: ownArn,
            Protocol: 'TCP',
            Port: 8443,
            ...forward(made.TargetGroups?.[0]?.TargetGroupArn ?? ''),
          } as never),
        );
      }),
      InvalidLoadBalancerActionException: listen(() => ({
        DefaultActions: [{ Type: 'redirect' }],
      })),
      LoadBalancerNotFoundException: listen(({ arn }) => ({ LoadBalancerArn: absent(arn) })),
      TargetGroupAssociationLimitException: listen(({ taken }) => forward(taken)),
      TargetGroupNotFoundException: listen(({ taken }) => forward(absent(taken))),
      TooManyTagsException: listen(() => ({ Tags: many(51) })),
      UnsupportedProtocolException: listen(() => ({ Protocol: 'HTTPS' })),
      ValidationError: [
        listen(() => ({ Port: undefined })),
        listen(() => ({ Port: 70_000 })),
        listen(() => ({ Protocol: 'TLS' })),
        listen(() => ({ SslPolicy: 'any' })),
        listen(() => ({ DefaultActions: [] })),
        listen(() => ({ DefaultActions: [{ Type: 'forward' }] })),
      ],
    },
    CreateLoadBalancer: {
      DuplicateLoadBalancerNameException: create({ Name: 'api-1' }),
      DuplicateTagKeysException: create({ Tags: [tag, tag] }),
      InvalidConfigurationRequestException: ({ own, ownSubnets: [one, twin] }) =>
        own.send(new Create({ Name: 'fresh', Type: 'network', Subnets: [one, twin] })),
      InvalidSchemeException: create({ Scheme: 'sideways' }),
      InvalidSecurityGroupException: create({ SecurityGroups: ['sg-0123456789abcdef0'] }),
      InvalidSubnetException: ({ own, ownSubnets: [one, , elsewhere] }) =>
        own.send(new Create({ Name: 'fresh', Type: 'network', Subnets: [one, elsewhere] })),
      SubnetNotFoundException: [
        create({ Subnets: ['subnet-0123456789abcdef0'] }),
        (scene) => create({ Subnets: [scene.foreignId] })(scene),
      ],
      TooManyTagsException: create({ Tags: many(51) }),
      UnsupportedOperation: create({ Type: 'application' }),
      ValidationError: [
        create({ Name: '-no' }),
        create({ Name: 'internal-no' }),
        create({ Name: undefined }),
        create({ Type: 'classic' }),
        create({ Subnets: [] }),
        (scene) => create({ SubnetMappings: [{ SubnetId: scene.subnetId }] })(scene),
        create({ Type: 'gateway', Scheme: 'internal' }),
        create({ IpAddressType: 'ipv9' }),
        create({ Tags: [{ Key: 'aws:a' }] }),
      ],
    },
    CreateTargetGroup: {
      DuplicateTargetGroupNameException: alone(async (scene) => {
        await createGroup({})(scene);
        return createGroup({ Port: 444 })(scene);
      }),
      InvalidConfigurationRequestException: createGroup({ HealthCheckPath: '/' }),
      TooManyTagsException: createGroup({ Tags: many(51) }),
      UnsupportedOperation: [
        createGroup({ Protocol: 'HTTP' }),
        createGroup({ TargetType: 'lambda' }),
      ],
      ValidationError: [
        createGroup({ Name: 'x'.repeat(33) }),
        createGroup({ Protocol: undefined }),
        createGroup({ Port: 0 }),
        createGroup({ VpcId: NO_VPC }),
        createGroup({ HealthCheckProtocol: 'UDP' }),
        createGroup({ HealthCheckPort: '70000' }),
        createGroup({ HealthCheckIntervalSeconds: 4 }),
        createGroup({ HealthCheckProtocol: 'HTTP', Matcher: { HttpCode: 'x' } }),
      ],
    },
    DeleteListener: {
      ListenerNotFoundException: ({ elb, listener }) =>
        elb.send(new DeleteListener({ ListenerArn: absent(listener) })),
    },
    DeleteLoadBalancer: {
      OperationNotPermittedException: alone(async (scene) => {
        await setAttributes('deletion_protection.enabled', 'true')(scene);
        return scene.elb.send(new Delete({ LoadBalancerArn: scene.arn }));
      }),
      ResourceInUseException: alone(async ({ lab, elb, arn }) => {
        await offerService(lab);
        return elb.send(new Delete({ LoadBalancerArn: arn }));
      }),
      ValidationError: ({ elb }) => elb.send(new Delete({ LoadBalancerArn: 'arn:none' })),
    },
    DeleteTargetGroup: {
      ResourceInUseException: ({ elb, group }) =>
        elb.send(new DeleteGroup({ TargetGroupArn: group })),
    },
    DeregisterTargets: {
      TargetGroupNotFoundException: ({ elb, group }) =>
        elb.send(new Deregister({ TargetGroupArn: absent(group), Targets: [{ Id: '10.0.0.1' }] })),
    },
    DescribeListeners: {
      ListenerNotFoundException: ({ elb, listener }) =>
        elb.send(new DescribeListeners({ ListenerArns: [absent(listener)] })),
      LoadBalancerNotFoundException: ({ elb, arn }) =>
        elb.send(new DescribeListeners({ LoadBalancerArn: absent(arn) })),
      ValidationError: ({ elb }) => elb.send(new DescribeListeners({})),
    },
    DescribeLoadBalancerAttributes: {
      LoadBalancerNotFoundException: ({ elb, arn }) =>
        elb.send(new DescribeAttributes({ LoadBalancerArn: absent(arn) })),
    },
    DescribeLoadBalancers: {
      LoadBalancerNotFoundException: [
        describe(({ arn }) => ({ LoadBalancerArns: [absent(arn)] })),
        describe(() => ({ Names: ['api-9'] })),
      ],
      ValidationError: [
        describe(() => ({ LoadBalancerArns: ['api-1'] })),
        describe(({ arn }) => ({ LoadBalancerArns: [arn], Names: ['api-1'] })),
        describe(() => ({ Names: many(21).map(({ Key }) => Key) })),
        describe(() => ({ PageSize: 0 })),
        describe(() => ({ PageSize: 401 })),
        describe(() => ({ Marker: 'nowhere' })),
      ],
    },
    DescribeTags: taggedCodes(({ elb }, ResourceArns) =>
      elb.send(new DescribeTags({ ResourceArns })),
    ),
    DescribeTargetGroups: {
      LoadBalancerNotFoundException: ({ elb, arn }) =>
        elb.send(new DescribeGroups({ LoadBalancerArn: absent(arn) })),
      TargetGroupNotFoundException: [
        ({ elb }) => elb.send(new DescribeGroups({ Names: ['no'] })),
        ({ elb, group }) => elb.send(new DescribeGroups({ TargetGroupArns: [absent(group)] })),
      ],
    },
    DescribeTargetHealth: {
      TargetGroupNotFoundException: ({ elb, group }) =>
        elb.send(new DescribeHealth({ TargetGroupArn: absent(group) })),
    },
    ModifyLoadBalancerAttributes: {
      InvalidConfigurationRequestException: [
        setAttributes('colour', 'red'),
        setAttributes('deletion_protection.enabled', 'maybe'),
      ],
      LoadBalancerNotFoundException: ({ elb, arn }) =>
        elb.send(new ModifyAttributes({ LoadBalancerArn: absent(arn), Attributes: [] })),
    },
    ModifyTargetGroup: {
      InvalidConfigurationRequestException: ({ elb, group }) =>
        elb.send(new ModifyGroup({ TargetGroupArn: group, HealthCheckPath: '/' })),
      TargetGroupNotFoundException: ({ elb, group }) =>
        elb.send(new ModifyGroup({ TargetGroupArn: absent(group) })),
    },
    RegisterTargets: {
      InvalidConfigurationRequestException: ({ elb, group }) =>
        elb.send(new Register({ TargetGroupArn: group, Targets: [{ Id: '172.16.0.1' }] })),
      InvalidTargetException: alone(async (scene) => {
        const made = await createGroup({ TargetType: 'instance' })(scene);
        const [instances] = (made as { TargetGroups: { TargetGroupArn: string }[] }).TargetGroups;
        const TargetGroupArn = instances?.TargetGroupArn ?? '';
        return scene.elb.send(new Register({ TargetGroupArn, Targets: [{ Id: '10.10.0.9' }] }));
      }),
      TargetGroupNotFoundException: ({ elb, group }) =>
        elb.send(new Register({ TargetGroupArn: absent(group), Targets: [{ Id: '10.0.0.1' }] })),
      ValidationError: ({ elb, group }) =>
        elb.send(new Register({ TargetGroupArn: group, Targets: [{ Id: 'i-1' }] })),
    },
    RemoveTags: taggedCodes(({ elb }, ResourceArns) =>
      elb.send(new RemoveTags({ ResourceArns, TagKeys: ['a'] })),
    ),
    SetIpAddressType: {
      InvalidSubnetException: ({ own, ownArn }) =>
        own.send(new SetType({ LoadBalancerArn: ownArn, IpAddressType: 'dualstack' })),
      LoadBalancerNotFoundException: ({ elb, arn }) =>
        elb.send(new SetType({ LoadBalancerArn: absent(arn), IpAddressType: 'ipv4' })),
    },
    SetSubnets: {
      InvalidConfigurationRequestException: [
        setSubnets(([one, twin]) => [one, twin]),
        setSubnets(([, , elsewhere]) => [elsewhere]),
      ],
      InvalidSubnetException: setSubnets(([one, , elsewhere]) => [one, elsewhere]),
      LoadBalancerNotFoundException: ({ own, arn, ownSubnets: [one] }) =>
        own.send(new SetSubnets({ LoadBalancerArn: arn, Subnets: [one] })),
      SubnetNotFoundException: setSubnets(() => ['subnet-0123456789abcdef0']),
    },
  }),
);

async function openBalancers(options: SimulatorOptions): Promise<BalancerScene> {
  const lab = await openLab(options);
  lab.simulator.addAccount({
    id: OWNER,
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
  const { world } = lab.simulator;
  const subnetsOf = (account: string) => [...world.subnets.by('owner', `${account}/us-east-1`)];
  const groupOf = async (name: string) => {
    const LoadBalancerArn = loadBalancerArn(lab, name);
    const { TargetGroups } = await elb.send(new DescribeGroups({ LoadBalancerArn }));
    return TargetGroups?.[0]?.TargetGroupArn ?? '';
  };
  const { elb } = lab.as(VENDOR);
  const arn = loadBalancerArn(lab);
  const { Listeners } = await elb.send(new DescribeListeners({ LoadBalancerArn: arn }));
  const [subnet] = subnetsOf(VENDOR);
  const [one = '', twin = '', elsewhere = ''] = subnetsOf(OWNER).map(({ id }) => id);
  return {
    lab,
    elb,
    arn,
    group: await groupOf('api-1'),
    taken: await groupOf('api-2'),
    listener: Listeners?.[0]?.ListenerArn ?? '',
    vpcId: subnet?.vpcId ?? '',
    subnetId: subnet?.id ?? '',
    foreignId: subnetsOf(CUSTOMER)[0]?.id ?? '',
    own: lab.as(OWNER).elb,
    ownArn: loadBalancerArn(lab, 'own'),
    ownSubnets: [one, twin, elsewhere],
  };
}
