// The allowlist: what may be on it, what a change answers, and whom it lets see the service.

import {
  CreateVpcEndpointCommand,
  DescribeVpcEndpointServicePermissionsCommand,
  DescribeVpcEndpointServicesCommand,
  ModifyVpcEndpointServicePermissionsCommand,
  paginateDescribeVpcEndpointServicePermissions,
} from '@aws-sdk/client-ec2';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import {
  CUSTOMER,
  failure,
  type Keys,
  type Lab,
  OTHER_CUSTOMER,
  startLab,
  VENDOR,
} from '../../lab.ts';
import { connect, endpointNow, networkOf, offerService, type Service } from '../../scenes.ts';

function change(lab: Lab, { id }: Service, added: string[], removed: string[] = []) {
  return lab.as(VENDOR).ec2.send(
    new ModifyVpcEndpointServicePermissionsCommand({
      ServiceId: id,
      AddAllowedPrincipals: added,
      RemoveAllowedPrincipals: removed,
    }),
  );
}

async function principals(lab: Lab, { id }: Service): Promise<(string | undefined)[]> {
  const { AllowedPrincipals } = await lab
    .as(VENDOR)
    .ec2.send(new DescribeVpcEndpointServicePermissionsCommand({ ServiceId: id }));
  return (AllowedPrincipals ?? []).map(({ Principal }) => Principal);
}

