// Who a caller is, in AWS's words, and which principal ARNs of an allowlist or a trust policy
// stand for it. Nothing here checks a signature.

import { roleArn, rootArn, userArn } from './arns.ts';
import type { Policy } from './policies/policy.ts';

/** A verified caller: the account itself, one of its users, or a session of one of its roles. */
export interface Caller {
  readonly kind: 'root' | 'user' | 'session';
  readonly account: string;
  /** What GetCallerIdentity answers. */
  readonly arn: string;
  readonly userId: string;
  /** ARN an allowlist names this caller by, without a path; the same as `arn` for root. */
  readonly principalArn: string;
  /** ARN policies name this caller by (aws:PrincipalArn): root, user or role, with its path. */
  readonly identityArn: string;
  /** The user's or the role's; empty for root. */
  readonly name: string;
  /** Undefined but for sessions. */
  readonly session: RoleSession | undefined;
}

/** What AssumeRole gave a session besides its role. */
export interface RoleSession {
  /** Undefined without session policies, which is no limit. */
  readonly policies: readonly Policy[] | undefined;
  /** Session tags, by key as it was given; they win over the role's tags of the same key. */
  readonly tags: ReadonlyMap<string, string>;
  /** Keys of the tags that go on to the next session of a chain; lower case. */
  readonly transitiveTagKeys: ReadonlySet<string>;
  readonly sourceIdentity: string | undefined;
  /** Milliseconds since 1970. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** A user or a role, as far as its callers need it. */
export interface NamedIdentity {
  readonly name: string;
  /** For example `/` or `/team/`. */
  readonly path: string;
  /** `AIDA…` or `AROA…` */
  readonly id: string;
}

/** The account's root identity. */
export function rootCaller(account: string): Caller {
  const arn = rootArn(account);
  const arns = { arn, principalArn: arn, identityArn: arn };
  return { kind: 'root', account, ...arns, userId: account, name: '', session: undefined };
}

export function userCaller(account: string, { name, path, id }: NamedIdentity): Caller {
  const arn = userArn(account, name, path);
  return {
    kind: 'user',
    account,
    arn,
    userId: id,
    principalArn: userArn(account, name),
    identityArn: arn,
    name,
    session: undefined,
  };
}

/** A session's ARN has its role's name without the path (IAM User Guide, IAM identifiers). */
export function sessionCaller(
  account: string,
  { name, path, id }: NamedIdentity,
  sessionName: string,
  session: RoleSession,
): Caller {
  return {
    kind: 'session',
    account,
    arn: `arn:aws:sts::${account}:assumed-role/${name}/${sessionName}`,
    userId: `${id}:${sessionName}`,
    principalArn: roleArn(account, name),
    identityArn: roleArn(account, name, path),
    name,
    session,
  };
}

/**
 * Whether one of the listed principals stands for the caller: `*` for everybody, the account's
 * root ARN for every identity of the account, a user or role ARN for that one only.
 */
export function isListed(principals: { has(arn: string): boolean }, caller: Caller): boolean {
  return (
    principals.has('*') ||
    principals.has(rootArn(caller.account)) ||
    principals.has(caller.principalArn)
  );
}
