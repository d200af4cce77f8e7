/** How staff sign in. Customers always have keys. */
export interface SignIn {
  /** Whether API keys of staff work here. */
  staff_keys: boolean;
  /** The identity provider of staff; null when there is none. */
  oidc: OidcProvider | null;
}

/** Where staff get a token that works here as a key does. */
export interface OidcProvider {
  /**
   * Its discovery document is at `/.well-known/openid-configuration` below it.
   * @minLength 1
   */
  issuer: string;
  /**
   * The client to sign in with; null when none is meant for command lines.
   * @minLength 1
   */
  client_id: string | null;
  /**
   * What the token must be for: its `aud`.
   * @minLength 1
   */
  audience: string;
}
