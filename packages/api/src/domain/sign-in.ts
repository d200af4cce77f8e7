// How staff sign in here: with keys, with an identity provider, or both.

export interface SignIn {
  /** Whether API keys of staff work. */
  staffKeys: boolean;
  /** The identity provider of staff, or null when there is none. */
  oidc: { issuer: string; clientId: string | null; audience: string } | null;
}

/** Where nothing else is set. */
export const keysOnly: SignIn = { staffKeys: true, oidc: null };
