// The errors of EC2 that a provider meets: endpoint services, their permissions and connections,
// and tags. What every operation has by what it takes is in ec2-every.ts.

import {
  AcceptVpcEndpointConnectionsCommand as Accept,
  CreateTagsCommand as CreateTags,
  CreateVpcEndpointServiceConfigurationCommand as Create,
  DeleteTagsCommand as DeleteTags,
  DeleteVpcEndpointServiceConfigurationsCommand as Delete,
  DescribeVpcEndpointConnectionsCommand as DescribeConnections,
  DescribeVpcEndpointServiceConfigurationsCommand as Describe,
  ModifyVpcEndpointServiceConfigurationCommand as Modify,
  ModifyVpcEndpointServicePayerResponsibilityCommand as ModifyPayer,
  ModifyVpcEndpointServicePermissionsCommand as Permit,
  RejectVpcEndpointConnectionsCommand as Reject,
  StartVpcEndpointServicePrivateDnsVerificationCommand as Start,
} from '@aws-sdk/client-ec2';
import type { Knobs } from '../../../src/index.ts';
import { CUSTOMER, type Lab, VENDOR } from '../../lab.ts';
import { connect, loadBalancerArn, offerService, verifyPrivateDns } from '../../scenes.ts';
import { alone, errorsOf, inService, inWorld, saying } from '../ledger.ts';
import { type Ec2Scene, type Go, openEc2, UNKNOWN } from './ec2-scene.ts';

const NO_SERVICE = `vpce-svc-${UNKNOWN}`;
const NAME = { PrivateDnsName: 'api.vendor.example' };

type Balancers = (arn: (name: string) => string) => object;

const arns = (lab: Lab) => (name: string) => loadBalancerArn(lab, name);
const absent = (arn: string) => `${arn.slice(0, -4)}ffff`;
const gateway = (arn: string) => arn.replace('/net/', '/gwy/');

/** The second load balancer, which no service has, unless the input says otherwise. */
const create =
  (input: object | Balancers): Go =>
  ({ lab, vendor }) => {
    const given = typeof input === 'function' ? (input as Balancers)(arns(lab)) : input;
    return vendor.send(new Create({ NetworkLoadBalancerArns: [arns(lab)('api-2')], ...given }));
  };
const modify =
  (input: object | Balancers): Go =>
  ({ lab, vendor, service }) => {
    const given = typeof input === 'function' ? (input as Balancers)(arns(lab)) : input;
    return vendor.send(new Modify({ ServiceId: service.id, ...given }));
  };
const permit =
  (...AddAllowedPrincipals: string[]): Go =>
  ({ vendor, service }) =>
    vendor.send(new Permit({ ServiceId: service.id, AddAllowedPrincipals }));
const decide =
  (Decision: typeof Accept | typeof Reject, id?: string): Go =>
  ({ vendor, service, endpoint }) =>
    vendor.send(new Decision({ ServiceId: service.id, VpcEndpointIds: [id ?? endpoint] }));
const twice =
  (go: Go): Go =>
  async (scene) => {
    await go(scene);
    return go(scene);
  };
const start: Go = ({ vendor, service }) => vendor.send(new Start({ ServiceId: service.id }));
const knob = (knobs: Partial<Knobs>, go: Go) => inWorld({ knobs }, go);

/** After the endpoint has been rejected and the service deleted. */
const whenDeleted =
  (go: Go): Go =>
  async (scene) => {
    const { vendor, service } = scene;
    await decide(Reject)(scene);
    await vendor.send(new Delete({ ServiceIds: [service.id] }));
    return go(scene);
  };
const tag =
  (Keys: string[], id?: string): Go =>
  ({ vendor, service }) =>
    vendor.send(
      new CreateTags({ Resources: [id ?? service.id], Tags: Keys.map((Key) => ({ Key })) }),
    );
const untag =
  (Keys: string[], id?: string): Go =>
  ({ vendor, service }) =>
    vendor.send(
      new DeleteTags({ Resources: [id ?? service.id], Tags: Keys.map((Key) => ({ Key })) }),
    );
const keys = (count: number) => Array.from({ length: count }, (_, index) => `k${index}`);

