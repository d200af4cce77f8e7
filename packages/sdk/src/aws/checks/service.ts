// Checks of what EC2 lets us see and do: the service, the permission, the quota, other endpoints.
import type { Check } from '../../generated/types.ts';
import { fail, pass, unknown, unreadable, warn } from '../check.ts';
import { listInVpc, ownCommand } from '../commands.ts';
import type { Facts } from '../facts.ts';
import { isEnded, isOurs, isThere, liveOf } from '../ours.ts';
import { DEFAULT_NAME } from '../options.ts';

/** Interface endpoints per VPC; adjustable (AWS PrivateLink guide, quotas). */
const USUAL_ENDPOINTS = 50;

export function checkVisible({ visible, target, provider }: Facts): Check {
  const name = 'visibility';
  const { service, accountId, region } = target;
  const { service_name: serviceName } = service;
  const command =
    `aws ec2 describe-vpc-endpoint-services --service-names ${serviceName} ` +
    `--service-regions ${service.region} --region ${region}`;
  if (visible.error) return unreadable(name, visible.error, command);
  if (visible.value) return pass(name, `EC2 shows ${serviceName} to account ${accountId}.`);
  const evidence = `EC2 shows no ${serviceName} to account ${accountId} in ${region}.`;
  // The vendor's side knows why; else it should be there soon.
  const reason = provider.checks.find(({ result }) => result === 'fail');
  if (reason) return { name, result: 'fail', evidence, next: reason.next };
  const action = 'See that the allowlist of the service has the account.';
  const look = `sallyport services plan ${target.grant.endpoint_service_id}`;
  return { name, result: 'fail', evidence, next: { actor: 'vendor', action, command: look } };
}

export function checkPermission({ permission, target }: Facts): Check {
  const name = 'permission';
  const { error } = permission;
  const evidence = 'Nothing keeps these credentials from making the endpoint.';
  if (!error) return pass(name, evidence);
  if (error.refusal === 'denied') {
    const across = target.crossRegion ? ', and vpce:AllowMultiRegion' : '';
    const all = `ec2:CreateVpcEndpoint, ec2:ModifyVpcEndpoint and ec2:CreateTags${across}`;
    const action = `Allow ${all}.`;
    return fail(name, error.message, { action });
  }
  // What else a dry run is refused for, the other checks have by name.
  return unknown(name, error.message, { action: 'See what the other checks say.' });
}

export function checkQuota({ endpoints, target: { vpcId, region } }: Facts): Check {
  const name = 'quota';
  const command =
    `aws service-quotas list-service-quotas --service-code vpc --region ${region} ` +
    `--query "Quotas[?contains(QuotaName, 'Interface VPC endpoints')]"`;
  if (endpoints.error) return unreadable(name, endpoints.error, command);
  const most = USUAL_ENDPOINTS;
  const count = endpoints.value.filter(({ type, state }) => {
    return type !== 'Gateway' && isThere(state);
  }).length;
  const evidence = `${vpcId} has ${count} endpoints; AWS allows ${most} unless asked for more.`;
  if (count < most) return pass(name, evidence);
  return unknown(name, evidence, { action: 'Look at your quota, and have it raised.', command });
}

/** Whether the endpoint is there, lives, and is ours. */
export function checkEndpoint({ endpoints, target }: Facts): Check {
  const name = 'endpoint';
  const { vpcId, region, service } = target;
  const look = listInVpc('describe-vpc-endpoints', target);
  if (endpoints.error) return unreadable(name, endpoints.error, look);
  const there = endpoints.value.filter(({ state }) => isThere(state));
  const ours = there.filter((endpoint) => isOurs(endpoint, target));
  const live = liveOf(ours, target);
  if (live) return pass(name, `${live.id} is there already (${live.state}).`);
  const [ended] = ours;
  if (ended) {
    const action = 'Have it replaced, once the reason is known: it never comes back by itself.';
    const where = [`--vpc-id ${vpcId}`, `--region ${region}`];
    const command = ownCommand('connect', ...where, '--replace');
    return fail(name, `${ended.id} is ${ended.state}.`, { action, command });
  }
  if (target.adoptedId !== undefined) {
    const evidence = `${target.adoptedId} is no endpoint of the service in ${vpcId}.`;
    return fail(name, evidence, { action: 'Name one that is.', command: look });
  }
  const foreign = there.find(({ serviceName, state }) => {
    return serviceName === service.service_name && !isEnded(state);
  });
  if (!foreign) return pass(name, 'None is there; one is to be made.');
  const evidence = `${foreign.id} (${foreign.state}) is of the service, and made by other hands.`;
  const step = {
    action: 'Have it taken over by its id, or give the new connection a name of its own.',
    command: ownCommand('connect', `--vpc-endpoint-id ${foreign.id}`, `--region ${region}`),
  };
  return target.name === DEFAULT_NAME ? fail(name, evidence, step) : warn(name, evidence, step);
}
