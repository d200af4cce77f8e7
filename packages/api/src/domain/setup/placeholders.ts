// What only the customer can know of its network, with the command that tells it.

import type { Placeholder, SetupModel } from './model.ts';

/** In the order in which they are found: the VPC first, as the others are in it. */
export function unknownNetwork(model: SetupModel): Placeholder[] {
  const { region, vpcId, zoneIds } = model;
  const vpc = vpcId ?? 'VPC_ID';
  const zones = zoneIds.length > 0 ? ` Name=availability-zone-id,Values=${zoneIds.join(',')}` : '';
  const found: (Placeholder | null)[] = [
    vpcId === null
      ? {
          name: 'VPC_ID',
          meaning: 'The VPC that the endpoint is to be in.',
          command: `aws ec2 describe-vpcs --region ${region} --query 'Vpcs[].[VpcId,CidrBlock]'`,
        }
      : null,
    model.subnetIds.length === 0
      ? {
          name: 'SUBNET_IDS',
          meaning:
            zoneIds.length > 0
              ? `One subnet in each of ${zoneIds.join(', ')}, with commas in between.`
              : 'Subnets of at least two zones, with commas in between.',
          command:
            `aws ec2 describe-subnets --region ${region} ` +
            `--filters Name=vpc-id,Values=${vpc}${zones} ` +
            "--query 'Subnets[].[AvailabilityZoneId,SubnetId,AvailableIpAddressCount]'",
        }
      : null,
    model.dns === 'profile' && model.profileId === null
      ? {
          name: 'PROFILE_ID',
          meaning: 'The Route 53 Profile that resolves for your VPCs.',
          command: `aws route53profiles list-profiles --region ${region}`,
        }
      : null,
  ];
  return found.filter((one) => one !== null);
}

/** Who may use the endpoint: where nobody looks the VPC up, it has to be said. */
export function unknownClients({ region, vpcId, ...model }: SetupModel): Placeholder[] {
  if (model.securityGroupIds.length > 0 || model.clientCidrs.length > 0) return [];
  const command =
    `aws ec2 describe-vpcs --region ${region} --vpc-ids ${vpcId ?? 'VPC_ID'} ` +
    "--query 'Vpcs[].CidrBlock'";
  const meaning = 'The addresses that may use the endpoint, such as those of the VPC.';
  return [{ name: 'CLIENT_CIDR', meaning, command }];
}
