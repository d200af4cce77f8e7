// From a grant to a connection that works, in one call that may be interrupted anywhere: called
// again, it finds what is there and goes on. Nothing is remembered outside AWS and the service.
import { TimeoutError, WaiterTimeoutError } from '../errors.ts';
import type { Connection } from '../generated/types.ts';
import { ConnectError } from './connect-error.ts';
import type { Connected, ConnectingClient, ConnectOptions } from './connect-options.ts';
import type { VpcEndpoint } from './network.ts';
import { factsIn, preflightOf } from './judgement.ts';
import { liveOf } from './ours.ts';
import type { VpcPreflight } from './preflight-outcome.ts';
import { createRun, type Run } from './run.ts';
import { withSession } from './session.ts';
import { awaitAcceptance, awaitOwnSide, diagnosisOf } from './steps/acceptance.ts';
import { ensureStanding } from './steps/account.ts';
import { ensureEndpoint } from './steps/endpoint.ts';
import { ensurePrivateDns } from './steps/private-dns.ts';
import { awaitVisible } from './steps/visibility.ts';

const USUAL_TIMEOUT_MS = 900_000;

/**
 * Proves the account if it has no standing, looks whether the VPC would do, makes the endpoint in
 * the right subnets, waits until it is accepted and available, and then switches private DNS on.
 * Each step finds what an earlier call has done: it may be interrupted at any moment, and called
 * again it makes no second endpoint.
 * @throws ConnectError with whose turn it is and what to run; `timed_out` when it may still succeed
 * @throws AwsCallError, ApiError … when AWS or the service refuses to be asked
 * @throws MissingPeerError without `@aws-sdk/client-ec2`
 * @example
 * ```ts
 * import { connect } from '@sallyport/sdk/aws';
 *
 * const { vpc_endpoint_id, dns } = await connect(client, {
 *   region: 'us-east-1',
 *   vpc_id: 'vpc-0123456789abcdef0',
 *   onProgress: ({ step, message }) => console.error(step, message),
 * });
 * ```
 */
export async function connect(
  client: ConnectingClient,
  options: ConnectOptions,
): Promise<Connected> {
  const place: Run['place'] = { step: 'account', message: '', vpcEndpointId: undefined };
  const timeoutMs = options.timeoutMs ?? USUAL_TIMEOUT_MS;
  return withSession(client, { ...options, timeoutMs }, async (session) => {
    let run: Run | undefined;
    try {
      const target = await session.target();
      run = createRun({ client, session, options, target, place });
      return await connected(run);
    } catch (error) {
      throw run ? await explained(run, error, timeoutMs) : error;
    }
  });
}

async function connected(run: Run): Promise<Connected> {
  const { target } = run;
  await ensureStanding(run);
  // A service that hides from new endpoints keeps the one that it has let in.
  const { network } = run.session;
  if (!liveOf(await network.endpoints(target.vpcId), target)) await awaitVisible(run);
  const looked = await ensureReady(run);
  const made = await ensureEndpoint(run, looked.subnet_ids);
  const connection = await awaitAcceptance(run, made.id);
  const isUp = ({ state }: VpcEndpoint) => state === 'available';
  const available = await awaitOwnSide(run, made.id, isUp);
  await declareDns(run, connection);
  const endpoint = await ensurePrivateDns(run, available);
  const { dns, service, vpcId } = target;
  const [regional] = endpoint.dns;
  const isAlias = dns === 'hosted-zone' || dns === 'profile';
  return {
    connection: await connectionNow(run, made.id),
    vpc_endpoint_id: endpoint.id,
    service_name: service.service_name,
    vpc_id: vpcId,
    dns: {
      mode: dns,
      name: dns === 'none' ? null : service.private_dns_name,
      private_dns_enabled: endpoint.privateDnsEnabled,
      target:
        isAlias && regional ? { name: regional.name, hosted_zone_id: regional.hostedZoneId } : null,
    },
  };
}

/** Tells the service how clients find the endpoint, unless somebody has said otherwise before. */
async function declareDns(run: Run, connection: Connection): Promise<void> {
  const { client, session, target, options } = run;
  const isSaid = connection.dns !== null && options.dns === undefined;
  if (isSaid || connection.dns === target.dns) return;
  await client.connections.update(connection.id, { dns: target.dns }, { signal: session.signal });
}

/** The service may just have seen how the endpoint went through `pending` once more. */
function connectionNow({ client, session }: Run, endpointId: string): Promise<Connection> {
  const { signal } = session;
  const timeoutMs = Math.max(session.remainingMs(), 1);
  return client.connections.waitUntilAvailable(endpointId, { signal, timeoutMs });
}

/** @throws ConnectError when a check fails that this call does not mend */
async function ensureReady(run: Run): Promise<VpcPreflight> {
  const { session, client, target, options } = run;
  run.report('preflight', 'started', `Looking at ${target.vpcId}.`);
  const looked = preflightOf(await factsIn(session, client, target, options));
  const failed = looked.checks.find(({ name, result }) => {
    return result === 'fail' && !(name === 'endpoint' && options.replace);
  });
  if (!failed) {
    run.report('preflight', 'done', looked.summary);
    return looked;
  }
  throw new ConnectError(failed.evidence, {
    code: 'not_ready',
    step: 'preflight',
    preflight: looked,
    next: failed.next,
  });
}

/** An error of a step, with whose turn it is as far as that can be told. */
async function explained(run: Run, error: unknown, timeoutMs: number): Promise<unknown> {
  const { place, session } = run;
  if (error instanceof ConnectError || run.options.signal?.aborted) return error;
  const isLate = session.signal.aborted || error instanceof WaiterTimeoutError;
  if (!isLate) return error;
  const { step, vpcEndpointId } = place;
  const diagnosis = vpcEndpointId ? await diagnosisOf(run, vpcEndpointId) : undefined;
  const message = `Not done after ${timeoutMs} ms. ${place.message}`;
  const isOthers = step === 'service';
  return new ConnectError(`${message} Calling again goes on from here.`, {
    code: 'timed_out',
    step,
    vpcEndpointId,
    diagnosis,
    cause: error instanceof TimeoutError ? undefined : error,
    next: diagnosis?.next ?? (isOthers ? allowlist(run) : null),
  });
}

function allowlist({ target }: Run): ConnectError['next'] {
  return {
    actor: 'vendor',
    action: `Put account ${target.accountId} on the allowlist of ${target.service.service_name}.`,
    command: 'sallyport principals list',
  };
}
