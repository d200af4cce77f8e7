// Why a connection that is up does not carry: each cause made on purpose, in the simulated AWS or
// in what the customer's side reports. What is told of each is in causes/.

import { beforeAll, describe, expect, it } from 'vitest';
import type { Customer } from '../../src/domain/customer.ts';
import type { DnsMode } from '../../src/domain/connection.ts';
import type { DnsReport, ObservationReport } from '../../src/domain/observation.ts';
import * as connections from '../../src/usecases/connections.ts';
import { create, type NewObservation } from '../../src/usecases/observations.ts';
import * as grants from '../../src/usecases/grants.ts';
import * as privateDns from '../../src/usecases/private-dns.ts';
import { customerCaller } from '../reconcile/operator.ts';
import { theatreOfFile } from './theatre.ts';
import { expectTold, told } from './told.ts';

const theatre = theatreOfFile();
const name = 'api.vendor.example';
let endpoint: string;
let customer: Customer;
beforeAll(async () => {
  const { stage, service } = theatre();
  await stage.change((it) => privateDns.put(it, service.id, name));
  await stage.pass(20_000);
  const guest = await theatre().guest();
  endpoint = await theatre().connect(guest);
  ({ customer } = guest);
  await stage.pass(65_000);
});

const fine: ObservationReport = {
  vantage: 'bastion in 10.0.1.0/24',
  network: {
    vpcId: 'vpc-0a1b2c3d4e5f60718',
    availabilityZoneIds: ['use1-az1', 'use1-az2'],
    privateDnsEnabled: true,
    dnsSupport: true,
    dnsHostnames: true,
  },
  dns: { name, outcome: 'answered', addresses: ['10.0.1.17', '10.0.2.17'], resolver: '10.0.0.2' },
  tcp: [
    { address: '10.0.1.17', port: 443, outcome: 'connected', latencyMs: 2 },
    { address: '10.0.2.17', port: 443, outcome: 'connected', latencyMs: 3 },
  ],
  tls: { serverName: name, outcome: 'negotiated', version: 'TLSv1.3', alpn: 'h2' },
  certificate: { names: ['*.vendor.example'], expiresAt: '2199-01-01T00:00:00Z', trusted: true },
  securityGroups: { ids: ['sg-0a1b2c3d4e5f60718'], port: 443, ingress: 'open', egress: 'open' },
};

/** Only the parts that differ from those of a connection that works. */
type Changes = { [Part in keyof ObservationReport]?: Partial<ObservationReport[Part]> };

/** What is told when the customer's side reports this, just now, and resolves like that. */
async function reported(changes: Changes, dns: DnsMode | null = null) {
  const { stage } = theatre();
  const caller = customerCaller(customer);
  stage.clock.advance(1_000);
  const parts = Object.entries(fine).map(([part, value]) => {
    const change = changes[part as keyof Changes];
    if (change === undefined || change === null || Array.isArray(value)) {
      return [part, change === undefined ? value : change];
    }
    return [part, Object.assign({}, value, change)];
  });
  const observation = Object.fromEntries(parts) as NewObservation;
  await stage.change((it) => connections.update(it, endpoint, { dns }), caller);
  await stage.change((it) => create(it, endpoint, observation), caller);
  return theatre().diagnose(endpoint);
}

const tcpIs = (outcome: 'refused' | 'timed_out' | 'connected', port = 443) => ({
  tcp: [{ address: '10.0.1.17', port, outcome, latencyMs: null }],
});
const unresolved: Pick<DnsReport, 'outcome' | 'addresses'> = {
  outcome: 'no_such_name',
  addresses: [],
};

describe('when all is well', () => {
  it('so is the diagnosis: it works, and nobody has anything to do', async () => {
    const diagnosis = await reported({});
    expect([diagnosis.works, diagnosis.turn, diagnosis.next]).toEqual(['yes', 'nobody', null]);
    await expectTold('nothing-works-well', diagnosis);
  });

  it('even though a hub resolves the name by a hosted zone, it is not called broken', async () => {
    const off = { privateDnsEnabled: false, dnsSupport: true, dnsHostnames: false };
    const broken = await reported({ network: off });
    expect(broken.works).toBe('no');
    const hub = await reported({ network: off }, 'hosted-zone');
    expect([hub.works, hub.turn]).toEqual(['yes', 'nobody']);
    await expectTold('nothing-hub-and-spoke', hub);
  });

  it('even though the grant says how clients resolve, a connection may differ', async () => {
    const { stage } = theatre();
    const grant = (dns: DnsMode | null) =>
      stage.change(async (it) => {
        const { items } = await grants.list(
          it,
          { customerId: customer.id },
          { limit: 1, after: null },
        );
        return grants.update(it, items[0]!.id, { dns });
      });
    await grant('profile');
    expect((await reported({})).dns).toBe('profile');
    expect((await reported({}, 'none')).dns).toBe('none');
    await grant(null);
    expect((await reported({})).dns).toBe('endpoint');
  });

  it('as ever, the picture has 80 columns at most, in ASCII', async () => {
    const { path } = await reported({ dns: { name: `${'a'.repeat(120)}.example`, ...unresolved } });
    for (const line of path.text.split('\n')) expect(line).toMatch(/^[ -~]{0,80}$/);
  });
});

