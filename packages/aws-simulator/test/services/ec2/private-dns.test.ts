// Private DNS: proving the name, losing it, and turning it on at an endpoint.

import {
  DeleteVpcEndpointsCommand,
  ModifyVpcEndpointCommand,
  ModifyVpcEndpointServiceConfigurationCommand,
  StartVpcEndpointServicePrivateDnsVerificationCommand,
} from '@aws-sdk/client-ec2';
import { CreateHostedZoneCommand } from '@aws-sdk/client-route-53';
import { describe, expect, test } from 'vitest';
import { CUSTOMER, failure, type Lab, OTHER_CUSTOMER, startLab, VENDOR } from '../../lab.ts';
import {
  accept,
  connect,
  endpointNow,
  networkOf,
  offerService,
  publishTxt,
  type Service,
  serviceNow,
  upsertTxt,
  verifyPrivateDns,
} from '../../scenes.ts';

const NAME = 'api.vendor.example';

interface Token {
  readonly label: string;
  readonly value: string;
}

async function tokenOf(lab: Lab, { id }: Service): Promise<Token> {
  const { Name: label = '', Value: value = '' } =
    (await serviceNow(lab, id))?.PrivateDnsNameConfiguration ?? {};
  return { label, value };
}

async function start(lab: Lab, { id }: Service): Promise<void> {
  const command = new StartVpcEndpointServicePrivateDnsVerificationCommand({ ServiceId: id });
  await lab.as(VENDOR).ec2.send(command);
}

async function stateOf(lab: Lab, { id }: Service): Promise<string | undefined> {
  return (await serviceNow(lab, id))?.PrivateDnsNameConfiguration?.State;
}

async function stateAfterCheck(lab: Lab, service: Service): Promise<string | undefined> {
  await start(lab, service);
  lab.advance(lab.simulator.world.delays.privateDnsGivesUp);
  return stateOf(lab, service);
}

const swappedCase = (text: string) =>
  text.replace(/[a-z]/gi, (c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase()));

describe('a name is verified', () => {
  const accepted: [string, (token: Token) => [string, string[]]][] = [
    ['at its label', ({ label, value }) => [`${label}.${NAME}`, [`"${value}"`]]],
    ['at the name itself', ({ value }) => [NAME, [`"${value}"`]]],
    ['at the label of a parent', ({ label, value }) => [`${label}.vendor.example`, [`"${value}"`]]],
    ['at a parent itself', ({ value }) => ['vendor.example', [`"${value}"`]]],
    ['beside other values', ({ value }) => ['vendor.example', ['"v=spf1 -all"', `"${value}"`]]],
    [
      'in several strings',
      ({ value }) => ['vendor.example', [`"${value.slice(0, 9)}" "${value.slice(9)}"`]],
    ],
    [
      'with octal escapes',
      ({ value }) => ['vendor.example', [`"${value.replace('vpce:', 'vpce\\072')}"`]],
    ],
  ];
  test.each(accepted)('when the value is %s', async (_, recordOf) => {
    const lab = await startLab();
    const service = await offerService(lab, { PrivateDnsName: NAME });
    await publishTxt(lab, ...recordOf(await tokenOf(lab, service)));
    expect(await stateAfterCheck(lab, service)).toBe('verified');
  });
});

describe('a name fails', () => {
  const refused: [string, (token: Token) => [string, string[]]][] = [
    [
      'in another case',
      ({ value }) => ['vendor.example', [`"vpce:${swappedCase(value.slice(5))}"`]],
    ],
    ['with a space', ({ value }) => ['vendor.example', [`"${value} "`]]],
    ['inside a longer one', ({ value }) => ['vendor.example', [`"x${value}"`]]],
    ['at another label', ({ value }) => [`_other.${NAME}`, [`"${value}"`]]],
    ['below the name', ({ label, value }) => [`${label}.a.${NAME}`, [`"${value}"`]]],
  ];
  test.each(refused)('when the value is %s', async (_, recordOf) => {
    const lab = await startLab();
    const service = await offerService(lab, { PrivateDnsName: NAME });
    await publishTxt(lab, ...recordOf(await tokenOf(lab, service)));
    expect(await stateAfterCheck(lab, service)).toBe('failed');
  });
});

