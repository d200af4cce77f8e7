// The security groups of the endpoint: those that were named, or one that lets the VPC in.
import { createGroup, openPort } from '../changes.ts';
import { sourcesOf } from '../checks/security-groups.ts';
import { ConnectError } from '../connect-error.ts';
import type { SecurityGroup } from '../network.ts';
import { TAG } from '../options.ts';
import { pollMsOf, type Run } from '../run.ts';
import { groupNameOf } from '../security-group-name.ts';

/** @returns the ids for the endpoint */
export async function ensureGroups(run: Run): Promise<readonly string[]> {
  const { options, session, target } = run;
  if (options.security_group_ids) return options.security_group_ids;
  run.report('security-group', 'started', 'Looking for the security group of the connection.');
  const found = await existingGroup(run);
  const { ec2 } = session.clients;
  const id = found?.id ?? (await createGroup(ec2, session.signal, target, options.tags ?? {}));
  if (id === undefined) {
    // Made by a run at the same time, and not shown yet.
    await session.pause(pollMsOf(run));
    return ensureGroups(run);
  }
  // Whoever narrowed the rule meant it: only a group without any gets one.
  if (!found || sourcesOf([found], target.port).length === 0) {
    await openPort(ec2, session.signal, id, target.port, target.vpc?.cidrs ?? []);
  }
  const cidrs = target.vpc?.cidrs.join(', ');
  const done = found ? `${id} is there.` : `${id} lets TCP ${target.port} in from ${cidrs}.`;
  run.report('security-group', 'done', done);
  return [id];
}

async function existingGroup({ session, target }: Run): Promise<SecurityGroup | undefined> {
  const name = await groupNameOf(target);
  const found = await session.network.securityGroupNamed(target.vpcId, name);
  if (!found || found.tags[TAG] === target.name) return found;
  throw new ConnectError(`${found.id} is called ${name}, and was made by other hands.`, {
    code: 'refused',
    step: 'security-group',
    next: {
      actor: 'customer',
      action: 'Name the security groups to use, or give the connection another name.',
      command: null,
    },
  });
}
