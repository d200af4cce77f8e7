// The errors of EC2 that a consumer meets with its endpoints and the services they are for. What
// every operation has by what it takes is in ec2-every.ts.

import {
  CreateSecurityGroupCommand as CreateGroup,
  CreateVpcEndpointCommand as Create,
  DeleteVpcEndpointsCommand as Delete,
  DescribeVpcEndpointAssociationsCommand as DescribeAssociations,
  DescribeVpcEndpointServicesCommand as DescribeServices,
  ModifyVpcEndpointCommand as Modify,
  ModifyVpcEndpointPayerResponsibilityCommand as ModifyPayer,
  ModifyVpcEndpointServiceConfigurationCommand as ModifyService,
  RejectVpcEndpointConnectionsCommand as Reject,
} from '@aws-sdk/client-ec2';
import { publishTxt, serviceNow, verifyPrivateDns } from '../../scenes.ts';
import { alone, errorsOf, inService, inWorld, saying } from '../ledger.ts';
import { type Ec2Scene, type Go, openEc2, UNKNOWN } from './ec2-scene.ts';

type Given = object | ((scene: Ec2Scene) => object);

const from = (input: Given, scene: Ec2Scene): object =>
  typeof input === 'function' ? (input as (scene: Ec2Scene) => object)(scene) : input;

const create =
  (input: Given): Go =>
  (scene) =>
    scene.customer.send(
      new Create({
        VpcId: scene.vpcId,
        VpcEndpointType: 'Interface',
        ServiceName: scene.service.name,
        SubnetIds: [scene.subnets[0]],
        ...from(input, scene),
      }),
    );
const inSubnets =
  (...places: (0 | 1 | 2)[]) =>
  ({ subnets }: Ec2Scene) => ({ SubnetIds: places.map((place) => subnets[place]) });
const modify =
  (input: Given): Go =>
  (scene) =>
    scene.customer.send(new Modify({ VpcEndpointId: scene.endpoint, ...from(input, scene) }));
const pay =
  (input: object, by: 'vendor' | 'customer' = 'customer'): Go =>
  (scene) =>
    scene[by].send(
      new ModifyPayer({
        VpcEndpointId: scene.endpoint,
        PayerResponsibility: 'vpc-endpoint-account',
        Scope: 'vpc-endpoint-charges',
        ...input,
      }),
    );

const rejected =
  (go: Go): Go =>
  async (scene) => {
    const { vendor, service, endpoint } = scene;
    await vendor.send(new Reject({ ServiceId: service.id, VpcEndpointIds: [endpoint] }));
    return go(scene);
  };

/** When the record of a verified private DNS name has gone. */
const afterLoss: Go = async (scene) => {
  const { lab, vendor, service } = scene;
  const PrivateDnsName = 'api.vendor.example';
  await vendor.send(new ModifyService({ ServiceId: service.id, PrivateDnsName }));
  await verifyPrivateDns(lab, service.id);
  const { Name } = (await serviceNow(lab, service.id))?.PrivateDnsNameConfiguration ?? {};
  await publishTxt(lab, `${Name}.vendor.example`, ['"gone"']);
  lab.advance(lab.simulator.world.delays.privateDnsRecheck);
  return create({})(scene);
};

const inSharedSubnet = create(({ shared }) => ({
  VpcId: shared.vpcId,
  SubnetIds: [shared.subnetId],
}));

/** When no address of the first subnet is free. */
const inFullSubnet =
  (go: Go): Go =>
  (scene) => {
    const subnet = scene.lab.simulator.world.subnets.get(scene.subnets[0]);
    for (let i = 0; i < 4096; i += 1) subnet?.usedAddresses.add(`taken ${i}`);
    return go(scene);
  };

/** With a second security group, where an interface can have one. */
const withTwoGroups = (go: (second: string) => Go) =>
  inWorld<Ec2Scene>({ quotas: { securityGroupsPerInterface: 1 } }, async (scene) => {
    const made = await scene.customer.send(
      new CreateGroup({ VpcId: scene.vpcId, GroupName: 'second', Description: 'd' }),
    );
    return go(made.GroupId ?? '')(scene);
  });

