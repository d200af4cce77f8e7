// Web identity tokens, verified with nothing but what the issuer publishes.

import { createPublicKey, verify } from 'node:crypto';
import {
  GetAccessKeyInfoCommand,
  GetSessionTokenCommand,
  GetWebIdentityTokenCommand,
  type GetWebIdentityTokenCommandInput,
} from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import type { AccountSpec } from '../../../src/index.ts';
import { CUSTOMER, failure, type Keys, type Lab, rootKeys, startLab, VENDOR } from '../../lab.ts';
import { formRequest, send } from '../../raw.ts';
import { allowing, keysOf, limitedVendor, worldWith } from '../../roles.ts';

interface Jwks {
  readonly keys: readonly (Record<string, string> & { readonly kid: string })[];
}

function request(
  lab: Lab,
  who: string | Keys,
  input: Partial<GetWebIdentityTokenCommandInput> = {},
) {
  const asked = { Audience: ['https://api.vendor.example'], SigningAlgorithm: 'RS256', ...input };
  return lab.as(who, 'eu-west-1').sts.send(new GetWebIdentityTokenCommand(asked));
}

async function publicDocument<T>(lab: Lab, host: string, name: string): Promise<T> {
  const path = `/.well-known/${name}`;
  const answer = await send(lab.endpoint, {
    ...formRequest({}, host),
    method: 'GET',
    path,
    body: '',
  });
  expect(answer.status).toBe(200);
  return JSON.parse(answer.body) as T;
}

function decoded(part: string | undefined): Record<string, unknown> {
  const text = Buffer.from(part ?? '', 'base64url').toString('utf8');
  return JSON.parse(text) as Record<string, unknown>;
}

/** The claims of a token whose signature holds, found as any verifier would: from its issuer on. */
async function verified(lab: Lab, token: string): Promise<Record<string, unknown>> {
  const [head, body, signature] = token.split('.');
  const claims = decoded(body);
  const issuer = new URL(claims['iss'] as string);
  const openId = await publicDocument<Record<string, unknown>>(
    lab,
    issuer.host,
    'openid-configuration',
  );
  expect(openId).toMatchObject({
    issuer: claims['iss'],
    jwks_uri: `${issuer.origin}/.well-known/jwks.json`,
  });
  const { keys } = await publicDocument<Jwks>(lab, issuer.host, 'jwks.json');
  const { kid, alg } = decoded(head);
  const jwk = keys.find((one) => one.kid === kid);
  const key = createPublicKey({ key: { ...jwk }, format: 'jwk' });
  const hash = alg === 'RS256' ? 'sha256' : 'sha384';
  const bytes = Buffer.from(signature ?? '', 'base64url');
  const text = Buffer.from(`${head}.${body}`);
  expect(verify(hash, text, { key, dsaEncoding: 'ieee-p1363' }, bytes)).toBe(true);
  expect(verify(hash, Buffer.from(`${head}.x`), { key, dsaEncoding: 'ieee-p1363' }, bytes)).toBe(
    false,
  );
  return claims;
}

test('when a role asks for a token, its signature holds and its claims say who it is', async () => {
  const lab = await startLab({
    world: worldWith({
      id: VENDOR,
      organization: 'o-exampleorg1',
      roles: [{ name: 'limited', path: '/team/', tags: { team: 'a' } }],
    }),
  });
  const RoleArn = `arn:aws:iam::${VENDOR}:role/team/limited`;
  const keys = await keysOf(lab, VENDOR, { RoleArn });
  for (const SigningAlgorithm of ['RS256', 'ES384']) {
    const Tags = [{ Key: 'challenge', Value: 'c-1' }];
    const answer = await request(lab, keys, { SigningAlgorithm, Tags, DurationSeconds: 60 });
    const now = Math.floor(lab.now().getTime() / 1000);
    expect(answer.Expiration).toEqual(new Date((now + 60) * 1000));
    const claims = await verified(lab, answer.WebIdentityToken ?? '');
    expect(claims).toEqual({
      iss: expect.stringMatching(
        /^https:\/\/[0-9a-f]{8}-[0-9a-f-]{27}\.tokens\.sts\.global\.api\.aws$/,
      ),
      aud: 'https://api.vendor.example',
      sub: RoleArn,
      iat: now,
      exp: now + 60,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'https://sts.amazonaws.com/': {
        aws_account: VENDOR,
        source_region: 'eu-west-1',
        org_id: 'o-exampleorg1',
        principal_tags: { team: 'a' },
        original_session_exp: new Date((now + 3600) * 1000).toISOString().replace('.000', ''),
        request_tags: { challenge: 'c-1' },
      },
    });
  }
});