test('when a verification is started, it is pending, then decided in time', async () => {
  const lab = await startLab();
  const { privateDnsCheck, privateDnsGivesUp } = lab.simulator.world.delays;
  const service = await offerService(lab, { PrivateDnsName: NAME });
  lab.advance(privateDnsGivesUp * 10);
  expect(await stateOf(lab, service)).toBe('pendingVerification');
  await start(lab, service);
  lab.advance(privateDnsGivesUp - 1);
  expect(await stateOf(lab, service)).toBe('pendingVerification');
  lab.advance(privateDnsCheck);
  expect(await stateOf(lab, service)).toBe('failed');
  await verifyPrivateDns(lab, service.id);
  expect(await stateOf(lab, service)).toBe('verified');
});

test('when the record is not INSYNC yet, the public DNS does not have it', async () => {
  const delays = { recordsInSync: 60_000, privateDnsCheck: 1000, privateDnsGivesUp: 600_000 };
  const lab = await startLab({ delays });
  const service = await offerService(lab, { PrivateDnsName: NAME });
  const { value } = await tokenOf(lab, service);
  await upsertTxt(lab, NAME, [`"${value}"`]);
  await start(lab, service);
  lab.advance(59_000);
  expect(await stateOf(lab, service)).toBe('pendingVerification');
  lab.advance(2000);
  expect(await stateOf(lab, service)).toBe('verified');
});

test('when the zone is somebody else’s or private, it does not answer for the name', async () => {
  const lab = await startLab();
  const service = await offerService(lab, { PrivateDnsName: NAME });
  const { value } = await tokenOf(lab, service);
  const squatter = lab.as(OTHER_CUSTOMER).route53;
  for (const Name of ['vendor.example', NAME]) {
    await squatter.send(new CreateHostedZoneCommand({ Name, CallerReference: Name }));
  }
  const zone = { account: OTHER_CUSTOMER, zone: NAME };
  await publishTxt(lab, NAME, [`"${value}"`], zone);
  expect(await stateAfterCheck(lab, service)).toBe('failed');

  const assumed = await startLab({ knobs: { delegation: 'assumed' } });
  const second = await offerService(assumed, { PrivateDnsName: NAME });
  const create = new CreateHostedZoneCommand({ Name: NAME, CallerReference: 'a' });
  await assumed.as(OTHER_CUSTOMER).route53.send(create);
  await publishTxt(assumed, NAME, [`"${(await tokenOf(assumed, second)).value}"`], zone);
  expect(await stateAfterCheck(assumed, second)).toBe('verified');
});

test('when the record goes away, the name fails and only live endpoints stay', async () => {
  const lab = await startLab();
  const service = await offerService(lab, { PrivateDnsName: NAME, AcceptanceRequired: false });
  await verifyPrivateDns(lab, service.id);
  const { VpcEndpointId: id = '' } = await connect(lab, service, { PrivateDnsEnabled: true });
  const { label } = await tokenOf(lab, service);
  await publishTxt(lab, `${label}.vendor.example`, ['"something else"']);
  lab.advance(lab.simulator.world.delays.privateDnsRecheck);
  expect(await stateOf(lab, service)).toBe('failed');
  expect(await endpointNow(lab, id)).toMatchObject({ State: 'available', PrivateDnsEnabled: true });
  expect((await failure(connect(lab, service))).code).toBe('InvalidServiceName');
});

test('when nothing changes for a year, the name stays verified and no event is due', async () => {
  const lab = await startLab();
  const service = await offerService(lab, { PrivateDnsName: NAME });
  await verifyPrivateDns(lab, service.id);
  lab.advance(365 * 24 * 3600_000);
  expect(await stateOf(lab, service)).toBe('verified');
  expect(lab.simulator.world.schedule.nextDue()).toBeUndefined();
  await publishTxt(lab, 'unrelated.vendor.example', ['"x"']);
  lab.advance(lab.simulator.world.delays.privateDnsRecheck);
  expect(await stateOf(lab, service)).toBe('verified');
});

test('when there is no name to verify, starting is refused', async () => {
  const lab = await startLab();
  const service = await offerService(lab);
  expect((await failure(start(lab, service))).code).toBe('InvalidParameter');
});

test('when a knob says so, a new name is verified without being started', async () => {
  const lab = await startLab({ knobs: { privateDnsStartsByItself: true } });
  const service = await offerService(lab, { PrivateDnsName: NAME });
  const { value } = await tokenOf(lab, service);
  await publishTxt(lab, NAME, [`"${value}"`]);
  lab.advance(lab.simulator.world.delays.privateDnsCheck);
  expect(await stateOf(lab, service)).toBe('verified');
});

test('when a wildcard name is verified, it is at its base domain', async () => {
  const lab = await startLab();
  const service = await offerService(lab, { PrivateDnsName: '*.vendor.example' });
  await verifyPrivateDns(lab, service.id);
  expect(await stateOf(lab, service)).toBe('verified');
});

