// What lets a person in at one service, as it is kept: a key, or what an identity provider gave.

/** It goes to this origin and to no other, whatever `--url` says. */
interface Bound {
  origin: string;
}

export interface KeyCredential extends Bound {
  kind: 'key';
  key: string;
}

export interface SessionCredential extends Bound {
  kind: 'session';
  /** What the service gets. */
  token: string;
  /** When the token ends, in milliseconds since 1970. */
  expiresAt: number;
  refreshToken?: string | undefined;
  /** The provider of the login. Kept, so that a service cannot name another one afterwards. */
  tokenEndpoint: string;
  issuer: string;
  clientId: string;
  audience: string;
}

export type Credential = KeyCredential | SessionCredential;

/** Kept as one line without quotes, which every keyring takes as it is. */
export function credentialText(credential: Credential): string {
  return Buffer.from(JSON.stringify(credential)).toString('base64url');
}

/** Undefined for what is no credential. */
export function credentialFrom(text: string): Credential | undefined {
  try {
    const value = JSON.parse(Buffer.from(text.trim(), 'base64url').toString()) as Credential;
    return value.kind === 'key' || value.kind === 'session' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The secrets in it, to be blanked out of what is written. */
export function secretsOf(credential: Credential): string[] {
  if (credential.kind === 'key') return [credential.key];
  return [credential.token, ...(credential.refreshToken ? [credential.refreshToken] : [])];
}
