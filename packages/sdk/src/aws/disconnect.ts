// Ends a connection: deletes the endpoint that `connect` has made, and its security group. What
// other hands have made is never touched. Needs nothing of the vendor's service.
import { SallyportError } from '../errors.ts';
import { deleteEndpoint, deleteGroup } from './changes.ts';
import { ConnectError } from './connect-error.ts';
import type { SecurityGroup, VpcEndpoint } from './network.ts';
import { isThere } from './ours.ts';
import { type AwsOptions, checkOptions, DEFAULT_NAME, TAG } from './options.ts';
import { type AwsSession, withAws } from './session.ts';

export interface DisconnectOptions extends AwsOptions {
  /** Left out when the connection is in one VPC of the region only. */
  vpc_id?: string | undefined;
  /** `com.amazonaws.vpce.…` or `vpce-svc-…`; left out when the connection is to one service. */
  service?: string | undefined;
  /** As it was given to `connect`; `default`. */
  name?: string | undefined;
  /** For the whole call; 900 000 ms. */
  timeoutMs?: number | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: DisconnectProgress) => void) | undefined;
  /** From one look at AWS to the next; 2 000 ms. */
  pollMs?: number | undefined;
}

export interface DisconnectProgress {
  step: 'endpoint' | 'security-group';
  state: 'waiting' | 'done';
  /** For people. */
  message: string;
}

/** What is deleted, or would be. */
export interface Disconnected {
  /** Null when there was none. */
  vpc_endpoint_id: string | null;
  service_name: string | null;
  vpc_id: string | null;
  /** Those that `connect` made. */
  security_group_ids: string[];
}

const USUAL_TIMEOUT_MS = 900_000;
/** What still uses a group so long after the endpoint is gone was attached by other hands. */
const GROUP_FREE_WITHIN_MS = 120_000;

/**
 * Deletes the endpoint that `connect` made, waits until it is gone, and deletes its security group.
 * Called again, it goes on; when nothing is there, it does nothing.
 * @throws SallyportError when several connections fit; nothing is deleted then
 * @throws AwsCallError when AWS refuses a deletion
 * @example
 * ```ts
 * import { disconnect } from '@sallyport/sdk/aws';
 *
 * const { vpc_endpoint_id } = await disconnect({ region: 'us-east-1' });
 * ```
 */
export function disconnect(options: DisconnectOptions): Promise<Disconnected> {
  return withFound(options, async (session, found) => {
    try {
      await deleteFound(session, found, options);
      return outcomeOf(found);
    } catch (error) {
      const isLate = session.signal.aborted && !options.signal?.aborted;
      throw isLate ? lateError(found) : error;
    }
  });
}

/**
 * What `disconnect` would delete. Changes nothing.
 * @example
 * ```ts
 * import { planDisconnection } from '@sallyport/sdk/aws';
 *
 * const { security_group_ids } = await planDisconnection({ region: 'us-east-1' });
 * ```
 */
export function planDisconnection(options: DisconnectOptions): Promise<Disconnected> {
  return withFound(options, async (_, found) => outcomeOf(found));
}

async function deleteFound(
  session: AwsSession,
  { endpoint, groups }: Found,
  options: DisconnectOptions,
): Promise<void> {
  const { ec2 } = session.clients;
  if (endpoint && isThere(endpoint.state)) await deleteEndpoint(ec2, session.signal, endpoint.id);
  if (endpoint) await awaitGone(session, endpoint.id, options);
  for (const { id } of groups) await awaitGroupGone(session, id, options);
}

interface Found {
  endpoint: VpcEndpoint | undefined;
  groups: SecurityGroup[];
}

function withFound<T>(
  options: DisconnectOptions,
  work: (session: AwsSession, found: Found) => Promise<T>,
): Promise<T> {
  checkOptions(options);
  const { timeoutMs = USUAL_TIMEOUT_MS } = options;
  return withAws({ ...options, timeoutMs }, async (session) => {
    return work(session, await findOurs(session, options));
  });
}

/** EC2 shows deleted endpoints for a while; those on their way out are waited for. */
async function findOurs({ network }: AwsSession, options: DisconnectOptions): Promise<Found> {
  const { vpc_id: vpcId, service, name = DEFAULT_NAME } = options;
  const fits = ({ tags, serviceName, state }: VpcEndpoint) =>
    tags[TAG] === name && state !== 'deleted' && isOf(serviceName, service);
  const all = await network.endpoints(vpcId);
  const ours = all.filter(fits);
  const [endpoint, ...more] = ours;
  if (more.length > 0) {
    const list = ours.map(({ id, ...one }) => `${id} (${one.serviceName} in ${one.vpcId})`);
    throw new SallyportError(
      `Several connections fit; name vpc_id and service: ${list.join(', ')}. Nothing is deleted.`,
    );
  }
  const groups = await network.securityGroupsTagged(TAG, name, endpoint?.vpcId ?? vpcId);
  const wanted = endpoint?.serviceName ?? service;
  const used = new Set(all.filter(({ id }) => id !== endpoint?.id).flatMap((one) => one.groupIds));
  const own = groups.filter(({ id, description }) => {
    return !used.has(id) && (wanted === undefined || description.endsWith(wanted));
  });
  return { endpoint, groups: own };
}

function isOf(serviceName: string, wanted: string | undefined): boolean {
  return wanted === undefined || serviceName === wanted || serviceName.endsWith(`.${wanted}`);
}

async function awaitGone(
  session: AwsSession,
  id: string,
  { onProgress, pollMs = 2_000 }: DisconnectOptions,
): Promise<void> {
  for (;;) {
    const shown = await session.network.endpoint(id);
    if (!shown || shown.state === 'deleted') break;
    onProgress?.({ step: 'endpoint', state: 'waiting', message: `${id} is ${shown.state}.` });
    await session.pause(pollMs);
  }
  onProgress?.({ step: 'endpoint', state: 'done', message: `${id} is gone.` });
}

/** The interfaces of the endpoint keep it for a moment after the endpoint itself. */
async function awaitGroupGone(
  session: AwsSession,
  id: string,
  { onProgress, pollMs = 2_000 }: DisconnectOptions,
): Promise<void> {
  const until = Date.now() + GROUP_FREE_WITHIN_MS;
  while (!(await deleteGroup(session.clients.ec2, session.signal, id))) {
    if (Date.now() > until) throw usedError(id);
    onProgress?.({ step: 'security-group', state: 'waiting', message: `${id} is still used.` });
    await session.pause(pollMs);
  }
  onProgress?.({ step: 'security-group', state: 'done', message: `${id} is gone.` });
}

function outcomeOf({ endpoint, groups }: Found): Disconnected {
  return {
    vpc_endpoint_id: endpoint?.id ?? null,
    service_name: endpoint?.serviceName ?? null,
    vpc_id: endpoint?.vpcId ?? null,
    security_group_ids: groups.map(({ id }) => id),
  };
}

function lateError({ endpoint }: Found): ConnectError {
  return new ConnectError('It is not gone yet. Calling again goes on from here.', {
    code: 'timed_out',
    step: 'endpoint',
    vpcEndpointId: endpoint?.id,
    next: { actor: 'aws', action: 'AWS is deleting the endpoint; wait.', command: null },
  });
}

function usedError(id: string): ConnectError {
  return new ConnectError(`The endpoint is gone; its security group ${id} is used by others.`, {
    code: 'refused',
    step: 'security-group',
    next: {
      actor: 'customer',
      action: 'Keep it, or take it from what uses it and call again.',
      command: `aws ec2 describe-network-interfaces --filters Name=group-id,Values=${id}`,
    },
  });
}
