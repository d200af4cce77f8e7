// What a customer's side reports of a connection, and nobody else can see: how its clients resolve
// the name, whether they reach the endpoint, and what answers there. It is taken as it was said.

export const observationSources = ['vendor', 'customer', 'script'] as const;
/** Who reported it: staff, a key or token of the customer, or a script with a one-time token. */
export type ObservationSource = (typeof observationSources)[number];

export const dnsOutcomes = [
  'answered',
  'no_such_name',
  'no_answer',
  'timed_out',
  'failed',
] as const;
/**
 * `no_such_name` is NXDOMAIN; with `no_answer` the name is there, and has no address; `failed` is
 * any other refusal of the resolver.
 */
export type DnsOutcome = (typeof dnsOutcomes)[number];

export const tcpOutcomes = ['connected', 'refused', 'timed_out', 'unreachable', 'failed'] as const;
/** What came of a connection to one address and port. */
export type TcpOutcome = (typeof tcpOutcomes)[number];

export const tlsOutcomes = ['negotiated', 'refused', 'timed_out', 'failed'] as const;
/** What came of a TLS handshake, whatever the certificate says. */
export type TlsOutcome = (typeof tlsOutcomes)[number];

export const portStates = ['open', 'closed', 'unknown'] as const;
/** Whether security groups let the port through. */
export type PortState = (typeof portStates)[number];

export const addressScopes = ['private', 'public', 'mixed', 'none'] as const;
/** Where addresses are: in private networks, in the public internet, some of each, or none. */
export type AddressScope = (typeof addressScopes)[number];

export interface DnsReport {
  name: string;
  outcome: DnsOutcome;
  addresses: string[];
  resolver: string | null;
}

export interface TcpReport {
  address: string;
  port: number;
  outcome: TcpOutcome;
  latencyMs: number | null;
}

export interface TlsReport {
  serverName: string;
  outcome: TlsOutcome;
  version: string | null;
  alpn: string | null;
}

export interface CertificateReport {
  names: string[];
  /** RFC 3339. */
  expiresAt: string | null;
  trusted: boolean | null;
}

export interface SecurityGroupsReport {
  ids: string[];
  port: number;
  ingress: PortState;
  egress: PortState;
}

/** The endpoint and its VPC, as the customer's account shows them. */
export interface NetworkReport {
  vpcId: string | null;
  availabilityZoneIds: string[];
  privateDnsEnabled: boolean | null;
  dnsSupport: boolean | null;
  dnsHostnames: boolean | null;
}

/** Each part may be missing: then nobody has looked. */
export interface ObservationReport {
  vantage: string | null;
  network: NetworkReport | null;
  dns: DnsReport | null;
  tcp: TcpReport[];
  tls: TlsReport | null;
  certificate: CertificateReport | null;
  securityGroups: SecurityGroupsReport | null;
}

export interface Observation {
  id: string;
  connectionId: string;
  customerId: string | null;
  source: ObservationSource;
  /** When it was seen, as whoever reported it says. */
  observedAt: Date;
  receivedAt: Date;
  report: ObservationReport;
}

/** A one-time right to report on one connection. */
export interface ObservationToken {
  id: string;
  connectionId: string;
  customerId: string | null;
  madeBy: string;
  createdAt: Date;
  expiresAt: Date;
}

export const observationTokenLifetimeMs = 15 * 60_000;

/** How many are kept of a connection, the newest: a watch may report every minute. */
export const observationsKept = 100;

/** A clock that is ahead by no more than this is taken for one that is right. */
const aheadMs = 5 * 60_000;
/** As long as proofs and reports of runs are kept; what is older tells nothing of today. */
const oldestMs = 30 * 86_400_000;

/** Whether an observation may be of this moment. */
export function isObservable(at: Date, now: Date): boolean {
  return at.getTime() <= now.getTime() + aheadMs && at.getTime() >= now.getTime() - oldestMs;
}

/** Text of others as it may stand in a terminal or a log: without what would steer either. */
export function disarmed(text: string): string {
  return text.toWellFormed().replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}]/gu, '\u{fffd}');
}

/** A reported host as one word of a command: nothing that is an option, or a pattern of files. */
export function hostWord(host: string): string {
  return /^\w[\w.:-]*$/.test(host) ? host : 'NAME';
}

export function scopeOf(addresses: readonly string[]): AddressScope {
  if (addresses.length === 0) return 'none';
  const inside = addresses.filter(isPrivate).length;
  if (inside === addresses.length) return 'private';
  return inside === 0 ? 'public' : 'mixed';
}

/** RFC 1918, shared (RFC 6598), link-local and loopback; unique local and link-local of IPv6. */
const privateNets = [
  /^10\./,
  /^192\.168\./,
  /^172\.(1[6-9]|2\d|3[01])\./,
  /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
  /^169\.254\./,
  /^127\./,
  /^::1$/,
  /^f[cd][0-9a-f]{2}:/i,
  /^fe[89ab][0-9a-f]:/i,
];

function isPrivate(address: string): boolean {
  return privateNets.some((net) => net.test(address));
}

/** Whether a certificate with these names is one for this name (RFC 6125: one label for a `*`). */
export function namesCover(names: readonly string[], wanted: string): boolean {
  const host = wanted.toLowerCase().replace(/\.$/, '');
  const parent = host.slice(host.indexOf('.') + 1);
  return names.some((name) => {
    const given = name.toLowerCase().replace(/\.$/, '');
    return given === host || (given === `*.${parent}` && parent !== host);
  });
}
