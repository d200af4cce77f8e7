// Who a caller is, and how it becomes somebody else.

import { DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import {
  AssumeRoleCommand as Assume,
  type AssumeRoleCommandInput as AssumeInput,
  GetCallerIdentityCommand as WhoAmI,
} from '@aws-sdk/client-sts';
import { CUSTOMER, failure, type Lab, VENDOR } from '../../../lab.ts';
import { effect, expect, outputs, type ProbeSet, probes } from '../../probe.ts';

const ASSUME = 'sts:AssumeRole';
const WHO = 'sts:GetCallerIdentity';

export const sessionProbes: ProbeSet = [
  ...probes(ASSUME, {
    RoleArn: effect(WHO, async (lab) => {
      const session = await assume(lab, { RoleArn: role('intern') });
      expect(await arnOf(session)).toBe(`arn:aws:sts::${CUSTOMER}:assumed-role/intern/probe`);
    }),
    RoleSessionName: effect(WHO, async (lab) => {
      const session = await assume(lab, { RoleSessionName: 'other' });
      expect(await arnOf(session)).toBe(`arn:aws:sts::${CUSTOMER}:assumed-role/network/other`);
    }),
    Policy: effect('ec2:DescribeVpcs', async (lab) => {
      const { ec2 } = await assume(lab, { Policy: policy('route53:*') });
      expect((await failure(ec2.send(new DescribeVpcsCommand({})))).code).toBe(
        'UnauthorizedOperation',
      );
    }),
    DurationSeconds: effect(WHO, async (lab) => {
      const session = await assume(lab, { DurationSeconds: 900 });
      lab.advance(901_000);
      expect((await failure(arnOf(session))).code).toMatch(/^ExpiredToken/);
    }),
    ExternalId: effect(WHO, async (lab) => {
      const RoleArn = `arn:aws:iam::${VENDOR}:role/sallyport`;
      const right = await assume(lab, { RoleArn, ExternalId: 'sallyport' }, VENDOR);
      expect(await arnOf(right)).toContain('assumed-role/sallyport');
      const wrong = assume(lab, { RoleArn, ExternalId: 'somebody' }, VENDOR);
      expect((await failure(wrong)).code).toBe('AccessDenied');
    }),
  }),

  ...outputs(WHO, {
    UserId: async (lab) => {
      const answer = await lab.as(CUSTOMER).sts.send(new WhoAmI({}));
      expect(answer).toMatchObject({ Account: CUSTOMER, UserId: CUSTOMER });
    },
  }),
];

function role(name: string): string {
  return `arn:aws:iam::${CUSTOMER}:role/${name}`;
}

function policy(Action: string): string {
  const Statement = [{ Effect: 'Allow', Action, Resource: '*' }];
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

/** The clients of a session; of the customer's role `network` unless another is asked for. */
async function assume(lab: Lab, input: Partial<AssumeInput>, account = CUSTOMER) {
  const asked = { RoleArn: role('network'), RoleSessionName: 'probe', ...input };
  const { Credentials } = await lab.as(account).sts.send(new Assume(asked));
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  return lab.as({
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
  });
}

async function arnOf({ sts }: Awaited<ReturnType<typeof assume>>): Promise<string | undefined> {
  return (await sts.send(new WhoAmI({}))).Arn;
}
