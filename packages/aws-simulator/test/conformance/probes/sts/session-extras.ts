// What AssumeRole can give a session besides its role: managed policies, tags, a source identity.
// The account of the probes has a role that trusts for all of it.

import { DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import {
  AssumeRoleCommand as Assume,
  type AssumeRoleCommandInput as AssumeInput,
  GetWebIdentityTokenCommand as GetToken,
} from '@aws-sdk/client-sts';
import { failure, type Lab } from '../../../lab.ts';
import { each, effect, expect, type ProbeSet, probes, refused } from '../../probe.ts';

const ASSUME = 'sts:AssumeRole';
const TOKEN = 'sts:GetWebIdentityToken';
const ACCOUNT = '555555555555';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/open`;
const MANAGED = `arn:aws:iam::${ACCOUNT}:policy/zones-only`;

const managed = effect('ec2:DescribeVpcs', async (lab) => {
  const { ec2 } = await session(lab, { PolicyArns: [{ arn: MANAGED }] });
  const denied = await failure(ec2.send(new DescribeVpcsCommand({})));
  expect(denied.code).toBe('UnauthorizedOperation');
});

const tagged = effect(TOKEN, async (lab) => {
  const Tags = [{ Key: 'team', Value: 'a' }];
  expect(await claims(await session(lab, { Tags }))).toMatchObject({
    principal_tags: { team: 'a' },
  });
});

const contexts = refused(
  'ProvidedContexts',
  (lab) => {
    const ProviderArn = 'arn:aws:iam::aws:contextProvider/IdentityCenter';
    return session(lab, { ProvidedContexts: [{ ProviderArn, ContextAssertion: 'assertion' }] });
  },
  'ProvidedContexts',
);

export const sessionExtraProbes: ProbeSet = [
  ...probes(ASSUME, {
    'PolicyArns.arn': managed,
    ...each(['Tags.Key', 'Tags.Value'], tagged),
    TransitiveTagKeys: effect(TOKEN, async (lab) => {
      const Tags = [{ Key: 'team', Value: 'a' }];
      const first = await keys(lab, { Tags, TransitiveTagKeys: ['team'] });
      const next = await claims(lab.as(await keys(lab, {}, first)));
      expect(next).toMatchObject({ principal_tags: { team: 'a' } });
    }),
    SourceIdentity: effect(TOKEN, async (lab) => {
      const given = await claims(await session(lab, { SourceIdentity: 'alice' }));
      expect(given).toMatchObject({ source_identity: 'alice' });
    }),
    MinimumSessionTokenSize: effect(ASSUME, async (lab) => {
      const { sessionToken } = await keys(lab, { MinimumSessionTokenSize: 2000 });
      expect(sessionToken.length).toBeGreaterThanOrEqual(2000);
    }),
    SerialNumber: refused('SerialNumber', (lab) =>
      session(lab, { SerialNumber: `arn:aws:iam::${ACCOUNT}:mfa/alice` }),
    ),
    TokenCode: refused('TokenCode', (lab) => session(lab, { TokenCode: '123456' })),
    ...each(['ProvidedContexts.ProviderArn', 'ProvidedContexts.ContextAssertion'], contexts),
  }),
];

function ready({ simulator }: Lab): void {
  if (simulator.world.accounts.has(ACCOUNT)) return;
  const Version = '2012-10-17' as const;
  const Statement = { Effect: 'Allow' as const, Action: 'sts:*', Principal: { AWS: ACCOUNT } };
  const zones = { Effect: 'Allow' as const, Action: 'route53:*', Resource: '*' };
  simulator.addAccount({
    id: ACCOUNT,
    roles: [{ name: 'open', trustPolicy: { Version, Statement } }],
    managedPolicies: [{ name: 'zones-only', document: { Version, Statement: zones } }],
  });
}

type Who = Parameters<Lab['as']>[0];

async function keys(lab: Lab, input: Partial<AssumeInput>, who: Who = ACCOUNT) {
  ready(lab);
  const asked = { RoleArn: ROLE, RoleSessionName: 'probe', ...input };
  const { Credentials } = await lab.as(who).sts.send(new Assume(asked));
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
  };
}

async function session(lab: Lab, input: Partial<AssumeInput>) {
  return lab.as(await keys(lab, input));
}

/** What a token of the session says of it. */
async function claims({ sts }: ReturnType<Lab['as']>): Promise<unknown> {
  const asked = { Audience: ['probe'], SigningAlgorithm: 'ES384' };
  const { WebIdentityToken = '' } = await sts.send(new GetToken(asked));
  const text = Buffer.from(WebIdentityToken.split('.')[1] ?? '', 'base64url').toString('utf8');
  return (JSON.parse(text) as Record<string, unknown>)['https://sts.amazonaws.com/'];
}