async function sessionOf(lab: Lab, role: string): Promise<Keys> {
  const { Credentials } = await lab.as(CUSTOMER).sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${CUSTOMER}:role/${role}`,
      RoleSessionName: 'session',
    }),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

async function sees(lab: Lab, who: string | Keys, service: Service): Promise<boolean> {
  const { ServiceNames } = await lab.as(who).ec2.send(new DescribeVpcEndpointServicesCommand({}));
  return ServiceNames?.includes(service.name) ?? false;
}

test('when principals are added and removed, only what changed is answered', async () => {
  const lab = await startLab();
  const service = await offerService(lab, {}, []);
  const [account, role, user] = [
    `arn:aws:iam::${CUSTOMER}:root`,
    `arn:aws:iam::${CUSTOMER}:role/network`,
    `arn:aws:iam::${OTHER_CUSTOMER}:user/ann`,
  ] as const;
  const first = await change(lab, service, [account, role, user, '*']);
  expect(first.ReturnValue).toBe(true);
  expect(first.AddedPrincipals).toMatchObject([
    { Principal: account, PrincipalType: 'Account', ServiceId: service.id },
    { Principal: role, PrincipalType: 'Role' },
    { Principal: user, PrincipalType: 'User' },
    { Principal: '*', PrincipalType: 'All' },
  ]);
  const again = await change(lab, service, [account], ['*', 'arn:aws:iam::999999999999:root']);
  expect(again.AddedPrincipals).toEqual([]);
  expect(await principals(lab, service)).toEqual([account, role, user]);
});

test('when one principal is bad, the whole call fails and nothing is changed', async () => {
  const lab = await startLab();
  const service = await offerService(lab);
  const before = await principals(lab, service);
  const cases: [string, string, RegExp][] = [
    [`arn:aws:iam::${CUSTOMER}:role/team/network`, 'InvalidParameter', /path components/],
    [CUSTOMER, 'InvalidParameter', /ACCOUNT:root/],
    ['arn:aws:iam::1234:root', 'InvalidParameter', /not valid/],
    [`arn:aws:iam::${CUSTOMER}:role/`, 'InvalidParameter', /not valid/],
    [`arn:aws:iam::${CUSTOMER}:role/a b`, 'InvalidParameter', /malformed/],
    [`arn:aws:iam::${CUSTOMER}:group/g`, 'UnknownPrincipalType.Unsupported', /not supported/],
    [`arn:aws:sts::${CUSTOMER}:root`, 'UnknownPrincipalType.Unsupported', /not supported/],
    [`arn:aws-cn:iam::${CUSTOMER}:root`, 'InvalidParameter', /not valid/],
    [
      `arn:aws:sts::${CUSTOMER}:assumed-role/network/me`,
      'UnknownPrincipalType.Unsupported',
      /not supported/,
    ],
  ];
  for (const [bad, code, message] of cases) {
    const good = `arn:aws:iam::${OTHER_CUSTOMER}:root`;
    const found = await failure(change(lab, service, [good, bad], before as string[]));
    expect(found).toEqual({ code, message: expect.stringMatching(message) });
    expect(await principals(lab, service)).toEqual(before);
  }
});

test('when a role is allowed, only its sessions see the service', async () => {
  const lab = await startLab();
  const service = await offerService(lab, {}, [`arn:aws:iam::${CUSTOMER}:role/network`]);
  expect(await sees(lab, await sessionOf(lab, 'network'), service)).toBe(true);
  expect(await sees(lab, await sessionOf(lab, 'intern'), service)).toBe(false);
  expect(await sees(lab, CUSTOMER, service)).toBe(false);
  expect(await sees(lab, OTHER_CUSTOMER, service)).toBe(false);
});

test('when an account is allowed, every identity of it sees the service', async () => {
  const lab = await startLab();
  const service = await offerService(lab);
  expect(await sees(lab, CUSTOMER, service)).toBe(true);
  expect(await sees(lab, await sessionOf(lab, 'intern'), service)).toBe(true);
  expect(await sees(lab, OTHER_CUSTOMER, service)).toBe(false);
});

test('when a user is allowed, only that user sees the service', async () => {
  const user = { accessKeyId: 'AKIAANN2222222222222', secretAccessKey: 'ann' };
  const lab = await startLab();
  lab.simulator.addAccount({
    id: '444444444444',
    users: [{ name: 'ann', accessKeyId: user.accessKeyId, secret: user.secretAccessKey }],
  });
  const service = await offerService(lab, {}, ['arn:aws:iam::444444444444:user/ann']);
  expect(await sees(lab, user, service)).toBe(true);
  expect(await sees(lab, '444444444444', service)).toBe(false);
});

test('when everybody is allowed, everybody sees it, the owner too', async () => {
  const lab = await startLab();
  const service = await offerService(lab, {}, ['*']);
  for (const who of [CUSTOMER, OTHER_CUSTOMER, VENDOR]) {
    expect(await sees(lab, who, service)).toBe(true);
  }
});

test('when the owner is not on the list, a knob says whether it is let in', async () => {
  for (const ownerIsAllowed of [false, true]) {
    const lab = await startLab({ knobs: { ownerIsAllowed } });
    const service = await offerService(lab);
    expect(await sees(lab, VENDOR, service)).toBe(ownerIsAllowed);
  }
});

test('when a principal is removed, live connections stay and new ones are refused', async () => {
  const lab = await startLab();
  const service = await offerService(lab, { AcceptanceRequired: false });
  const endpoint = await connect(lab, service);
  lab.advance(lab.simulator.world.delays.endpointAvailable);
  await change(lab, service, [], [`arn:aws:iam::${CUSTOMER}:root`]);
  expect((await endpointNow(lab, endpoint.VpcEndpointId ?? ''))?.State).toBe('available');
  expect((await failure(connect(lab, service))).code).toBe('InvalidServiceName');
});

test('when somebody is not allowed, the answer is the one for a typo', async () => {
  const lab = await startLab();
  const service = await offerService(lab);
  const { vpcId } = await networkOf(lab, OTHER_CUSTOMER);
  const { ec2 } = lab.as(OTHER_CUSTOMER);
  const typo = service.name.replace(/.{4}$/, 'ffff');
  for (const ServiceName of [service.name, typo]) {
    const answer = {
      code: 'InvalidServiceName',
      message: `The Vpc Endpoint Service '${ServiceName}' does not exist`,
    };
    const create = { VpcId: vpcId, VpcEndpointType: 'Interface', ServiceName } as const;
    expect(await failure(ec2.send(new CreateVpcEndpointCommand(create)))).toEqual(answer);
    const describe = new DescribeVpcEndpointServicesCommand({ ServiceNames: [ServiceName] });
    expect(await failure(ec2.send(describe))).toEqual(answer);
  }
});

test('when there are more than a thousand principals, every page is read once', async () => {
  const lab = await startLab();
  const service = await offerService(lab, {}, []);
  const wanted = Array.from(
    { length: 1234 },
    (_, i) => `arn:aws:iam::${String(100_000_000_000 + i)}:root`,
  );
  await change(lab, service, wanted);
  const found: (string | undefined)[] = [];
  const pages: number[] = [];
  const { ec2: client } = lab.as(VENDOR);
  for await (const page of paginateDescribeVpcEndpointServicePermissions(
    { client },
    { ServiceId: service.id },
  )) {
    pages.push(page.AllowedPrincipals?.length ?? 0);
    found.push(...(page.AllowedPrincipals ?? []).map(({ Principal }) => Principal));
  }
  expect(pages).toEqual([1000, 234]);
  expect(found).toEqual(wanted);
});

test('when absent principals are refused by a knob, only known accounts are checked', async () => {
  const lab = await startLab({ knobs: { absentPrincipal: 'refused' } });
  const service = await offerService(lab, {}, []);
  const absent = `arn:aws:iam::${CUSTOMER}:role/nobody`;
  expect((await failure(change(lab, service, [absent]))).code).toBe('InvalidParameter');
  await change(lab, service, [
    `arn:aws:iam::${CUSTOMER}:role/network`,
    'arn:aws:iam::999999999999:role/x',
  ]);
  expect(await principals(lab, service)).toHaveLength(2);
});

test('when service and organisation principals are stored, they have their types', async () => {
  const lab = await startLab({ knobs: { otherPrincipals: 'stored' } });
  const service = await offerService(lab, {}, []);
  const unit = `arn:aws:organizations::${CUSTOMER}:ou/o-example/ou-1`;
  await change(lab, service, ['ec2.amazonaws.com', unit]);
  const { AllowedPrincipals } = await lab
    .as(VENDOR)
    .ec2.send(new DescribeVpcEndpointServicePermissionsCommand({ ServiceId: service.id }));
  expect(
    AllowedPrincipals?.map(({ Principal, PrincipalType }) => [Principal, PrincipalType]),
  ).toEqual([
    ['ec2.amazonaws.com', 'Service'],
    [unit, 'OrganizationUnit'],
  ]);
});
