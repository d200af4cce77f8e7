// Which permissions an operation needs: AWS's actions on ARNs, with the condition keys that AWS
// fills in. Each service keeps a ledger of them in its permissions.ts (AWS Service Authorization
// Reference); permission-ledger.ts lists the ledgers.

import type { ResourcePolicy } from '../identity/authorization.ts';
import type { ContextValue } from '../identity/policies/context.ts';
import type { Call } from './call.ts';

export type Keys = Readonly<Record<string, ContextValue>>;

export interface Need {
  /** With its prefix, for example `ec2:CreateTags`. */
  readonly action: string;
  /** An ARN, or `*` for an action that has no resource. */
  readonly resource: string;
  /** Condition keys besides those of every request. */
  readonly keys?: Keys;
  /** For resources that can have a policy of their own, or belong to others. */
  readonly policy?: ResourcePolicy;
}

/**
 * What a call needs; it is checked before anything that the call names is looked up, so it must not
 * fail for what does not exist. It may throw an AwsError for input that AWS refuses even earlier.
 */
export type Rule = (call: Call<never>) => readonly Need[];

/** By operation. */
export type Ledger = Readonly<Record<string, Rule>>;

/** The rule of an action that has no resource, for each of these operations. */
export function withoutResource(prefix: string, operations: readonly string[]): Ledger {
  return Object.fromEntries(
    operations.map((name): [string, Rule] => [
      name,
      () => [{ action: `${prefix}:${name}`, resource: '*' }],
    ]),
  );
}

/** aws:RequestTag/… and aws:TagKeys. */
export function requestTags(
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] = [],
): Keys {
  if (tags.length === 0) return {};
  const values = tags.map(({ Key = '', Value = '' }) => [`aws:RequestTag/${Key}`, Value]);
  return {
    ...(Object.fromEntries(values) as Keys),
    'aws:TagKeys': tags.map(({ Key = '' }) => Key),
  };
}

/** aws:ResourceTag/… and the service's own key of that name. */
export function resourceTags(tags: ReadonlyMap<string, string> | undefined, prefix?: string): Keys {
  const keys: [string, string][] = [];
  for (const [key, value] of tags ?? []) {
    keys.push([`aws:ResourceTag/${key}`, value]);
    if (prefix !== undefined) keys.push([`${prefix}:ResourceTag/${key}`, value]);
  }
  return Object.fromEntries(keys);
}
