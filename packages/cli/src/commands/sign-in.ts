// Signs a person in with the identity provider that a service names. The person decides in a
// browser, on whatever machine; this one never sees a password.

import { beginDeviceFlow, type DeviceCode, discover, pollForTokens } from '../api/provider.ts';
import type { SessionCredential } from '../profiles/credential.ts';
import { sessionFrom } from '../profiles/sessions.ts';
import type { Context } from '../runtime.ts';

export interface SignInFacts {
  /** Of the service. */
  origin: string;
  issuer: string;
  clientId: string;
  audience: string;
  scope: string;
}

export async function signIn(context: Context, facts: SignInFacts): Promise<SessionCredential> {
  const { signal, now, options, say } = context;
  const talk = { signal, now, trace: options.debug ? say : undefined };
  const { scope, ...bound } = facts;
  const provider = await discover(facts.issuer, talk);
  const code = await beginDeviceFlow(provider, { ...bound, scope }, talk);
  tell(context, code);
  const tokens = await pollForTokens(provider, facts, code, talk);
  return sessionFrom(tokens, { ...bound, tokenEndpoint: provider.tokenEndpoint }, now());
}

function tell({ say }: Context, code: DeviceCode): void {
  say(`Open ${code.verification_uri}`);
  say(`and enter the code ${code.user_code}`);
  if (code.verification_uri_complete !== undefined)
    say(`or open ${code.verification_uri_complete}`);
  say(`It is valid for ${Math.round(code.expires_in / 60)} minutes. Waiting for you ...`);
}
