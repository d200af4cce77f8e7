// Assuming roles: who is trusted, with which external id, for how long.

import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  GetCallerIdentityCommand,
} from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import type { RoleSpec, WorldSpec } from '../../../src/index.ts';
import { CUSTOMER, failure, type Keys, type Lab, startLab, VENDOR } from '../../lab.ts';

function assume(lab: Lab, who: string | Keys, input: Partial<AssumeRoleCommandInput> = {}) {
  return lab.as(who).sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${VENDOR}:role/sallyport`,
      RoleSessionName: 'worker-1',
      ...input,
    }),
  );
}

function worldWith(...roles: RoleSpec[]): WorldSpec {
  return { accounts: [{ id: VENDOR, roles }, { id: CUSTOMER }] };
}

const terraform: Keys = {
  accessKeyId: 'AKIATERRAFORM2222222',
  secretAccessKey: 'simulator-terraform',
};

test('when a role is assumed, its session says who it is', async () => {
  const lab = await startLab();
  for (const who of [VENDOR, terraform]) {
    const { Credentials, AssumedRoleUser } = await assume(lab, who, { ExternalId: 'sallyport' });
    expect(Credentials?.AccessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(Credentials?.Expiration).toEqual(new Date(lab.now().getTime() + 3600_000));
    const { sts } = lab.as({
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    });
    const identity = await sts.send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({
      Account: VENDOR,
      Arn: `arn:aws:sts::${VENDOR}:assumed-role/sallyport/worker-1`,
      UserId: AssumedRoleUser?.AssumedRoleId,
    });
  }
  const { sts } = lab.as(terraform);
  expect((await sts.send(new GetCallerIdentityCommand({}))).Arn).toBe(
    `arn:aws:iam::${VENDOR}:user/terraform`,
  );
});

test('when the external id is wrong, it is refused; left out, only if it is required', async () => {
  const lab = await startLab({
    world: worldWith(
      { name: 'strict', externalId: 'x1' },
      { name: 'lenient', externalId: 'x1', externalIdRequired: false },
      { name: 'open' },
    ),
  });
  const outcome = async (role: string, ExternalId?: string) => {
    const input = { RoleArn: `arn:aws:iam::${VENDOR}:role/${role}`, ExternalId };
    try {
      await assume(lab, VENDOR, input);
      return 'assumed';
    } catch (error) {
      return (error as Error).name;
    }
  };
  expect(await outcome('strict', 'x1')).toBe('assumed');
  expect(await outcome('strict', 'x2')).toBe('AccessDenied');
  expect(await outcome('strict')).toBe('AccessDenied');
  expect(await outcome('lenient')).toBe('assumed');
  expect(await outcome('lenient', 'x2')).toBe('AccessDenied');
  expect(await outcome('open', 'anything')).toBe('assumed');
});

test('when the caller is not trusted or the role is absent, the answer is the same', async () => {
  const lab = await startLab();
  const RoleArn = `arn:aws:iam::${VENDOR}:role/none`;
  const refusals = await Promise.all([
    failure(assume(lab, CUSTOMER)),
    failure(assume(lab, VENDOR, { RoleArn })),
  ]);
  expect(refusals.map(({ code }) => code)).toEqual(['AccessDenied', 'AccessDenied']);
  expect(refusals[0]?.message).toBe(
    `User: arn:aws:iam::${CUSTOMER}:root is not authorized to perform: sts:AssumeRole ` +
      `on resource: arn:aws:iam::${VENDOR}:role/sallyport`,
  );
});

test('when a role trusts another account’s role, only its sessions may assume it', async () => {
  const lab = await startLab({
    world: {
      accounts: [
        {
          id: VENDOR,
          roles: [
            { name: 'partner', path: '/x/', trusts: [`arn:aws:iam::${CUSTOMER}:role/network`] },
          ],
        },
        { id: CUSTOMER, roles: [{ name: 'network' }] },
      ],
    },
  });
  const RoleArn = `arn:aws:iam::${VENDOR}:role/x/partner`;
  expect((await failure(assume(lab, CUSTOMER, { RoleArn }))).code).toBe('AccessDenied');
  const own = { RoleArn: `arn:aws:iam::${CUSTOMER}:role/network` };
  const { Credentials } = await assume(lab, CUSTOMER, own);
  const session = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
  const { AssumedRoleUser } = await assume(lab, session, { RoleArn });
  expect(AssumedRoleUser?.Arn).toBe(`arn:aws:sts::${VENDOR}:assumed-role/partner/worker-1`);
  const withoutPath = { RoleArn: `arn:aws:iam::${VENDOR}:role/partner` };
  expect((await failure(assume(lab, session, withoutPath))).code).toBe('AccessDenied');
  const long = assume(lab, session, { RoleArn, DurationSeconds: 7200 });
  expect((await failure(long)).message).toContain('role chaining');
});
