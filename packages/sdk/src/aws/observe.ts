// Looks at a connection from where its clients are: what the vendor cannot see. To be run on a
// machine in the customer's network, and reported to the service, whose diagnosis goes by it.
import { SallyportError } from '../errors.ts';
import type { Sallyport } from '../generated/client.ts';
import type { Connection, Diagnosis, Observation, ObservationCreate } from '../generated/types.ts';
import { type AwsOptions, checkOptions, DEFAULT_PORT } from './options.ts';
import { type OwnSide, readOwnSide } from './own-side.ts';
import { probeDns } from './probes/dns.ts';
import { probeTcp } from './probes/tcp.ts';
import { probeTls } from './probes/tls.ts';
import { withAws } from './session.ts';

export interface ObserveOptions extends Partial<AwsOptions> {
  /** The name that clients connect to; that of the service, or of the endpoint itself. */
  host?: string | undefined;
  /** The TCP port that clients use; 443. */
  port?: number | undefined;
  /** Whether the service speaks TLS on it; true. */
  tls?: boolean | undefined;
  /** Where this is seen from, in words; the name of this machine is not told by itself. */
  vantage?: string | undefined;
  /** Whether it is reported to the service; true. */
  report?: boolean | undefined;
  /** For each look; 5 000 ms. */
  probeTimeoutMs?: number | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: ObserveProgress) => void) | undefined;
}

export interface ObserveProgress {
  step: 'network' | 'dns' | 'tcp' | 'tls' | 'report';
  /** For people. */
  message: string;
}

export interface Observed {
  connection: Connection;
  /** What was seen, as it is reported. */
  seen: ObservationCreate;
  /** Null when it was not to be reported. */
  observation: Observation | null;
  /** What the service makes of it; null when it was not reported. */
  diagnosis: Diagnosis | null;
}

/** The part of a client that observing needs. */
export type ObservingClient = Pick<Sallyport, 'connections' | 'grants'>;

/** As many as a report may have. */
const MOST_ADDRESSES = 20;

/**
 * Resolves the name, connects to each address, shakes hands by TLS and reads the certificate; with
 * a `region`, also what EC2 shows of the endpoint. Reports it, and gives the diagnosis by it.
 * @param connectionId `con_…` or `vpce-…`
 * @throws SallyportError when there is no name to look at
 * @throws MissingPeerError with a `region`, without `@aws-sdk/client-ec2`
 * @example
 * ```ts
 * import { observe } from '@sallyport/sdk/aws';
 *
 * const { seen, diagnosis } = await observe(client, 'vpce-0123456789abcdef0', {
 *   region: 'us-east-1',
 *   vantage: 'bastion in eu-central',
 * });
 * ```
 */
export async function observe(
  client: ObservingClient,
  connectionId: string,
  options: ObserveOptions = {},
): Promise<Observed> {
  const { port = DEFAULT_PORT, onProgress, signal, vantage, report = true } = options;
  const connection = await client.connections.get(connectionId, { signal });
  const own = await ownSideOf(connection, port, options);
  if (own) onProgress?.({ step: 'network', message: `EC2 shows ${own.endpoint.id}.` });
  const host = options.host ?? (await hostOf(client, connection, own, signal));
  const probed = await probe(host, port, options);
  const seen: ObservationCreate = {
    observed_at: new Date().toISOString(),
    ...(vantage === undefined ? {} : { vantage }),
    ...(own ? { network: own.network, security_groups: own.security_groups } : {}),
    ...probed,
  };
  if (!report) return { connection, seen, observation: null, diagnosis: null };
  const { id } = connection;
  const observation = await client.connections.observations.create(id, seen, { signal });
  onProgress?.({ step: 'report', message: `Reported as ${observation.id}.` });
  const diagnosis = await client.connections.diagnose(id, { signal });
  return { connection, seen, observation, diagnosis };
}

function ownSideOf(
  { vpc_endpoint_id: endpointId }: Connection,
  port: number,
  { region, credentials, aws, signal }: ObserveOptions,
): Promise<OwnSide | undefined> {
  checkOptions({ region: region ?? 'us-east-1', port });
  if (region === undefined) return Promise.resolve(undefined);
  return withAws({ region, credentials, aws, signal }, ({ network }) =>
    readOwnSide(network, endpointId, port),
  );
}

/** What clients use: the private name, unless the customer has declared that they do not. */
async function hostOf(
  client: ObservingClient,
  { endpoint_service_id: serviceId, dns, customer_id }: Connection,
  own: OwnSide | undefined,
  signal: AbortSignal | undefined,
): Promise<string> {
  const ownName = own?.endpoint.dns[0]?.name;
  const query = customer_id === null ? {} : { customer_id };
  const list = client.grants.list({ ...query, endpoint_service_id: serviceId, signal });
  const [grant] = dns === 'none' ? [] : await list.toArray({ limit: 1 });
  const host = grant?.service.private_dns_name ?? ownName;
  if (host !== undefined) return host.replace(/^\*\./, 'www.');
  throw new SallyportError(
    'There is no private name: name the host that clients connect to, or the region of the ' +
      "endpoint, so that the endpoint's own name can be read.",
  );
}

async function probe(
  host: string,
  port: number,
  { tls = true, probeTimeoutMs = 5_000, signal, onProgress }: ObserveOptions,
): Promise<Pick<ObservationCreate, 'dns' | 'tcp' | 'tls' | 'certificate'>> {
  const dns = await probeDns(host, probeTimeoutMs);
  signal?.throwIfAborted();
  const answer = dns.addresses.join(', ') || dns.outcome;
  onProgress?.({ step: 'dns', message: `${host} is ${answer}.` });
  const addresses = dns.addresses.slice(0, MOST_ADDRESSES);
  const tcp = await Promise.all(
    addresses.map((address) => probeTcp(address, port, probeTimeoutMs)),
  );
  signal?.throwIfAborted();
  for (const { address, outcome } of tcp) {
    onProgress?.({ step: 'tcp', message: `${address}:${port}: ${outcome}.` });
  }
  const reached = tcp.find(({ outcome }) => outcome === 'connected');
  if (!reached || !tls) return { dns, tcp };
  const { address } = reached;
  const timeoutMs = probeTimeoutMs;
  const seen = await probeTls({ address, port, serverName: host, timeoutMs });
  onProgress?.({ step: 'tls', message: `${seen.tls.outcome} ${seen.tls.version ?? ''}`.trim() });
  const certificate = seen.certificate ? { certificate: seen.certificate } : {};
  return { dns, tcp, tls: seen.tls, ...certificate };
}
