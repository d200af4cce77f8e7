// Whether the security groups of the endpoint let clients in on the port.
import type { Check } from '../../generated/types.ts';
import { fail, pass, unreadable } from '../check.ts';
import { ec2Command, listInVpc } from '../commands.ts';
import type { Facts } from '../facts.ts';
import type { IngressRule, SecurityGroup } from '../network.ts';

const NAME = 'security_groups';
/** Security groups per network interface; 5, adjustable (VPC guide, quotas). */
const USUAL_MOST = 5;

export function checkSecurityGroups({ groups, wantedGroups, target }: Facts): Check {
  const { port, vpcId, region } = target;
  const look = listInVpc('describe-security-groups', target);
  if (groups.error) return unreadable(NAME, groups.error, look);
  const found = groups.value;
  if (!wantedGroups) return ownGroup(found[0], port);
  const missing = wantedGroups.filter((id) => {
    return !found.some((group) => group.id === id && group.vpcId === vpcId);
  });
  if (missing.length > 0 || wantedGroups.length === 0) {
    const evidence =
      missing.length > 0 ? `${missing.join(', ')} is not in ${vpcId}.` : 'None named.';
    return fail(NAME, evidence, { action: 'Name security groups of the VPC.', command: look });
  }
  if (wantedGroups.length > USUAL_MOST) {
    const evidence = `${wantedGroups.length} are named; an interface takes ${USUAL_MOST}.`;
    return fail(NAME, evidence, { action: `Name at most ${USUAL_MOST}.` });
  }
  return judged(found, port, region);
}

/** What lets a TCP port in: `[]` when nothing does. */
export function sourcesOf(groups: readonly SecurityGroup[], port: number): string[] {
  const rules = groups.flatMap(({ ingress }) => ingress.filter((rule) => letsIn(rule, port)));
  return [...new Set(rules.flatMap(({ sources }) => sources))];
}

function judged(groups: readonly SecurityGroup[], port: number, region: string): Check {
  const sources = sourcesOf(groups, port);
  const names = groups.map(({ id }) => id).join(', ');
  // A group that lets itself in, as the VPC's default does, is open to its own members only.
  const own = new Set(groups.map(({ id }) => id));
  const others = sources.filter((source) => !own.has(source));
  if (others.length > 0)
    return pass(NAME, `${names} lets in TCP ${port} from ${others.join(', ')}.`);
  const [wanted] = groups.map(({ id }) => id);
  const from = `--protocol tcp --port ${port} --cidr <clients>`;
  const group = `--group-id ${wanted}`;
  const command = ec2Command('authorize-security-group-ingress', region, group, from);
  const evidence =
    sources.length > 0
      ? `${names} lets in TCP ${port} from its own members only.`
      : `${names} lets nobody in on TCP ${port}.`;
  const action = `Let your clients in on TCP ${port}, or leave the groups to connect().`;
  return fail(NAME, evidence, { action, command });
}

function ownGroup(group: SecurityGroup | undefined, port: number): Check {
  if (!group) return pass(NAME, `None is named: one is made that lets the VPC reach TCP ${port}.`);
  return pass(NAME, `${group.id} (${group.name}) is of this connection.`);
}

function letsIn({ protocol, fromPort, toPort }: IngressRule, port: number): boolean {
  if (protocol === '-1') return true;
  if (protocol !== 'tcp' && protocol !== '6') return false;
  return (fromPort ?? 0) <= port && port <= (toPort ?? 65_535);
}
