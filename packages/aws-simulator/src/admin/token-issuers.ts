// The documents by which tokens of GetWebIdentityToken are verified. A client may also ask for them
// at their own host name: `http/issuer-documents.ts` answers by the Host header.

import { jwks, openIdConfiguration } from '../services/sts/token-issuer.ts';
import { AdminError, type Route } from './route.ts';

export const tokenIssuerRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'oidc/{name}/.well-known/openid-configuration',
    about: "The OpenID configuration of an account's token issuer.",
    answer: ({ simulation: { world } }, { name }) =>
      openIdConfiguration(world, name) ?? noIssuer(name),
  },
  {
    method: 'GET',
    path: 'oidc/{name}/.well-known/jwks.json',
    about: 'The keys that it signs with.',
    answer: async ({ simulation: { world } }, { name }) =>
      (await jwks(world, name)) ?? noIssuer(name),
  },
];

function noIssuer(account: string): never {
  throw new AdminError(404, `The account ${account} has no issuer: outbound federation is off.`);
}
