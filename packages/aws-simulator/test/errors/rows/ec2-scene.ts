// What the errors of EC2 are met in: a vendor with a service, a customer with a waiting endpoint.

import type { EC2Client } from '@aws-sdk/client-ec2';
import { defaultWorldSpec, type SimulatorOptions, type WorldSpec } from '../../../src/index.ts';
import { CUSTOMER, openLab, OTHER_CUSTOMER, VENDOR } from '../../lab.ts';
import { connect, offerService, type Service } from '../../scenes.ts';
import type { Attempt, Scene } from '../ledger.ts';

export interface Ec2Scene extends Scene {
  readonly vendor: EC2Client;
  readonly customer: EC2Client;
  readonly service: Service;
  /** An endpoint for the service, which has not been accepted. */
  readonly endpoint: string;
  readonly vpcId: string;
  /** Two subnets in a zone of the service, and one in a zone in which it is not. */
  readonly subnets: readonly [first: string, twin: string, outside: string];
  /** The default security group, a rule of it for egress, and the endpoint's interface. */
  readonly groupId: string;
  readonly ruleId: string;
  readonly interfaceId: string;
  /** Of the customer's other VPC, and of another account. */
  readonly otherGroupId: string;
  readonly foreign: { readonly vpcId: string; readonly subnetId: string; readonly groupId: string };
  /** Of the other account, which shares the subnet with the customer. */
  readonly shared: { readonly vpcId: string; readonly subnetId: string };
}

export type Go = Attempt<Ec2Scene>;

export const UNKNOWN = '0123456789abcdef0';

const customerVpcs = [
  { region: 'us-east-1', zoneIds: ['use1-az1', 'use1-az1', 'use1-az4'] },
  { region: 'us-east-1', cidr: '10.9.0.0/16' },
];
const lentVpc = {
  region: 'us-east-1',
  cidr: '10.40.0.0/16',
  subnets: [{ zoneId: 'use1-az1', sharedWith: [CUSTOMER] }],
};

export async function openEc2(options: SimulatorOptions): Promise<Ec2Scene> {
  const lab = await openLab({ world: narrowWorld(), ...options });
  const { world } = lab.simulator;
  const vpcsOf = (account: string) => [...world.vpcs.by('owner', `${account}/us-east-1`)];
  const subnetsOf = (account: string) => [...world.subnets.by('owner', `${account}/us-east-1`)];
  const service = await offerService(lab, {}, ['*']);
  const { VpcEndpointId: endpoint = '', NetworkInterfaceIds } = await connect(lab, service);
  const [vpc, otherVpc] = vpcsOf(CUSTOMER);
  const [first = '', twin = '', outside = ''] = subnetsOf(CUSTOMER).map(({ id }) => id);
  const groupId = vpc?.defaultSecurityGroupId ?? '';
  const [rule] = [...world.securityGroupRules.by('group', groupId)].filter(({ egress }) => egress);
  const [theirs] = vpcsOf(OTHER_CUSTOMER);
  const [own, lent] = [subnetsOf(OTHER_CUSTOMER).at(0), subnetsOf(OTHER_CUSTOMER).at(-1)];
  return {
    lab,
    vendor: lab.as(VENDOR).ec2,
    customer: lab.as(CUSTOMER).ec2,
    service,
    endpoint,
    vpcId: vpc?.id ?? '',
    subnets: [first, twin, outside],
    groupId,
    ruleId: rule?.id ?? '',
    interfaceId: NetworkInterfaceIds?.[0] ?? '',
    otherGroupId: otherVpc?.defaultSecurityGroupId ?? '',
    foreign: {
      vpcId: theirs?.id ?? '',
      subnetId: own?.id ?? '',
      groupId: theirs?.defaultSecurityGroupId ?? '',
    },
    shared: { vpcId: lent?.vpcId ?? '', subnetId: lent?.id ?? '' },
  };
}

function narrowWorld(): WorldSpec {
  const accounts = defaultWorldSpec().accounts.map((account) => {
    if (account.id === VENDOR) {
      const region = 'us-east-1';
      const loadBalancers = [
        { name: 'api-1', region, zoneIds: ['use1-az1', 'use1-az2'] },
        { name: 'api-2', region },
        { name: 'api-eu', region: 'eu-west-1' },
      ];
      return { ...account, loadBalancers };
    }
    if (account.id === CUSTOMER) return { ...account, vpcs: customerVpcs };
    return { ...account, vpcs: [...(account.vpcs ?? []), lentVpc] };
  });
  return { accounts };
}
