// The Principal element of a resource or trust policy, and how closely it names a caller. AWS
// treats a principal that is named itself other than one whose account is named: the latter only
// lets the account's own policies decide (IAM User Guide, policy element Principal).

import { rootArn } from '../arns.ts';
import { PolicyError } from './policy-error.ts';

/** Who makes a request: an identity of an account, or an AWS service such as PrivateLink. */
export type Requester =
  | { readonly service: string }
  | {
      readonly account: string;
      /** `arn:aws:sts::…:assumed-role/…` for a session, else as `identityArn`. */
      readonly arn: string;
      /** The root, the user or the role, with its path. */
      readonly identityArn: string;
    };

/**
 * How a policy names a requester: itself, its role while it is a session, its account, or
 * everybody.
 */
export type Naming = 'self' | 'role' | 'account' | 'everybody';

export interface PolicyPrincipals {
  /** True for NotPrincipal. */
  readonly excluded: boolean;
  readonly arns: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
}

const KINDS = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

const IDENTITY = /^arn:aws:iam::\d{12}:(root|(user|role)\/\S+)$/;
const SESSION = /^arn:aws:sts::\d{12}:(assumed-role|federated-user)\/\S+$/;

/**
 * @param element the value of Principal or NotPrincipal.
 * @throws PolicyError for a principal that AWS does not have.
 */
export function parsePrincipals(
  element: unknown,
  where: string,
  excluded: boolean,
): PolicyPrincipals {
  if (element === '*') return { excluded, arns: new Set('*'), services: new Set() };
  if (typeof element !== 'object' || element === null || Array.isArray(element)) {
    throw new PolicyError(where, 'must be "*" or an object such as {"AWS": "arn:…"}');
  }
  const arns = new Set<string>();
  const services = new Set<string>();
  for (const [kind, value] of Object.entries(element)) {
    if (!KINDS.includes(kind)) throw new PolicyError(where, `'${kind}' is not ${KINDS.join(', ')}`);
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value as unknown]) {
      if (typeof one !== 'string') throw new PolicyError(where, 'principals are text');
      if (kind === 'AWS') arns.add(awsPrincipal(one, where));
      if (kind === 'Service') services.add(one);
    }
  }
  return { excluded, arns, services };
}

/** How a Principal element names a requester, or undefined when it does not. */
export function namingOf(principals: PolicyPrincipals, requester: Requester): Naming | undefined {
  const { arns, services } = principals;
  if ('service' in requester) {
    if (services.has(requester.service)) return 'self';
    return arns.has('*') ? 'everybody' : undefined;
  }
  const { account, arn, identityArn } = requester;
  if (arn !== rootArn(account) && arns.has(arn)) return 'self';
  if (arn !== identityArn && arns.has(identityArn)) return 'role';
  if (arns.has('*')) return 'everybody';
  return arns.has(rootArn(account)) ? 'account' : undefined;
}

/**
 * Whether a NotPrincipal element spares a requester. It has to list the account and the role of a
 * requester besides the requester itself (IAM User Guide, NotPrincipal).
 */
export function spares({ arns, services }: PolicyPrincipals, requester: Requester): boolean {
  if (arns.has('*')) return true;
  if ('service' in requester) return services.has(requester.service);
  const { account, arn, identityArn } = requester;
  return [rootArn(account), identityArn, arn].every((one) => arns.has(one));
}

function awsPrincipal(value: string, where: string): string {
  if (value === '*') return value;
  if (/^\d{12}$/.test(value)) return rootArn(value);
  if ((IDENTITY.test(value) || SESSION.test(value)) && !/[*?]/.test(value)) return value;
  throw new PolicyError(where, `Invalid principal in policy: "AWS":"${value}"`);
}
