// The changes of a customer's AWS: an endpoint and its security group made, changed and deleted.
// When and whether is decided elsewhere; here is only how, and that a repetition does no harm.
import type { EC2 } from '@aws-sdk/client-ec2';
import { digestOf } from './digest.ts';
import { endpointOf } from './ec2-network.ts';
import type { VpcEndpoint } from './network.ts';
import { TAG } from './options.ts';
import { AwsCallError, asked } from './refusal.ts';
import { groupNameOf } from './security-group-name.ts';
import type { Target } from './target.ts';

/** What an endpoint is made of, besides its target. */
export interface EndpointParts {
  subnetIds: readonly string[];
  groupIds: readonly string[];
  /** Whether the groups were named by the caller, and not made for this endpoint. */
  groupsNamed: boolean;
  tags: Record<string, string>;
}

/**
 * Makes the endpoint, or finds the one that this token has made before.
 * @param generation 1, and one more for each that was made and deleted: AWS does not document what
 *   a token means whose endpoint is gone
 */
export async function createEndpoint(
  ec2: EC2,
  signal: AbortSignal,
  target: Target,
  parts: EndpointParts,
  generation: number,
): Promise<VpcEndpoint> {
  const input = {
    ...endpointInput(target),
    SubnetIds: [...parts.subnetIds],
    SecurityGroupIds: [...parts.groupIds],
    // EC2 refuses it before the endpoint is accepted and the name verified.
    PrivateDnsEnabled: false,
    // EC2 fills no token in by itself, and a repetition without one makes a second endpoint.
    ClientToken: await tokenOf(target, parts, generation),
    TagSpecifications: [tagged('vpc-endpoint', target, parts.tags)],
  };
  const made = await asked('ec2:CreateVpcEndpoint', signal, (options) =>
    ec2.createVpcEndpoint(input, options),
  );
  return endpointOf(made.VpcEndpoint!);
}

/**
 * Asks whether these credentials may make the endpoint, and makes none.
 * @throws AwsCallError when they may not
 */
export async function attemptEndpoint(
  ec2: EC2,
  signal: AbortSignal,
  target: Target,
): Promise<void> {
  const TagSpecifications = [tagged('vpc-endpoint', target, {})];
  const input = { ...endpointInput(target), TagSpecifications, DryRun: true };
  try {
    await asked('ec2:CreateVpcEndpoint', signal, (options) =>
      ec2.createVpcEndpoint(input, options),
    );
  } catch (error) {
    if (error instanceof AwsCallError && error.code === 'DryRunOperation') return;
    throw error;
  }
}

export async function enablePrivateDns(
  ec2: EC2,
  signal: AbortSignal,
  endpointId: string,
): Promise<void> {
  await asked('ec2:ModifyVpcEndpoint', signal, (options) =>
    ec2.modifyVpcEndpoint({ VpcEndpointId: endpointId, PrivateDnsEnabled: true }, options),
  );
}

/** One that is gone already is no failure. */
export async function deleteEndpoint(
  ec2: EC2,
  signal: AbortSignal,
  endpointId: string,
): Promise<void> {
  const action = 'ec2:DeleteVpcEndpoints';
  const { Unsuccessful = [] } = await asked(action, signal, (options) =>
    ec2.deleteVpcEndpoints({ VpcEndpointIds: [endpointId] }, options),
  );
  const [item] = Unsuccessful;
  // The answer is a success whatever became of the item.
  const code = item?.Error?.Code;
  if (!item || code?.endsWith('.NotFound')) return;
  const answer = {
    code: code ?? 'UnknownError',
    message: item.Error?.Message ?? 'AWS gave no reason.',
    status: 400,
    requestId: undefined,
  };
  throw new AwsCallError(action, answer, item);
}

/**
 * Makes the group of the connection; its name keeps a second one from being made.
 * @returns its id; undefined when there is one of this name already
 */
export async function createGroup(
  ec2: EC2,
  signal: AbortSignal,
  target: Target,
  tags: Record<string, string>,
): Promise<string | undefined> {
  const { service, vpcId } = target;
  const input = {
    GroupName: await groupNameOf(target),
    Description: `Lets the VPC reach ${service.service_name}`,
    VpcId: vpcId,
    TagSpecifications: [tagged('security-group', target, tags)],
  };
  try {
    const { GroupId } = await asked('ec2:CreateSecurityGroup', signal, (options) =>
      ec2.createSecurityGroup(input, options),
    );
    return GroupId;
  } catch (error) {
    if (error instanceof AwsCallError && error.code === 'InvalidGroup.Duplicate') return undefined;
    throw error;
  }
}

/** Lets these blocks in on a TCP port. A rule that is there already is no failure. */
export async function openPort(
  ec2: EC2,
  signal: AbortSignal,
  groupId: string,
  port: number,
  cidrs: readonly string[],
): Promise<void> {
  const IpRanges = cidrs.map((CidrIp) => ({ CidrIp, Description: 'The VPC' }));
  const IpPermissions = [{ IpProtocol: 'tcp', FromPort: port, ToPort: port, IpRanges }];
  try {
    await asked('ec2:AuthorizeSecurityGroupIngress', signal, (options) =>
      ec2.authorizeSecurityGroupIngress({ GroupId: groupId, IpPermissions }, options),
    );
  } catch (error) {
    if (error instanceof AwsCallError && error.code === 'InvalidPermission.Duplicate') return;
    throw error;
  }
}

/** @returns whether it is gone; not yet while interfaces of an endpoint still have it */
export async function deleteGroup(
  ec2: EC2,
  signal: AbortSignal,
  groupId: string,
): Promise<boolean> {
  try {
    await asked('ec2:DeleteSecurityGroup', signal, (options) =>
      ec2.deleteSecurityGroup({ GroupId: groupId }, options),
    );
  } catch (error) {
    if (!(error instanceof AwsCallError)) throw error;
    if (error.code === 'DependencyViolation') return false;
    if (error.refusal !== 'absent') throw error;
  }
  return true;
}

function endpointInput({ vpcId, service, crossRegion }: Target) {
  return {
    VpcEndpointType: 'Interface' as const,
    VpcId: vpcId,
    ServiceName: service.service_name,
    ...(crossRegion ? { ServiceRegion: service.region } : {}),
  };
}

function tagged<const T extends string>(type: T, target: Target, tags: Record<string, string>) {
  const { name, service } = target;
  const all = { Name: `sallyport ${service.service_name}`, ...tags, [TAG]: name };
  const Tags = Object.entries(all).map(([Key, Value]) => ({ Key, Value }));
  return { ResourceType: type, Tags };
}

/**
 * 64 characters, as many as EC2 takes. What may differ from run to run is not in it, or two runs
 * could make two endpoints. A group of our own is the same for all runs, as its name is unique; it
 * goes with the endpoint, so that the next one has another group and with it another token.
 */
function tokenOf(
  { service, vpcId, name }: Target,
  { groupIds, groupsNamed }: EndpointParts,
  generation: number,
): Promise<string> {
  const group = groupsNamed ? [] : groupIds;
  const parts = [service.service_name, vpcId, name, ...group, String(generation)];
  return digestOf(['endpoint', ...parts]);
}
