// An AWS account of this world with its identities: who can be in it, and what they may do.

import type { Policy } from '../../identity/policies/policy.ts';
import type { NamedIdentity } from '../../identity/principals.ts';
import type { TokenKeys } from '../../identity/token-keys.ts';

/** A user or a role. */
export interface Identity extends NamedIdentity {
  readonly tags: ReadonlyMap<string, string>;
  /** Undefined for an administrator, who may do everything. */
  readonly policies: readonly Policy[] | undefined;
  readonly boundary: Policy | undefined;
}

export interface Role extends Identity {
  /** Who may assume it. */
  readonly trust: Policy;
  /** Seconds. */
  readonly longestSession: number;
}

export interface Account {
  readonly id: string;
  /** The organisation it belongs to, for example `o-exampleorg1`; undefined when alone. */
  readonly organization?: string | undefined;
  /** By name, which is unique whatever the path. */
  readonly roles: Map<string, Role>;
  readonly users: Map<string, Identity>;
  /** By ARN; for AssumeRole, which takes managed policies as session policies. */
  readonly managedPolicies: Map<string, Policy>;
  /** Undefined when there are none. They bind everybody in the account, root too. */
  readonly serviceControlPolicies: readonly Policy[] | undefined;
  /** Regions that the account asked for; it has the others anyway. */
  readonly optInRegions: ReadonlySet<string>;
  /** The host name that its web identity tokens are issued under. */
  readonly tokenIssuer: string;
  readonly tokenKeys: TokenKeys;
  /** Whether GetWebIdentityToken is enabled. */
  outboundFederation: boolean;
}