describe('what the customer reports', () => {
  it.each<[cause: string, changes: Changes, dns?: DnsMode]>([
    ['zones-without-overlap', { network: { availabilityZoneIds: ['use1-az6'] } }],
    ['vpc-without-dns-hostnames', { network: { dnsHostnames: false } }],
    ['private-dns-off-at-the-endpoint', { network: { privateDnsEnabled: false } }],
    ['resolver-answers-public-addresses', { dns: { addresses: ['203.0.113.7'] } }],
    ['resolver-outside-of-the-vpc', { dns: unresolved }],
    ['hosted-zone-missing-in-the-hub', { dns: unresolved }, 'hosted-zone'],
    ['profile-not-associated', { dns: unresolved }, 'profile'],
    ['security-group-shuts-the-port', { securityGroups: { ingress: 'closed' } }],
    ['client-may-not-leave', { securityGroups: { egress: 'closed' } }],
    ['tcp-times-out', tcpIs('timed_out')],
    ['tcp-is-refused', tcpIs('refused')],
    ['listener-missing-on-the-port', tcpIs('refused', 8443)],
    ['tls-is-not-spoken', { tls: { outcome: 'failed', version: null, alpn: null } }],
    ['certificate-of-another-name', { certificate: { names: ['www.vendor.example'] } }],
    ['certificate-expired', { certificate: { expiresAt: '2026-01-01T00:00:00Z' } }],
    ['certificate-not-trusted', { certificate: { trusted: false } }],
  ])('%s is told as such', async (cause, changes, dns) => {
    const diagnosis = await reported(changes, dns);
    expect(diagnosis.works).toBe('no');
    await expectTold(cause, diagnosis);
  });

  it.each(['-proxy', '*'])('when it names a host %s, no command has that in it', async (host) => {
    const { checks } = await reported({
      dns: { name: host, ...unresolved },
      tls: { serverName: host, outcome: 'failed', version: null, alpn: null },
    });
    const commands = checks.flatMap(({ name: check, next }) =>
      check === 'dns' || check === 'tls' ? [next!.command!] : [],
    );
    expect(commands).toHaveLength(2);
    for (const command of commands) {
      expect(command).toContain(' NAME');
      expect(command.split(' ').map((word) => word.split(':')[0])).not.toContain(host);
    }
  });

  it('when it says nothing of a part, what was said before of that counts', async () => {
    const { stage } = theatre();
    await reported(tcpIs('refused'));
    stage.clock.advance(1_000);
    await stage.change((it) => create(it, endpoint, { vantage: 'elsewhere' }));
    const { checks } = await theatre().diagnose(endpoint);
    expect(checks.find((check) => check.name === 'tcp')!.result).toBe('fail');
  });

  it('when nobody has reported, it says what to run', async () => {
    const fresh = await theatre().connect(await theatre().guest());
    const diagnosis = await theatre().diagnose(fresh);
    expect(diagnosis.next).toMatchObject({
      actor: 'customer',
      command: `sallyport observations create-token ${fresh}`,
    });
    expect(diagnosis.summary).toContain('Not known:');
    await expectTold('nothing-was-reported', diagnosis);
  });
});

describe('what is behind the service', () => {
  it('when no target is healthy, the vendor is to see why', async () => {
    const { stage, tell } = theatre();
    await tell('targets', { healthy: false });
    await stage.pass(65_000);
    await expectTold('no-healthy-targets', await reported({ ...tcpIs('refused') }));
    await tell('targets', { healthy: true });
    await stage.pass(65_000);
  });
});

describe('the private DNS name', () => {
  it('when it is not verified, its stage is told, and who needs it is broken by it', async () => {
    const { stage, anotherService, guest, connect, diagnose } = theatre();
    const made = await anotherService();
    const other = await connect(await guest({}, made), made);
    const ours = 'new.elsewhere.example';
    await stage.change((it) => privateDns.put(it, made.id, ours));
    await stage.pass(8_000);
    const warned = await diagnose(other);
    expect([warned.works, warned.next?.command]).toEqual([
      'yes',
      `sallyport services private-dns get ${made.id}`,
    ]);
    stage.clock.advance(1_000);
    const dns = { name: ours, ...unresolved, resolver: null, addresses: [] };
    await stage.change((it) => create(it, other, { ...fine, dns }));
    await expectTold('private-dns-not-verified', await diagnose(other));
  });
});

it('when a customer asks, it is told the same but for the names of the vendor', async () => {
  await reported({});
  const { stage } = theatre();
  const text = told('x', await theatre().diagnose(endpoint, customerCaller(customer)));
  expect(text).toBe(told('x', await theatre().diagnose(endpoint)));
  expect(stage.errors).toEqual([]);
});
