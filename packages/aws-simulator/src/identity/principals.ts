// Who a caller is, in AWS's words, and which principal ARNs of an allowlist or a trust policy
// stand for it. Nothing here checks a signature.

/** A verified caller: the account itself, one of its users, or a session of one of its roles. */
export interface Caller {
  readonly kind: 'root' | 'user' | 'session';
  readonly account: string;
  /** What GetCallerIdentity answers. */
  readonly arn: string;
  readonly userId: string;
  /** ARN an allowlist names this caller by, without a path; the same as `arn` for root. */
  readonly principalArn: string;
}

export const rootArn = (account: string) => `arn:aws:iam::${account}:root`;
export const userArn = (account: string, name: string) => `arn:aws:iam::${account}:user/${name}`;
export const roleArn = (account: string, name: string) => `arn:aws:iam::${account}:role/${name}`;

/** The account's root identity. */
export function rootCaller(account: string): Caller {
  const arn = rootArn(account);
  return { kind: 'root', account, arn, userId: account, principalArn: arn };
}

export function userCaller(account: string, name: string, userId: string): Caller {
  const arn = userArn(account, name);
  return { kind: 'user', account, arn, userId, principalArn: arn };
}

/** @param roleId the role's own unique id (`AROA…`), which the session's user id starts with. */
export function sessionCaller(
  account: string,
  role: string,
  roleId: string,
  sessionName: string,
): Caller {
  return {
    kind: 'session',
    account,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${sessionName}`,
    userId: `${roleId}:${sessionName}`,
    principalArn: roleArn(account, role),
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
