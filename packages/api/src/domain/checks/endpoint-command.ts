// The command that makes an endpoint, as far as the vendor can know it.

import type { Connection } from '../connection.ts';

/** @param serviceRegion which `create-vpc-endpoint` has to be told where it is another one */
export function endpointCommand(
  { serviceName }: Pick<Connection, 'serviceName'>,
  region: string,
  serviceRegion: string,
): string {
  return [
    `aws ec2 create-vpc-endpoint --region ${region} --vpc-endpoint-type Interface`,
    `--service-name ${serviceName ?? 'SERVICE-NAME'}`,
    ...(region === serviceRegion ? [] : [`--service-region ${serviceRegion}`]),
    '--vpc-id VPC --subnet-ids SUBNET --security-group-ids GROUP',
  ].join(' ');
}