test('when there are several audiences, the token is for all of them', async () => {
  const lab = await startLab();
  const { WebIdentityToken, Expiration } = await request(lab, CUSTOMER, { Audience: ['a', 'b'] });
  const claims = await verified(lab, WebIdentityToken ?? '');
  expect(claims).toMatchObject({ aud: ['a', 'b'], sub: `arn:aws:iam::${CUSTOMER}:root` });
  const seconds = Math.floor(lab.now().getTime() / 1000) + 300;
  expect(Expiration).toEqual(new Date(seconds * 1000));
});

test('when accounts differ, so do issuer and keys; the same account keeps both', async () => {
  const lab = await startLab();
  const issue = async (who: string) => {
    const { WebIdentityToken = '' } = await request(lab, who);
    const { iss } = await verified(lab, WebIdentityToken);
    const host = new URL(iss as string).host;
    return { iss, keys: (await publicDocument<Jwks>(lab, host, 'jwks.json')).keys };
  };
  const [vendor, again, customer] = [
    await issue(VENDOR),
    await issue(VENDOR),
    await issue(CUSTOMER),
  ];
  expect(again).toEqual(vendor);
  expect(customer.iss).not.toBe(vendor.iss);
  expect(customer.keys).not.toEqual(vendor.keys);
  expect(vendor.keys.map(({ kid, kty, use }) => [kid, kty, use])).toEqual([
    ['RSA_0', 'RSA', 'sig'],
    ['EC384_0', 'EC', 'sig'],
  ]);
  expect(JSON.stringify(vendor.keys)).not.toContain('"d"');
});

test('when federation is off, there is neither a token nor an issuer', async () => {
  const off: Partial<AccountSpec> & { id: string } = { id: VENDOR, outboundFederation: false };
  const lab = await startLab({ world: worldWith(off) });
  const { code } = await failure(request(lab, VENDOR));
  expect(code).toBe('OutboundWebIdentityFederationDisabledException');
  const host = lab.simulator.world.accounts.get(VENDOR)?.tokenIssuer ?? '';
  const path = '/.well-known/jwks.json';
  const answer = await send(lab.endpoint, {
    ...formRequest({}, host),
    method: 'GET',
    path,
    body: '',
  });
  expect(answer.status).toBe(404);
});

test('when the token would outlive the session, it is refused', async () => {
  const lab = await startLab({ world: limitedVendor(allowing('*')) });
  const keys = await keysOf(lab, VENDOR, { DurationSeconds: 900 });
  lab.advance(601_000);
  await request(lab, keys, { DurationSeconds: 290 });
  const { code } = await failure(request(lab, keys));
  expect(code).toBe('SessionDurationEscalationException');
});

test('when a policy bounds audience, algorithm and duration, other tokens are denied', async () => {
  const policy = allowing('sts:GetWebIdentityToken', {
    Condition: {
      'ForAllValues:StringEquals': { 'sts:IdentityTokenAudience': 'https://api.vendor.example' },
      NumericLessThanEquals: { 'sts:DurationSeconds': 300 },
      StringEquals: { 'sts:SigningAlgorithm': 'RS256' },
    },
  });
  const lab = await startLab({ world: limitedVendor(policy) });
  const keys = await keysOf(lab, VENDOR);
  await request(lab, keys);
  const Tags = [{ Key: 'k', Value: 'v' }];
  for (const input of [
    { Audience: ['https://api.vendor.example', 'https://other.example'] },
    { DurationSeconds: 301 },
    { SigningAlgorithm: 'ES384' },
    { Tags },
  ]) {
    expect((await failure(request(lab, keys, input))).code).toBe('AccessDenied');
  }
});

test('when a key id is asked for, its account is told', async () => {
  const lab = await startLab();
  const { sts } = lab.as(CUSTOMER);
  const accountOf = (AccessKeyId: string) => sts.send(new GetAccessKeyInfoCommand({ AccessKeyId }));
  expect((await accountOf('AKIATERRAFORM2222222')).Account).toBe(VENDOR);
  expect((await accountOf(rootKeys(VENDOR).accessKeyId)).Account).toBe(VENDOR);
  for (const id of ['AKIA', 'AKIA0000000000000000']) {
    expect((await failure(accountOf(id))).code).toBe('ValidationError');
  }
});

test('when an operation of STS is not simulated, the answer names it', async () => {
  const lab = await startLab();
  const { code, message } = await failure(lab.as(VENDOR).sts.send(new GetSessionTokenCommand({})));
  expect(code).toBe('UnsupportedOperation');
  expect(message).toContain('GetSessionToken');
});
