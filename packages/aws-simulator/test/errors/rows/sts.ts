// The errors of STS.

import {
  AssumeRoleCommand as Assume,
  type AssumeRoleCommandInput,
  GetAccessKeyInfoCommand as GetKeyInfo,
  GetWebIdentityTokenCommand as GetToken,
} from '@aws-sdk/client-sts';
import type { SimulatorOptions } from '../../../src/index.ts';
import { CUSTOMER, type Keys, openLab, VENDOR } from '../../lab.ts';
import { allowing, keysOf, worldWith } from '../../roles.ts';
import { alone, type Attempt, errorsOf, inService, inWorld, type Scene } from '../ledger.ts';

type Go = Attempt<Scene>;

const arn = (role: string) => `arn:aws:iam::${VENDOR}:role/${role}`;
const trusting = (...accounts: string[]) => ({
  Version: '2012-10-17' as const,
  Statement: { Effect: 'Allow' as const, Principal: { AWS: accounts }, Action: 'sts:*' },
});
const roles = [
  { name: 'limited', trustPolicy: trusting(VENDOR, CUSTOMER), policies: [allowing('*')] },
  { name: 'closed', trustPolicy: trusting(VENDOR) },
];

const assume =
  (input: Partial<AssumeRoleCommandInput>, who = VENDOR, region = 'us-east-1'): Go =>
  ({ lab }) =>
    lab
      .as(who, region)
      .sts.send(new Assume({ RoleArn: arn('limited'), RoleSessionName: 'tester', ...input }));
const tags = (...keys: string[]) => ({ Tags: keys.map((Key) => ({ Key, Value: 'v' })) });
const request =
  (input: object, who: string | Keys = VENDOR): Go =>
  ({ lab }) =>
    lab
      .as(who)
      .sts.send(
        new GetToken({ Audience: ['https://a.example'], SigningAlgorithm: 'RS256', ...input }),
      );
const keyInfo =
  (AccessKeyId: string): Go =>
  ({ lab }) =>
    lab.as(CUSTOMER).sts.send(new GetKeyInfo({ AccessKeyId }));

const absentPolicy = assume({ PolicyArns: [{ arn: `arn:aws:iam::${VENDOR}:policy/none` }] });
const awsPolicy = assume({ PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }] });
const wide = allowing('*', { Resource: [`arn:aws:ec2:*:*:${'x'.repeat(200)}`] });

export const stsErrors = errorsOf(
  'sts.ts',
  openRoles,
  inService<Scene>('sts', {
    AssumeRole: {
      AccessDenied: [
        assume({ RoleArn: arn('none') }),
        assume({ RoleArn: arn('closed') }, CUSTOMER),
        inWorld({ knobs: { rootAssumesRoles: false } }, assume({})),
      ],
      InvalidParameterValue: [
        assume(tags('a', 'A')),
        assume({ ...tags('a'), TransitiveTagKeys: ['b'] }),
        assume(tags('aws:a')),
      ],
      MalformedPolicyDocumentException: [
        assume({ Policy: '{' }),
        assume({ Policy: JSON.stringify(allowing('*', { Principal: '*' })) }),
        absentPolicy,
        inWorld({ knobs: { absentSessionPolicyCode: 'MalformedPolicyDocument' } }, absentPolicy),
      ],
      PackedPolicyTooLargeException: inWorld(
        { quotas: { packedSessionBytes: 200 } },
        assume({ Policy: JSON.stringify(wide) }),
      ),
      RegionDisabledException: assume({}, CUSTOMER, 'eu-south-1'),
      UnsupportedOperation: [awsPolicy, assume({ TokenCode: '123456' })],
      ValidationError: [
        assume({ RoleArn: 'limited' }),
        assume({ RoleArn: undefined }),
        assume({ RoleSessionName: 'a b' }),
        assume({ RoleSessionName: 'a' }),
        assume({ DurationSeconds: 60 }),
        assume({ DurationSeconds: 50_000 }),
        assume({ DurationSeconds: 7200 }),
        assume({ Policy: ' '.repeat(2049) }),
        assume(tags('x'.repeat(129))),
        assume({ Tags: [{ Key: 'a', Value: 'v'.repeat(257) }] }),
        assume(tags(...Array.from({ length: 51 }, (_, index) => `k${index}`))),
        assume({ SourceIdentity: 'a b' }),
        assume({ ExternalId: 'x' }),
        inWorld({ knobs: { absentSessionPolicyCode: 'ValidationError' } }, absentPolicy),
      ],
    },
    GetAccessKeyInfo: { ValidationError: [keyInfo('AKIA'), keyInfo('AKIA0000000000000000')] },
    GetWebIdentityToken: {
      JWTPayloadSizeExceededException: inWorld(
        { quotas: { webIdentityTokenBytes: 400 } },
        request({ Tags: [{ Key: 'k', Value: 'v'.repeat(200) }] }),
      ),
      OutboundWebIdentityFederationDisabledException: inWorld(
        { world: worldWith({ id: VENDOR, outboundFederation: false }) },
        request({}),
      ),
      SessionDurationEscalationException: alone(async (scene) => {
        const keys = await keysOf(scene.lab, VENDOR, { DurationSeconds: 900 });
        scene.lab.advance(601_000);
        return request({}, keys)(scene);
      }),
      ValidationError: [
        request({ Audience: Array.from({ length: 11 }, () => 'a') }),
        request({ Audience: ['x'.repeat(1001)] }),
        request({ SigningAlgorithm: 'HS256' }),
        request({ DurationSeconds: 59 }),
        request({ DurationSeconds: 3601 }),
        request({ Tags: [{ Key: '', Value: 'v' }] }),
      ],
    },
  }),
);

async function openRoles(options: SimulatorOptions): Promise<Scene> {
  return { lab: await openLab({ world: worldWith({ id: VENDOR, roles }), ...options }) };
}
