// The endpoint itself: found, or made once, whatever was interrupted before.
import { createEndpoint, deleteEndpoint } from '../changes.ts';
import { ownCommand } from '../commands.ts';
import { ConnectError } from '../connect-error.ts';
import type { VpcEndpoint } from '../network.ts';
import { isEnded, isOurs, isThere, liveOf } from '../ours.ts';
import { AwsCallError } from '../refusal.ts';
import { pollMsOf, type Run } from '../run.ts';
import { refused } from './refused.ts';
import { ensureGroups } from './security-group.ts';

/** How long EC2 may not show what it has made. Reads lag by seconds, as a rule. */
const SHOWN_WITHIN_MS = 60_000;
/** One that is older than this and not shown is gone. */
const SURELY_SHOWN_MS = 10 * 60_000;
/** So often may one connection be made and deleted again, while EC2 remembers the tokens. */
const MOST_GENERATIONS = 20;

/**
 * @param subnetIds where it is to be, when it has to be made
 * @throws ConnectError when there is one that has ended and is not to be replaced
 */
export async function ensureEndpoint(run: Run, subnetIds: readonly string[]): Promise<VpcEndpoint> {
  const { session, target } = run;
  run.report('endpoint', 'started', `Looking for an endpoint in ${target.vpcId}.`);
  const found = await existingEndpoint(run);
  if (found && !isEnded(found.state)) return ready(run, found, 'is there');
  if (found) await makeWay(run, found);
  const groupIds = await ensureGroups(run);
  const { security_group_ids: named, tags = {} } = run.options;
  const parts = { subnetIds, groupIds, groupsNamed: named !== undefined, tags };
  run.report('endpoint', 'waiting', `Making an endpoint in ${subnetIds.join(', ')}.`);
  for (let generation = 1; generation <= MOST_GENERATIONS; generation += 1) {
    const made = await created(run, () =>
      createEndpoint(session.clients.ec2, session.signal, target, parts, generation),
    );
    const shown = made && (await shownAs(run, made));
    if (shown && isEnded(shown.state)) await makeWay(run, shown);
    else if (shown) return ready(run, shown, 'is made');
  }
  throw new ConnectError(`This connection was made and deleted ${MOST_GENERATIONS} times.`, {
    code: 'refused',
    step: 'endpoint',
    next: { actor: 'customer', action: 'Give the connection another name.', command: null },
  });
}

/** A live one, if there is any; else one that has ended and is in the way. */
async function existingEndpoint({ session, target }: Run): Promise<VpcEndpoint | undefined> {
  const all = await session.network.endpoints(target.vpcId);
  return liveOf(all, target) ?? all.find((one) => isOurs(one, target) && isThere(one.state));
}

function ready(run: Run, endpoint: VpcEndpoint, how: string): VpcEndpoint {
  run.place.vpcEndpointId = endpoint.id;
  run.report('endpoint', 'done', `${endpoint.id} ${how} (${endpoint.state}).`);
  return endpoint;
}

/** Deletes one that has ended, if that was asked for. */
async function makeWay(run: Run, endpoint: VpcEndpoint): Promise<void> {
  const { session, target, options } = run;
  const { id, state, failure } = endpoint;
  run.place.vpcEndpointId = id;
  if (options.replace && target.adoptedId === undefined) {
    run.report('endpoint', 'waiting', `Deleting ${id}, which is ${state}.`);
    await deleteEndpoint(session.clients.ec2, session.signal, id);
    run.place.vpcEndpointId = undefined;
    return;
  }
  const because = failure === undefined ? '' : `: ${failure}`;
  const where = [`--vpc-id ${target.vpcId}`, `--region ${target.region}`];
  throw new ConnectError(`${id} is ${state}${because} and never comes back by itself.`, {
    code: 'endpoint_ended',
    step: 'endpoint',
    vpcEndpointId: id,
    next: {
      actor: 'customer',
      action: 'Ask the vendor for the reason, then have the endpoint replaced (replace: true).',
      command: ownCommand('connect', ...where, '--replace'),
    },
  });
}

/** @returns undefined when the token's endpoint is gone, so that another token has to be used */
async function created(
  run: Run,
  create: () => Promise<VpcEndpoint>,
): Promise<VpcEndpoint | undefined> {
  const { session, target } = run;
  for (;;) {
    try {
      return await create();
    } catch (error) {
      if (!(error instanceof AwsCallError)) throw error;
      // An earlier run made it with other subnets, say, and reads lag behind; or it is gone.
      if (error.code === 'IdempotentParameterMismatch') return shownByTag(run);
      if (/^InvalidVpcEndpoint(Id)?\.NotFound$/.test(error.code)) return undefined;
      const passes = error.refusal === 'throttled' || error.code === 'InvalidServiceName';
      if (!passes) throw refused(run, 'endpoint', error);
      const why = error.refusal === 'throttled' ? 'EC2 is busy' : 'EC2 does not know the service';
      run.report('endpoint', 'waiting', `${why}; ${target.service.service_name} is tried again.`);
      await session.pause(2 * pollMsOf(run));
    }
  }
}

async function shownByTag(run: Run): Promise<VpcEndpoint | undefined> {
  const until = Date.now() + SHOWN_WITHIN_MS / 2;
  for (;;) {
    const found = await existingEndpoint(run);
    if (found || Date.now() > until) return found;
    await run.session.pause(pollMsOf(run));
  }
}

/**
 * As EC2 shows what it says it has made: a token may stand for an endpoint that was deleted since.
 * @returns undefined when it is gone
 * @throws ConnectError when it is new and not shown in time
 */
async function shownAs(run: Run, made: VpcEndpoint): Promise<VpcEndpoint | undefined> {
  if (!isThere(made.state)) return undefined;
  run.place.vpcEndpointId = made.id;
  const until = Date.now() + SHOWN_WITHIN_MS;
  for (;;) {
    const shown = await run.session.network.endpoint(made.id);
    if (shown) return isThere(shown.state) ? shown : undefined;
    if (ageOf(made) > SURELY_SHOWN_MS) return undefined;
    if (Date.now() > until) break;
    await run.session.pause(pollMsOf(run));
  }
  throw new ConnectError(`EC2 made ${made.id}, and does not show it yet.`, {
    code: 'endpoint_not_shown',
    step: 'endpoint',
    vpcEndpointId: made.id,
    next: { actor: 'aws', action: 'Call again in a minute; no second one is made.', command: null },
  });
}

function ageOf({ createdAt }: VpcEndpoint): number {
  return createdAt === undefined ? 0 : Date.now() - createdAt.getTime();
}
