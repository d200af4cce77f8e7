// An AWS account of this world, with the roles that can be assumed in it.

export interface Role {
  readonly name: string;
  /** For example `/` or `/team/`. */
  readonly path: string;
  /** `AROA…` */
  readonly id: string;
  /** Principals of the trust policy: ARNs, or `*`. */
  readonly trusts: ReadonlySet<string>;
  readonly externalId: ExternalIdCondition | undefined;
}

/** The trust policy's condition on sts:ExternalId. */
export interface ExternalIdCondition {
  readonly value: string;
  /** false is StringEqualsIfExists: without an external id the role can be assumed as well. */
  readonly required: boolean;
}

export interface Account {
  readonly id: string;
  /** The organisation it belongs to, for example `o-exampleorg1`; undefined when alone. */
  readonly organization?: string | undefined;
  readonly roles: Map<string, Role>;
  /** Names. */
  readonly users: Set<string>;
  /** Regions that the account asked for; it has the others anyway. */
  readonly optInRegions: ReadonlySet<string>;
}