/** A service whose name is verified; it is the scene's from then on. */
const verified =
  (go: Go): Go =>
  async (scene) => {
    const NetworkLoadBalancerArns = [loadBalancerArn(scene.lab, 'api-2')];
    const service = await offerService(scene.lab, { NetworkLoadBalancerArns, ...NAME });
    await verifyPrivateDns(scene.lab, service.id);
    return go({ ...scene, service });
  };

export const serviceErrors = errorsOf(
  'ec2-services.ts',
  openEc2,
  inService<Ec2Scene>('ec2', {
    AcceptVpcEndpointConnections: {
      IncorrectState: knob(
        { wrongStateCode: 'IncorrectState', repeatedDecision: 'fails' },
        twice(decide(Accept)),
      ),
      InvalidState: alone(async (scene) => {
        await decide(Reject)(scene);
        return decide(Accept)(scene);
      }),
    },
    CreateTags: {
      InvalidID: [tag(['a'], NO_SERVICE), tag(['a'], 'vpce-svc-1')],
      InvalidParameterValue: [
        tag(['a', 'a']),
        tag(['aws:a']),
        tag(['']),
        tag(['x'.repeat(129)]),
        ({ vendor, service }) => {
          const Resources = Array(1001).fill(service.id) as string[];
          return vendor.send(new CreateTags({ Resources, Tags: [{ Key: 'a' }] }));
        },
      ],
      'InvalidTagKey.Malformed': knob({ badTagKeyCode: 'InvalidTagKey.Malformed' }, tag(['aws:a'])),
      TagLimitExceeded: tag(keys(51)),
    },
    CreateVpcEndpointServiceConfiguration: {
      IdempotentParameterMismatch: alone(async (scene) => {
        await create({ ClientToken: 'one' })(scene);
        return create({ ClientToken: 'one', AcceptanceRequired: false })(scene);
      }),
      InvalidClientToken: [create({ ClientToken: 'é' }), create({ ClientToken: 'x'.repeat(65) })],
      'InvalidGatewayLoadBalancerArn.Malformed': create((arn) => ({
        NetworkLoadBalancerArns: [],
        GatewayLoadBalancerArns: [arn('api-2')],
      })),
      'InvalidGatewayLoadBalancerArn.NotFound': create((arn) => ({
        NetworkLoadBalancerArns: [],
        GatewayLoadBalancerArns: [gateway(arn('api-2'))],
      })),
      'InvalidNetworkLoadBalancerArn.Malformed': [
        create({ NetworkLoadBalancerArns: ['api-1'] }),
        create((arn) => ({ NetworkLoadBalancerArns: [gateway(arn('api-2'))] })),
      ],
      'InvalidNetworkLoadBalancerArn.NotFound': [
        create((arn) => ({ NetworkLoadBalancerArns: [absent(arn('api-2'))] })),
        create((arn) => ({ NetworkLoadBalancerArns: [arn('api-eu')] })),
      ],
      InvalidParameter: [
        saying('at least one Network Load Balancer', create({ NetworkLoadBalancerArns: [] })),
        saying(
          'already associated with another',
          create((arn) => ({ NetworkLoadBalancerArns: [arn('api-1')] })),
        ),
        saying('lower case', create({ PrivateDnsName: 'API.vendor.example' })),
        saying('63', create({ PrivateDnsName: `${'a'.repeat(64)}.vendor.example` })),
        saying('first label', create({ PrivateDnsName: 'api.*.example' })),
        saying('dualstack', create({ SupportedIpAddressTypes: ['ipv6'] })),
      ],
      InvalidParameterCombination: saying(
        'together',
        create((arn) => ({ GatewayLoadBalancerArns: [gateway(arn('api-2'))] })),
      ),
      InvalidParameterValue: [
        saying('ipx', create({ SupportedIpAddressTypes: ['ipx'] })),
        saying('mars-1', create({ SupportedRegions: ['mars-1'] })),
        saying('vpc', create({ TagSpecifications: [{ ResourceType: 'vpc' }] })),
      ],
    },
    DeleteTags: {
      InvalidID: untag(['a'], NO_SERVICE),
      InvalidParameterValue: [untag(['aws:a']), untag(keys(1001))],
    },
    DeleteVpcEndpointServiceConfigurations: {
      ExistingVpcEndpointConnections: ({ vendor, service }) =>
        vendor.send(new Delete({ ServiceIds: [service.id] })),
      'InvalidVpcEndpointService.NotFound': ({ vendor }) =>
        vendor.send(new Delete({ ServiceIds: [NO_SERVICE] })),
    },
    DescribeVpcEndpointConnections: {
      InvalidFilter: knob({ connectionsByEndpointId: 'refused' }, ({ vendor }) =>
        vendor.send(
          new DescribeConnections({ Filters: [{ Name: 'vpc-endpoint-id', Values: ['x'] }] }),
        ),
      ),
    },
    DescribeVpcEndpointServiceConfigurations: {
      InvalidMaxResults: knob({ smallMaxResultsCode: 'InvalidMaxResults' }, ({ vendor }) =>
        vendor.send(new Describe({ MaxResults: 1 })),
      ),
    },
    ModifyVpcEndpointServiceConfiguration: {
      ExistingVpcEndpointConnections: modify((arn) => ({
        AddNetworkLoadBalancerArns: [arn('api-2')],
        RemoveNetworkLoadBalancerArns: [arn('api-1')],
      })),
      IncorrectState: knob({ wrongStateCode: 'IncorrectState' }, whenDeleted(modify({}))),
      'InvalidNetworkLoadBalancerArn.Malformed': modify({ AddNetworkLoadBalancerArns: ['api-2'] }),
      'InvalidNetworkLoadBalancerArn.NotFound': modify((arn) => ({
        AddNetworkLoadBalancerArns: [absent(arn('api-2'))],
      })),
      InvalidParameter: [
        modify((arn) => ({ RemoveNetworkLoadBalancerArns: [arn('api-2')] })),
        modify({ RemoveSupportedRegions: ['us-east-1'] }),
        modify({ PrivateDnsName: 'NO' }),
        knob(
          { removePrivateDnsInUse: 'fails' },
          verified(async (scene) => {
            await permit('*')(scene);
            const waiting = { PrivateDnsEnabled: true };
            await scene.vendor.send(
              new Modify({ ServiceId: scene.service.id, AcceptanceRequired: false }),
            );
            await connect(scene.lab, scene.service, waiting);
            return modify({ RemovePrivateDnsName: true })(scene);
          }),
        ),
      ],
      InvalidParameterCombination: modify({ PrivateDnsName: 'a.b', RemovePrivateDnsName: true }),
      InvalidParameterValue: modify({ AddSupportedRegions: ['mars-1'] }),
      InvalidState: alone(whenDeleted(modify({}))),
    },
    ModifyVpcEndpointServicePayerResponsibility: {
      InvalidParameterValue: ({ vendor, service }) =>
        vendor.send(
          new ModifyPayer({
            ServiceId: service.id,
            PayerResponsibility: 'EndpointOwner' as 'ServiceOwner',
          }),
        ),
    },
    ModifyVpcEndpointServicePermissions: {
      InvalidParameter: [
        permit('somebody'),
        knob({ absentPrincipal: 'refused' }, permit(`arn:aws:iam::${CUSTOMER}:role/none`)),
      ],
      'UnknownPrincipalType.Unsupported': [
        permit('ec2.amazonaws.com'),
        permit(`arn:aws:organizations::${VENDOR}:ou/o-example/ou-1`),
      ],
    },
    RejectVpcEndpointConnections: {
      IncorrectState: knob(
        { wrongStateCode: 'IncorrectState', repeatedDecision: 'fails' },
        twice(decide(Reject)),
      ),
      InvalidState: knob({ repeatedDecision: 'fails' }, twice(decide(Reject))),
    },
    StartVpcEndpointServicePrivateDnsVerification: {
      IncorrectState: knob({ verifyWithoutNameCode: 'IncorrectState' }, start),
      InvalidParameter: [start, knob({ verifyVerified: 'fails' }, verified(start))],
      InvalidState: knob({ verifyWithoutNameCode: 'InvalidState' }, start),
    },
  }),
);
