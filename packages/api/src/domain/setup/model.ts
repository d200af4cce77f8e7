// The one model of a customer's side of a connection, from which every format of it is rendered.

import type { DnsMode } from '../connection.ts';
import type { EndpointService } from '../endpoint-service.ts';
import { refuse } from '../errors.ts';
import type { Grant } from '../grant.ts';
import type { NextStep } from '../check.ts';
import { unsupportedAcross } from '../preflight-network.ts';

export const setupFormats = [
  'terraform',
  'cloudformation',
  'cdk',
  'aws-cli',
  'change-request',
] as const;
/** What the customer's side is made with; or, as `change-request`, what asks for it. */
export type SetupFormat = (typeof setupFormats)[number];

/** What the customer said of its own network. */
export interface SetupWish {
  accountId: string;
  region: string;
  vpcId: string | null;
  availabilityZoneIds: string[];
  subnetIds: string[];
  securityGroupIds: string[];
  clientCidrs: string[];
  ports: number[];
  dns: DnsMode;
  dnsVpcIds: string[];
  profileId: string | null;
}

export interface SetupModel extends SetupWish {
  /** What is made is called so: small letters, digits and hyphens. */
  name: string;
  /** As the vendor calls the service: any text. */
  title: string;
  customerName: string;
  partition: string;
  vendorAccountId: string;
  serviceName: string;
  serviceId: string;
  /** The Region of the service, when the endpoint is in another one. */
  serviceRegion: string | null;
  /** Zones that the endpoint can be in; empty for any. */
  zoneIds: string[];
  /** Null when the service has none, or nobody is to resolve it. */
  privateDnsName: string | null;
  acceptance: Grant['acceptance'];
  /** Names of the only roles that may make the endpoint; empty for the whole account. */
  roleNames: string[];
  sallyportUrl: string;
  proofRole: SetupProofRole | null;
}

export interface SetupProofRole {
  roleName: string;
  trustedPrincipal: string;
  externalId: string;
}

/** What is rendered: files to keep as they are named, and what to do with them, in order. */
export interface Setup {
  files: SetupFile[];
  steps: NextStep[];
  /** What only the customer can know, and has to fill in. */
  placeholders: Placeholder[];
}

export interface SetupFile {
  name: string;
  content: string;
}

export interface Placeholder {
  name: string;
  meaning: string;
  command: string | null;
}

export interface SetupFacts {
  wish: SetupWish;
  service: EndpointService;
  grant: Pick<Grant, 'acceptance' | 'roleNames'> | null;
  customerName: string;
  partition: string;
  vendorAccountId: string;
  sallyportUrl: string;
  proofRole: SetupProofRole | null;
}

/** @throws Refusal `invalid_state_transition` until AWS has named the service */
export function setupModel({ wish, service, grant, ...facts }: SetupFacts): SetupModel {
  const { serviceName, serviceId, observed } = service;
  if (serviceName === null || serviceId === null) {
    throw refuse('invalid_state_transition', `AWS has not created ${service.id} yet.`);
  }
  const offered = observed?.availabilityZoneIds ?? [];
  return {
    ...facts,
    ...wish,
    subnetIds: unique(wish.subnetIds),
    securityGroupIds: unique(wish.securityGroupIds),
    clientCidrs: unique(wish.clientCidrs),
    ports: unique(wish.ports),
    dnsVpcIds: unique(wish.dnsVpcIds).filter((id) => id !== wish.vpcId),
    name: nameOf(service.name),
    title: service.name,
    serviceName,
    serviceId,
    serviceRegion: wish.region === service.region ? null : service.region,
    zoneIds: zonesOf(wish, service.region, offered),
    privateDnsName: observed?.privateDns?.name ?? null,
    acceptance: grant?.acceptance ?? 'automatic',
    roleNames: grant?.roleNames ?? [],
  };
}

/** The name that clients are to use, or null when they use the endpoint's own. */
export function resolvedName({ dns, privateDnsName }: SetupModel): string | null {
  return dns === 'none' ? null : privateDnsName;
}

/** Of the zones that were named those that will do, and of none all of them. */
function zonesOf(
  { region, availabilityZoneIds: named }: SetupWish,
  serviceRegion: string,
  offered: readonly string[],
): string[] {
  if (region !== serviceRegion) return named.filter((zone) => !unsupportedAcross.includes(zone));
  if (named.length === 0) return [...offered];
  return unique(named).filter((zone) => offered.length === 0 || offered.includes(zone));
}

function nameOf(text: string): string {
  const words = text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const name = `sallyport-${words}`.slice(0, 60).replaceAll(/^-+|-+$/g, '');
  return name === 'sallyport' ? 'sallyport-endpoint' : name;
}

/** AWS refuses a list that names something twice. */
function unique<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items)];
}
