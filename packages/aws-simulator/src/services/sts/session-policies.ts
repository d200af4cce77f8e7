// Session policies of AssumeRole: a document, and managed policies by ARN. The session may do what
// its role and these allow together.

import type { AssumeRoleRequest } from '@aws-sdk/client-sts';
import { AwsError } from '../../aws-error.ts';
import { PolicyError } from '../../identity/policies/policy-error.ts';
import { type Policy, parsePolicy } from '../../identity/policies/policy.ts';
import type { World } from '../../world/world.ts';
import { checkText, constraintFailed, notSimulated } from './errors.ts';

const MOST_ARNS = 10;
/** Characters of the document and the ARNs together (STS API reference, AssumeRole). */
const LONGEST_TEXT = 2048;

export type SessionLimits = Pick<AssumeRoleRequest, 'Policy' | 'PolicyArns' | 'Tags'>;

/** @throws AwsError ValidationError for what can be seen without reading the policies. */
export function checkSessionPolicies({ Policy: document, PolicyArns: arns = [] }: SessionLimits) {
  if (document !== undefined) {
    const pattern = /^[\s\u0020-\u00FF]+$/;
    checkText('policy', document, { min: 1, max: LONGEST_TEXT, pattern });
  }
  if (arns.length > MOST_ARNS) {
    const what = `length less than or equal to ${MOST_ARNS}`;
    throw constraintFailed('policyArns', `[${arns.length} ARNs]`, what);
  }
  for (const { arn = '' } of arns) checkText('policyArns.arn', arn, { min: 20, max: 2048 });
  const total = (document ?? '').length + arns.reduce((sum, { arn = '' }) => sum + arn.length, 0);
  if (total > LONGEST_TEXT) {
    const what = `a length of session policies of at most ${LONGEST_TEXT} characters`;
    throw constraintFailed('policy', `[${total} characters]`, what);
  }
}

/**
 * The session's policies, or undefined without any.
 * @param account the role's; managed policies must be its own.
 * @throws AwsError MalformedPolicyDocument for a document that is wrong, or that asks for what is
 * not simulated; a knob's code for a managed policy that is not there.
 */
export function sessionPolicies(
  world: World,
  account: string,
  { Policy: document, PolicyArns: arns = [] }: SessionLimits,
): readonly Policy[] | undefined {
  if (document === undefined && arns.length === 0) return undefined;
  const inline = document === undefined ? [] : [inlinePolicy(document)];
  return [...inline, ...arns.map(({ arn = '' }) => managedPolicy(world, account, arn))];
}

/**
 * How much of the space for policies and tags a request takes, in percent; undefined without any.
 * AWS packs them in a form that it does not document: here it is their characters, without the
 * white space of JSON, against a quota.
 * @throws AwsError PackedPolicyTooLarge above 100 percent.
 */
export function packedSize(world: World, limits: SessionLimits): number | undefined {
  const { Policy: document, PolicyArns: arns = [], Tags: tags = [] } = limits;
  if (document === undefined && arns.length === 0 && tags.length === 0) return undefined;
  const percent = Math.ceil((100 * packedLength(limits)) / world.quotas.packedSessionBytes);
  if (percent <= 100) return percent;
  throw new AwsError(
    'PackedPolicyTooLarge',
    `Packed size of session tags and session policies consumes ${percent}% of allotted space.`,
  );
}

/** Of policies and tags, in characters. @throws SyntaxError when the document is not JSON. */
export function packedLength({ Policy: document, PolicyArns = [], Tags = [] }: SessionLimits) {
  const policy = document === undefined ? '' : JSON.stringify(JSON.parse(document));
  const named = PolicyArns.map(({ arn = '' }) => arn);
  const tagged = Tags.flatMap(({ Key = '', Value = '' }) => [Key, Value]);
  return [policy, ...named, ...tagged].join('').length;
}

function inlinePolicy(document: string): Policy {
  try {
    return parsePolicy(document, 'identity');
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    throw new AwsError('MalformedPolicyDocument', error.message);
  }
}

function managedPolicy(world: World, account: string, arn: string): Policy {
  if (arn.startsWith('arn:aws:iam::aws:')) {
    throw notSimulated(`AWS's own managed policies, such as ${arn}`);
  }
  const policy = world.accounts.get(account)?.managedPolicies.get(arn);
  if (policy) return policy;
  throw new AwsError(world.knobs.absentSessionPolicyCode, `The policy ${arn} does not exist.`);
}
