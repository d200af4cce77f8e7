// Tokens that say who somebody is, read as whoever receives them does; and whose a key is.

import {
  GetAccessKeyInfoCommand as KeyInfo,
  GetWebIdentityTokenCommand as GetToken,
  type GetWebIdentityTokenCommandInput as TokenInput,
} from '@aws-sdk/client-sts';
import { CUSTOMER, type Lab, VENDOR } from '../../../lab.ts';
import { each, effect, expect, type ProbeSet, probes } from '../../probe.ts';

const TOKEN = 'sts:GetWebIdentityToken';
const KEY = 'sts:GetAccessKeyInfo';

const tagged = effect(TOKEN, async (lab) => {
  const { claims } = await token(lab, { Tags: [{ Key: 'challenge', Value: 'c-1' }] });
  expect(claims['https://sts.amazonaws.com/']).toMatchObject({
    request_tags: { challenge: 'c-1' },
  });
});

export const identityTokenProbes: ProbeSet = [
  ...probes(TOKEN, {
    Audience: effect(TOKEN, async (lab) => {
      expect((await token(lab, { Audience: ['a', 'b'] })).claims['aud']).toEqual(['a', 'b']);
    }),
    DurationSeconds: effect(TOKEN, async (lab) => {
      const { claims } = await token(lab, { DurationSeconds: 60 });
      expect(Number(claims['exp']) - Number(claims['iat'])).toBe(60);
    }),
    SigningAlgorithm: effect(TOKEN, async (lab) => {
      const { head } = await token(lab, { SigningAlgorithm: 'ES384' });
      expect(head).toMatchObject({ alg: 'ES384', kid: 'EC384_0' });
    }),
    ...each(['Tags.Key', 'Tags.Value'], tagged),
  }),

  ...probes(KEY, {
    AccessKeyId: effect(KEY, async (lab) => {
      const asked = new KeyInfo({ AccessKeyId: 'AKIATERRAFORM2222222' });
      expect((await lab.as(CUSTOMER).sts.send(asked)).Account).toBe(VENDOR);
    }),
  }),
];

async function token(lab: Lab, input: Partial<TokenInput>) {
  const asked = { Audience: ['probe'], SigningAlgorithm: 'RS256', ...input };
  const { WebIdentityToken = '' } = await lab.as(CUSTOMER).sts.send(new GetToken(asked));
  const [head, claims] = WebIdentityToken.split('.').map(decoded);
  return { head, claims: claims ?? {} };
}

function decoded(part: string): Record<string, unknown> {
  const text = Buffer.from(part, 'base64url').toString('utf8');
  return text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
}
