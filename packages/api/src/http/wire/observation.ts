import type {
  AddressScope,
  DnsOutcome,
  ObservationSource,
  PortState,
  TcpOutcome,
  TlsOutcome,
} from '../../domain/observation.ts';
import type { AvailabilityZoneId } from './aws-names.ts';
import type { ConnectionId, ObservationId, ObservationTokenId } from './ids.ts';
import type { CreatedAt, Timestamp } from './text.ts';

/**
 * A name of the DNS, or one of a certificate, which may begin with `*.`.
 * @pattern ^[A-Za-z0-9*._:-]+$
 * @maxLength 253
 */
export type HostName = string;

/**
 * An address of IPv4 or IPv6.
 * @pattern ^[0-9a-fA-F.:]{2,45}$
 */
export type IpAddress = string;

/**
 * A port of TCP.
 * @isInt
 * @minimum 1
 * @maximum 65535
 */
export type Port = number;

/**
 * AWS's id of a security group.
 * @pattern ^sg-[0-9a-f]{8,17}$
 */
export type SecurityGroupId = string;

/**
 * Where it was seen from, in words: a host, a subnet, an office. Characters that steer terminals
 * are replaced.
 * @minLength 1
 * @maxLength 200
 */
export type Vantage = string;

/** What the customer's resolver says of the name. */
export interface DnsObservation {
  /** The name that clients connect to. */
  name: HostName;
  outcome: DnsOutcome;
  /**
   * The addresses that it gave; none unless it answered.
   * @maxItems 50
   */
  addresses: IpAddress[];
  /** The resolver that was asked; null when that of the system was, whatever it is. */
  resolver: IpAddress | null;
}

/** The same, and where the addresses are. */
export interface ObservedDns extends DnsObservation {
  /** Where they are: an endpoint's are private, so `public` ones lead past it. */
  scope: AddressScope;
}

/** A connection that was tried to one address. */
export interface TcpObservation {
  /** The address that was connected to. */
  address: IpAddress;
  /** The port that was connected to. */
  port: Port;
  outcome: TcpOutcome;
  /**
   * Milliseconds until the connection was there; null when it never was, or nobody measured.
   * @isInt
   * @minimum 0
   * @maximum 600000
   */
  latency_ms: number | null;
}

/** A TLS handshake. PrivateLink carries bytes: whether they are encrypted is up to both ends. */
export interface TlsObservation {
  /** The name that the client asked for (SNI). */
  server_name: HostName;
  outcome: TlsOutcome;
  /**
   * Such as `TLSv1.3`; null when nothing was negotiated.
   * @pattern ^(TLS|SSL)v[0-9](\.[0-9])?$
   */
  version: string | null;
  /**
   * What was agreed on by ALPN, such as `h2`; null when nothing was.
   * @pattern ^[A-Za-z0-9./_-]{1,40}$
   */
  alpn: string | null;
}

/** The certificate that the server showed. */
export interface CertificateObservation {
  /**
   * The names that it is for.
   * @maxItems 100
   */
  names: HostName[];
  /** When it expires; null when that could not be read. */
  expires_at: Timestamp | null;
  /** Whether the client trusts who signed it; null when nobody looked. */
  trusted: boolean | null;
}

/** What security groups do with the port: those of the endpoint, and those of the client. */
export interface SecurityGroupsObservation {
  /**
   * The security groups of the endpoint.
   * @maxItems 20
   */
  ids: SecurityGroupId[];
  /** The port that it is about. */
  port: Port;
  /** Whether those of the endpoint let clients in. */
  ingress: PortState;
  /** Whether those of the client let it out. */
  egress: PortState;
}

/** The endpoint and its VPC, as the customer's account shows them. */
export interface NetworkObservation {
  /**
   * The VPC that the endpoint is in; null when nobody looked.
   * @pattern ^vpc-[0-9a-f]{8,17}$
   */
  vpc_id: string | null;
  /**
   * The zones that the endpoint has an interface in, by id.
   * @maxItems 20
   */
  availability_zone_ids: AvailabilityZoneId[];
  /** Whether private DNS is switched on at the endpoint; null when nobody looked. */
  private_dns_enabled: boolean | null;
  /** The attribute `enableDnsSupport` of the VPC; null when nobody looked. */
  dns_support: boolean | null;
  /** The attribute `enableDnsHostnames` of the VPC; null when nobody looked. */
  dns_hostnames: boolean | null;
}

/** What the customer's side sees of its connection. Each part is optional: nobody looked then. */
export interface ObservationCreate {
  /** When it was seen; now, unless said otherwise. At most 30 days ago. */
  observed_at?: Timestamp;
  vantage?: Vantage;
  network?: NetworkObservation;
  dns?: DnsObservation;
  /**
   * One for each address that was tried.
   * @maxItems 20
   */
  tcp?: TcpObservation[];
  tls?: TlsObservation;
  certificate?: CertificateObservation;
  security_groups?: SecurityGroupsObservation;
}

/** What the customer's side saw of its connection, dated. It is taken as it was said. */
export interface Observation {
  /** The id of the observation: `obs_` and 26 characters. */
  id: ObservationId;
  /** The connection that it is about. */
  connection_id: ConnectionId;
  source: ObservationSource;
  /** When it was seen, as whoever reported it says. */
  observed_at: Timestamp;
  /** When it came here. */
  received_at: Timestamp;
  /** Where it was seen from; null when nobody said. */
  vantage: Vantage | null;
  /** Null when nobody looked. */
  network: NetworkObservation | null;
  /** Null when nobody looked. */
  dns: ObservedDns | null;
  /** One for each address that was tried; none when nobody looked. */
  tcp: TcpObservation[];
  /** Null when nobody looked. */
  tls: TlsObservation | null;
  /** Null when nobody looked, or none was shown. */
  certificate: CertificateObservation | null;
  /** Null when nobody looked. */
  security_groups: SecurityGroupsObservation | null;
}

/** A right to report once on one connection, for a script. The token is shown this once. */
export interface ObservationToken {
  /** The id of the token: `obt_` and 26 characters. */
  id: ObservationTokenId;
  /** The only connection that can be reported on with it. */
  connection_id: ConnectionId;
  created_at: CreatedAt;
  /** Until when it works: fifteen minutes after it was made. */
  expires_at: Timestamp;
  /**
   * What the script sends along with its report. It works once.
   * @pattern ^sallyport_observation_[0-9A-Za-z]{49}$
   */
  token: string;
}

/** A report with a one-time token. */
export interface ObservationUpload {
  /**
   * The token. It works once.
   * @minLength 10
   * @maxLength 200
   */
  token: string;
  observation: ObservationCreate;
}
