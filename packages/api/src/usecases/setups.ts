// Gathers what is known of a connection to be and has the domain write it down. AWS is not asked.

import type { DnsMode } from '../domain/connection.ts';
import { refuseInput } from '../domain/errors.ts';
import { partitionOfRegion } from '../domain/proof.ts';
import {
  setupModel,
  type Setup,
  type SetupFormat,
  type SetupProofRole,
} from '../domain/setup/model.ts';
import { renderSetup } from '../domain/setup/render.ts';
import * as accounts from '../storage/accounts.ts';
import * as providerAccounts from '../storage/provider-accounts.ts';
import { asService, type Context } from './context.ts';
import * as customers from './customers.ts';
import { existing } from './existing.ts';
import { partiesOf } from './preflights.ts';
import * as proofRoles from './proof-roles.ts';

export interface SetupWanted {
  customerId?: string;
  endpointServiceId: string;
  accountId: string;
  format: SetupFormat;
  region?: string;
  vpcId?: string;
  availabilityZoneIds?: string[];
  subnetIds?: string[];
  securityGroupIds?: string[];
  clientCidrs?: string[];
  ports?: number[];
  dns?: DnsMode;
  dnsVpcIds?: string[];
  profileId?: string;
  proofRole?: boolean;
}

export interface ShownSetup extends Setup {
  format: SetupFormat;
  endpointServiceId: string;
  accountId: string;
  region: string;
}

/**
 * @throws Refusal `not_found` for a service that the caller cannot see, or an account that the
 *   customer has not claimed; `invalid_state_transition` until AWS has named the service
 */
export async function render(context: Context, wanted: SetupWanted): Promise<ShownSetup> {
  const { service, grant, customerId } = await partiesOf(context, wanted);
  const { accountId, format, region = service.region } = wanted;
  const partition = partitionOfRegion(service.region);
  if (partitionOfRegion(region) !== partition) {
    const detail = `${region} and ${service.region} are in different partitions of AWS.`;
    throw refuseInput({ pointer: '/region' }, detail);
  }
  const claimed = await accounts.find(context.db, accountId, customerId);
  const account = existing(claimed, 'account', accountId);
  const customer = await customers.get(context, customerId);
  const provider = await asService(context, ({ db }) => {
    return providerAccounts.find(db, service.providerAccountId);
  });
  const model = setupModel({
    wish: {
      accountId,
      region,
      vpcId: wanted.vpcId ?? null,
      availabilityZoneIds: wanted.availabilityZoneIds ?? [],
      subnetIds: wanted.subnetIds ?? [],
      securityGroupIds: wanted.securityGroupIds ?? [],
      clientCidrs: wanted.clientCidrs ?? [],
      ports: wanted.ports ?? [443],
      dns: wanted.dns ?? 'endpoint',
      dnsVpcIds: wanted.dnsVpcIds ?? [],
      profileId: wanted.profileId ?? null,
    },
    service,
    grant,
    customerName: customer.name,
    partition,
    vendorAccountId: existing(provider, 'providerAccount', service.providerAccountId).accountId,
    sallyportUrl: context.audience,
    proofRole: wanted.proofRole ? await proofRoleOf(context, account.id) : null,
  });
  const rendered = renderSetup(model, format);
  return { ...rendered, format, endpointServiceId: service.id, accountId, region };
}

/** @throws Refusal `invalid_request` while the vendor has nobody whom a role could trust */
async function proofRoleOf(context: Context, accountKey: string): Promise<SetupProofRole> {
  const { roleName, trustedPrincipal, externalId } = await proofRoles.get(context, accountKey);
  if (trustedPrincipal !== null) return { roleName, trustedPrincipal, externalId };
  const detail = 'The vendor has no account in this partition that a role could trust.';
  throw refuseInput({ pointer: '/proof_role' }, detail);
}
