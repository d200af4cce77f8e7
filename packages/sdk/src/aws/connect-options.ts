// What `connect` takes, what it tells meanwhile, and what it gives.
import type { Sallyport } from '../generated/client.ts';
import type { Connection } from '../generated/types.ts';
import type { ConnectionOptions, DnsMode } from './options.ts';

/** The part of a client that connecting needs. */
export type ConnectingClient = Pick<
  Sallyport,
  'accounts' | 'operations' | 'origin' | 'grants' | 'connections' | 'setup'
>;

export interface ConnectOptions extends ConnectionOptions {
  /** Whether an account without standing is proven with these credentials; true. */
  prove?: boolean | undefined;
  /** The service's public origin, if `baseUrl` leads to it by another name. */
  audience?: string | undefined;
  /** Whether an endpoint that is rejected, failed or expired is deleted and made anew; false. */
  replace?: boolean | undefined;
  /** For what is made. */
  tags?: Record<string, string> | undefined;
  /** For the whole call; 900 000 ms. What was begun stays, and another call goes on with it. */
  timeoutMs?: number | undefined;
  onProgress?: ((progress: ConnectProgress) => void) | undefined;
  /** From one look at AWS to the next; 2 000 ms. */
  pollMs?: number | undefined;
}

/** In their order. Those that find nothing to do are told, too. */
export type ConnectStep =
  | 'account'
  | 'service'
  | 'preflight'
  | 'endpoint'
  | 'security-group'
  | 'acceptance'
  | 'private-dns';

export interface ConnectProgress {
  step: ConnectStep;
  state: 'started' | 'waiting' | 'done';
  /** What is being done, or was; for people. */
  message: string;
  /** Undefined while there is none. */
  vpc_endpoint_id: string | undefined;
}

export interface Connected {
  connection: Connection;
  vpc_endpoint_id: string;
  service_name: string;
  vpc_id: string;
  dns: {
    mode: DnsMode;
    /** What clients use; null when they use the endpoint's own names. */
    name: string | null;
    /** Whether AWS resolves it in the VPC. */
    private_dns_enabled: boolean;
    /** Where an alias of yours has to lead, by dns `hosted-zone` or `profile`. */
    target: { name: string; hosted_zone_id: string } | null;
  };
}
