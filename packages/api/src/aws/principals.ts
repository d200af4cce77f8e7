// The allowlist part of EndpointServicePort. ModifyVpcEndpointServicePermissions has no list of
// what it did not do: one principal that EC2 does not take fails the whole call.

import type { OpenEc2 } from './clients.ts';
import { batches, pageSize, readPages } from './pages.ts';
import type { EndpointServicePort, PrincipalChange } from './ports.ts';
import { requireDone, requireId, requireMember } from './required.ts';

type PrincipalsPort = Pick<EndpointServicePort, 'listPrincipals' | 'changePrincipals'>;

const describeAction = 'DescribeVpcEndpointServicePermissions';
const modifyAction = 'ModifyVpcEndpointServicePermissions';

export function createPrincipals(open: OpenEc2): PrincipalsPort {
  return {
    listPrincipals: async (serviceId, signal) => {
      const ServiceId = requireId('serviceId', serviceId);
      const ec2 = await open(signal);
      // Not by the filter `principal`: EC2 was seen to refuse it for values with a slash.
      const entries = await readPages(describeAction, async (token) => {
        const input = { ServiceId, MaxResults: pageSize, NextToken: token };
        const options = { abortSignal: signal };
        const page = await ec2.describeVpcEndpointServicePermissions(input, options);
        return { items: page.AllowedPrincipals, next: page.NextToken };
      });
      return entries.map(({ Principal, ServicePermissionId }) => ({
        arn: requireMember(describeAction, 'principal', Principal),
        permissionId: ServicePermissionId || null,
      }));
    },

    changePrincipals: async (serviceId, change, signal) => {
      const ServiceId = requireId('serviceId', serviceId);
      const changes = requestsFor(change);
      const ec2 = await open(signal);
      for (const part of changes) {
        const input = { ServiceId, ...part };
        const options = { abortSignal: signal };
        const answer = await ec2.modifyVpcEndpointServicePermissions(input, options);
        requireDone(modifyAction, answer.ReturnValue);
      }
    },
  };
}

interface PermissionsChange {
  AddAllowedPrincipals?: string[];
  RemoveAllowedPrincipals?: string[];
}

/** One request for a change that fits into one, since each costs a token of EC2's throttle. */
function requestsFor({ add, remove }: PrincipalChange): PermissionsChange[] {
  const entries = [
    ...add.map((arn) => ({ arn, list: 'AddAllowedPrincipals' as const })),
    ...remove.map((arn) => ({ arn, list: 'RemoveAllowedPrincipals' as const })),
  ];
  return batches('principals to add or remove', entries).map((batch) => {
    const change: PermissionsChange = {};
    for (const { arn, list } of batch) (change[list] ??= []).push(requireArn(arn));
    return change;
  });
}

/** A principal that is `*` opens the service to everybody: it has no way through here. */
function requireArn(arn: string): string {
  if (/^arn:[a-z-]+:iam::\d{12}:\S+$/.test(arn)) return arn;
  throw new TypeError(`"${arn}" is not the ARN of an IAM identity: nothing was sent.`);
}