export const endpointErrors = errorsOf(
  'ec2-endpoints.ts',
  openEc2,
  inService<Ec2Scene>('ec2', {
    CreateVpcEndpoint: {
      DuplicateSubnetsInSameZone: saying('one subnet per', create(inSubnets(0, 1))),
      IdempotentParameterMismatch: alone(async (scene) => {
        await create({ ClientToken: 'one' })(scene);
        return create({ ClientToken: 'one', IpAddressType: 'ipv4' })(scene);
      }),
      InvalidClientToken: create({ ClientToken: 'é' }),
      InvalidParameter: [
        saying('Endpoint type (Gateway)', create({ VpcEndpointType: undefined })),
        saying('availability zone of the subnet', create(inSubnets(2))),
        saying(
          'different networks',
          create(({ otherGroupId }) => ({ SecurityGroupIds: [otherGroupId] })),
        ),
        saying('IP address type: ipv6', create({ IpAddressType: 'ipv6' })),
        saying('DnsRecordIpType', create({ DnsOptions: { DnsRecordIpType: 'ipv6' } })),
        saying('does not provide a private DNS name', create({ PrivateDnsEnabled: true })),
        saying(
          '192.168.0.1',
          create(({ subnets: [SubnetId] }) => ({
            SubnetConfigurations: [{ SubnetId, Ipv4: '192.168.0.1' }],
          })),
        ),
        inWorld({ knobs: { unverifiedServiceCode: 'InvalidParameter' } }, afterLoss),
        inWorld({ knobs: { sharedSubnetCode: 'InvalidParameter' } }, inSharedSubnet),
      ],
      InsufficientFreeAddressesInSubnet: alone(inFullSubnet(create({}))),
      InvalidParameterValue: create({ IpAddressType: 'ipx' }),
      InvalidPolicyDocument: saying('JSON', create({ PolicyDocument: '{' })),
      InvalidServiceName: [
        saying('does not exist', create({ ServiceName: 'com.amazonaws.us-east-1.none' })),
        saying('does not exist', create({ ServiceRegion: 'eu-west-1' })),
        alone(afterLoss),
      ],
      InvalidVpcEndpointType: saying('Bridge', create({ VpcEndpointType: 'Bridge' })),
      MissingParameter: saying('ServiceName', create({ ServiceName: undefined })),
      'InvalidVpcID.NotFound': create(({ foreign }) => ({ VpcId: foreign.vpcId })),
      'InvalidSubnetID.NotFound': create(({ foreign }) => ({ SubnetIds: [foreign.subnetId] })),
      OperationNotPermitted: inSharedSubnet,
      SecurityGroupsPerInterfaceLimitExceeded: withTwoGroups((second) =>
        create(({ groupId }) => ({ SecurityGroupIds: [groupId, second] })),
      ),
      UnsupportedOperation: [
        saying('Tunnel', create({ VpcEndpointType: 'Tunnel' })),
        saying('ServiceNetworkArn', create({ ServiceNetworkArn: 'arn:x' })),
      ],
      VpcEndpointLimitExceeded: inWorld({ quotas: { endpointsPerVpc: 1 } }, create({})),
    },
    DeleteVpcEndpoints: {
      'InvalidVpcEndpoint.NotFound': ({ customer }) =>
        customer.send(new Delete({ VpcEndpointIds: [`vpce-${UNKNOWN}`] })),
    },
    DescribeVpcEndpointAssociations: {
      InvalidParameterValue: ({ customer }) =>
        customer.send(new DescribeAssociations({ MaxResults: 101 })),
    },
    DescribeVpcEndpointServices: {
      InvalidServiceName: ({ customer }) =>
        customer.send(new DescribeServices({ ServiceNames: ['com.amazonaws.us-east-1.none'] })),
    },
    ModifyVpcEndpoint: {
      DuplicateSubnetsInSameZone: modify(({ subnets: [, twin] }) => ({ AddSubnetIds: [twin] })),
      InsufficientFreeAddressesInSubnet: alone(async (scene) => {
        const { customer, endpoint: VpcEndpointId, subnets } = scene;
        const [first] = subnets;
        await customer.send(new Modify({ VpcEndpointId, RemoveSubnetIds: [first] }));
        return inFullSubnet(modify({ AddSubnetIds: [first] }))(scene);
      }),
      IncorrectState: alone(rejected(modify({ ResetPolicy: true }))),
      InvalidParameter: [
        modify({ PrivateDnsEnabled: true }),
        modify({ AddRouteTableIds: [`rtb-${UNKNOWN}`] }),
        modify(({ groupId }) => ({ RemoveSecurityGroupIds: [groupId] })),
      ],
      InvalidParameterCombination: modify({ PolicyDocument: '{}', ResetPolicy: true }),
      InvalidPolicyDocument: modify({ PolicyDocument: '{' }),
      SecurityGroupsPerInterfaceLimitExceeded: withTwoGroups((second) =>
        modify({ AddSecurityGroupIds: [second] }),
      ),
      InvalidState: inWorld(
        { knobs: { unmodifiableEndpointCode: 'InvalidState' } },
        rejected(modify({ ResetPolicy: true })),
      ),
    },
    ModifyVpcEndpointPayerResponsibility: {
      InvalidParameterValue: [pay({ Scope: 'x' }), pay({ PayerResponsibility: 'x' })],
      OperationNotPermitted: pay({ PayerResponsibility: 'vpc-endpoint-service-account' }),
      UnsupportedOperation: [
        pay({ Scope: 'resource-gateway-charges' }),
        pay({ PayerResponsibility: 'resource-gateway-account' }),
      ],
    },
  }),
);