describe('private DNS at an endpoint', () => {
  const enable = (lab: Lab, id: string, on = true) =>
    lab
      .as(CUSTOMER)
      .ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId: id, PrivateDnsEnabled: on }));

  test('when the name is not verified, enabling is refused in the known words', async () => {
    const lab = await startLab();
    const service = await offerService(lab, { PrivateDnsName: NAME, AcceptanceRequired: false });
    expect(await failure(connect(lab, service, { PrivateDnsEnabled: true }))).toEqual({
      code: 'InvalidParameter',
      message:
        `Private DNS can't be enabled because the service ${service.name} has not verified ` +
        'the private DNS name.',
    });
  });

  test('when the endpoint is not accepted yet, enabling is refused', async () => {
    const lab = await startLab();
    const service = await offerService(lab, { PrivateDnsName: NAME });
    await verifyPrivateDns(lab, service.id);
    const atCreation = connect(lab, service, { PrivateDnsEnabled: true });
    expect((await failure(atCreation)).code).toBe('InvalidParameter');
    const { VpcEndpointId: id = '' } = await connect(lab, service);
    expect((await failure(enable(lab, id))).message).toContain('has not accepted');
    await accept(lab, service, id);
    await enable(lab, id);
    expect((await endpointNow(lab, id))?.PrivateDnsEnabled).toBe(true);
    await enable(lab, id, false);
    expect((await endpointNow(lab, id))?.PrivateDnsEnabled).toBe(false);
  });

  test('when a knob lets it wait, it is enabled with the acceptance', async () => {
    const lab = await startLab({ knobs: { privateDnsBeforeAcceptance: 'waits' } });
    const service = await offerService(lab, { PrivateDnsName: NAME });
    await verifyPrivateDns(lab, service.id);
    const { VpcEndpointId: id = '', DnsEntries } = await connect(lab, service, {
      PrivateDnsEnabled: true,
    });
    expect(DnsEntries?.map(({ DnsName }) => DnsName)).not.toContain(NAME);
    await accept(lab, service, id);
    const names = (await endpointNow(lab, id))?.DnsEntries?.map(({ DnsName }) => DnsName);
    expect(names).toContain(NAME);
  });

  test('when the VPC has its DNS attributes off, enabling is refused', async () => {
    const lab = await startLab();
    const service = await offerService(lab, { PrivateDnsName: NAME, AcceptanceRequired: false });
    await verifyPrivateDns(lab, service.id);
    const { vpcId } = await networkOf(lab);
    const vpc = lab.simulator.world.vpcs.get(vpcId);
    if (vpc) vpc.dnsHostnames = false;
    expect(await failure(connect(lab, service, { PrivateDnsEnabled: true }))).toEqual({
      code: 'InvalidParameter',
      message:
        'Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC ' +
        `attributes set to true for ${vpcId}`,
    });
  });

  test('when the name is in the VPC already, also one being deleted, it is refused', async () => {
    const lab = await startLab();
    const service = await offerService(lab, { PrivateDnsName: NAME, AcceptanceRequired: false });
    await verifyPrivateDns(lab, service.id);
    const { VpcEndpointId: id = '' } = await connect(lab, service, { PrivateDnsEnabled: true });
    const { vpcId } = await networkOf(lab);
    const again = () => connect(lab, service, { PrivateDnsEnabled: true });
    const conflict = {
      code: 'InvalidParameter',
      message:
        'private-dns-enabled cannot be set because there is already a conflicting DNS domain ' +
        `for ${NAME} in the VPC ${vpcId}`,
    };
    expect(await failure(again())).toEqual(conflict);
    await lab.as(CUSTOMER).ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] }));
    expect(await failure(again())).toEqual(conflict);
    lab.advance(lab.simulator.world.delays.endpointDeleted);
    await again();
  });

  test('when the owner removes the name in use, a knob says whether it may', async () => {
    for (const removePrivateDnsInUse of ['succeeds', 'fails'] as const) {
      const lab = await startLab({ knobs: { removePrivateDnsInUse } });
      const service = await offerService(lab, { PrivateDnsName: NAME, AcceptanceRequired: false });
      await verifyPrivateDns(lab, service.id);
      await connect(lab, service, { PrivateDnsEnabled: true });
      const remove = { ServiceId: service.id, RemovePrivateDnsName: true };
      const call = lab
        .as(VENDOR)
        .ec2.send(new ModifyVpcEndpointServiceConfigurationCommand(remove));
      const outcome = await call.then(
        () => 'succeeds',
        () => 'fails',
      );
      expect(outcome).toBe(removePrivateDnsInUse);
    }
  });
});
