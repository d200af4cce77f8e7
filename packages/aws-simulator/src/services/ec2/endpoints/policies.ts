// Policies of endpoints: the one that everybody gets, and what a policy must look like. They are
// kept and shown; whom they let through is decided by AWS's own services, not by PrivateLink.

import { AwsError } from '../../../aws-error.ts';
import type { World } from '../../../world/world.ts';
import { invalidParameter } from '../errors.ts';

/** Full access, which AWS attaches when no policy is given (Guide). */
export const defaultPolicy =
  '{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}]}';

// Guide, vpc-limits-endpoints.
const LONGEST = 20_480;

/**
 * The policy of an endpoint.
 * @param service what it is for; `policySupported` is false for every service but AWS's own.
 * @throws AwsError InvalidPolicyDocument for what is too long or not a policy.
 */
export function checkPolicy(
  world: World,
  document: string | undefined,
  service: { readonly name: string; readonly policySupported: boolean },
): string {
  if (!document) return defaultPolicy;
  if (!service.policySupported && world.knobs.unsupportedPolicy === 'refused') {
    throw invalidParameter(
      `The VPC endpoint service ${service.name} does not support endpoint policies.`,
    );
  }
  if (document.length > LONGEST) {
    throw malformed(`The policy is longer than ${LONGEST} characters.`);
  }
  checkStatements(parsed(document));
  return document;
}

function parsed(document: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(document);
    if (isRecord(value)) return value;
  } catch {
    // Falls through to the one answer for everything that is not a JSON object.
  }
  throw malformed('The specified policy document is not valid JSON.');
}

// The policy must contain a Principal (Guide, vpc-endpoints-access); the rest is IAM's grammar.
function checkStatements({ Version: version, Statement: given }: Record<string, unknown>): void {
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17') {
    throw malformed(`The policy has the unknown version ${JSON.stringify(version)}.`);
  }
  const statements: unknown[] = Array.isArray(given) ? given : [given];
  if (statements.length === 0) throw malformed('The policy has no Statement.');
  for (const statement of statements) {
    if (!isRecord(statement)) throw malformed('The policy has no Statement.');
    if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') {
      throw malformed('A statement of the policy has no Effect Allow or Deny.');
    }
    for (const name of ['Principal', 'Action', 'Resource']) {
      if (statement[name] === undefined && statement[`Not${name}`] === undefined) {
        throw malformed(`A statement of the policy has no ${name}.`);
      }
    }
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(message: string): AwsError {
  return new AwsError('InvalidPolicyDocument', message);
}
