/** A tenant of the vendor. */
export interface Customer {
  id: string;
  /** The vendor's own id of this customer. */
  external_id: string;
  name: string;
  /** `active`, `suspended`, `offboarding` or `offboarded`. */
  state: string;
  metadata: Metadata;
  contacts: Contact[];
  /** @format date-time */
  offboarding_since: string | null;
  /** @format date-time */
  created_at: string;
  /** @format date-time */
  updated_at: string;
}

/** Free text by the vendor's own keys. */
export interface Metadata {
  [key: string]: string;
}

export interface Contact {
  /**
   * @minLength 1
   * @maxLength 200
   */
  name: string;
  /**
   * @format email
   * @maxLength 254
   */
  email: string;
}

export interface CustomerCreate {
  /** @pattern ^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$ */
  external_id: string;
  /**
   * @minLength 1
   * @maxLength 200
   */
  name: string;
  metadata?: Metadata;
  /** @maxItems 20 */
  contacts?: Contact[];
}

export interface CustomerUpdate {
  /**
   * @minLength 1
   * @maxLength 200
   */
  name?: string;
  metadata?: Metadata;
  /** @maxItems 20 */
  contacts?: Contact[];
}

export interface Invite {
  id: string;
  customer_id: string;
  /** `open`, `redeemed`, `revoked` or `expired`. */
  state: string;
  /** @format date-time */
  created_at: string;
  /** @format date-time */
  expires_at: string;
}

/** The token is shown this once. */
export interface InviteWithToken extends Invite {
  token: string;
}

export interface InviteRedeem {
  /**
   * @minLength 10
   * @maxLength 200
   */
  token: string;
  /**
   * A name for the new key, for example who will use it.
   * @minLength 1
   * @maxLength 100
   */
  key_name?: string;
}
