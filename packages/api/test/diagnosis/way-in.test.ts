// Why somebody is not let in, or was cut off: each cause made on purpose, through the service, a
// worker and the simulated AWS. What is told of each is in causes/.

import { describe, expect, it } from 'vitest';
import * as connections from '../../src/usecases/connections.ts';
import * as endpointServices from '../../src/usecases/endpoint-services.ts';
import * as accounts from '../../src/usecases/accounts.ts';
import * as grants from '../../src/usecases/grants.ts';
import { diagnoseEndpoint } from '../../src/usecases/diagnoses.ts';
import { suspend } from '../../src/usecases/suspensions.ts';
import { customerCaller } from '../reconcile/operator.ts';
import { nowhere, theatreOfFile, type Newcomer } from './theatre.ts';
import { expectTold } from './told.ts';

const theatre = theatreOfFile();

/** Who is not allowed gets the same as for a typo. */
const refusedAsTypo = async (guest: Newcomer) => {
  const { stage, service } = theatre();
  const trying = stage.hands.connect(guest.accountId, service.serviceId);
  await expect(trying).rejects.toMatchObject({ name: 'InvalidServiceName' });
};
const claim = ({ customer, accountId }: Newcomer) =>
  theatre().stage.change((it) => accounts.create(it, { customerId: customer.id, accountId }));
const grantOf = async ({ customer }: Newcomer) => {
  const [grant] = (
    await theatre().stage.change((it) =>
      grants.list(it, { customerId: customer.id }, { limit: 1, after: null }),
    )
  ).items;
  return grant!.id;
};

describe('no endpoint comes to be', () => {
  it('when no account is claimed, the customer is to claim one', async () => {
    const guest = await theatre().newcomer();
    await theatre().stage.operator.grant(guest.customer, theatre().service);
    await refusedAsTypo(guest);
    await expectTold('account-not-claimed', await theatre().absence(guest));
  });

  it('when the account is not proven, the customer is to prove it', async () => {
    const guest = await theatre().newcomer();
    await claim(guest);
    await theatre().stage.operator.grant(guest.customer, theatre().service);
    await refusedAsTypo(guest);
    await expectTold('account-not-proven', await theatre().absence(guest));
  });

  it('when another customer has the account, the vendor is to find out whose it is', async () => {
    const { stage, service } = theatre();
    const owner = await theatre().guest();
    const second = await stage.operator.customer('second');
    await stage.change((it) =>
      accounts.create(it, { customerId: second.id, accountId: owner.accountId }),
    );
    await stage.db.query(`UPDATE accounts SET standing = 'disputed' WHERE customer_id = $1`, [
      second.id,
    ]);
    await stage.operator.grant(second, service);
    const claimant = { customer: second, accountId: owner.accountId };
    await expectTold('account-disputed', await theatre().absence(claimant));
  });

  it('when nothing is granted, the vendor is to grant it', async () => {
    const guest = await theatre().newcomer();
    await theatre().stage.operator.attest(guest.customer, guest.accountId);
    await refusedAsTypo(guest);
    await expectTold('no-grant', await theatre().absence(guest));
  });

  it('when the allowlist is not managed, the vendor is to look at the plan', async () => {
    const { stage, account } = theatre();
    const made = await theatre().anotherService();
    await stage.change((it) => endpointServices.setModes(it, made.id, { principals: 'observe' }));
    const guest = await theatre().guest({}, made);
    const trying = stage.hands.connect(guest.accountId, made.serviceId);
    await expect(trying).rejects.toMatchObject({ name: 'InvalidServiceName' });
    await expectTold('not-allow-listed', await theatre().absence(guest));
    expect(account.regions).toContain('us-east-1');
  });

  it('when it is of a service that is not ours, it says where it was looked for', async () => {
    const { stage } = theatre();
    const guest = await theatre().guest();
    const arn = `arn:aws:iam::${guest.accountId}:root`;
    const foreign = await stage.hands.makeService([arn]);
    const endpoint = await stage.hands.connect(guest.accountId, foreign);
    await stage.pass(8_000);
    await expectTold('endpoint-of-another-service', await theatre().absence(guest, endpoint));
  });

  it('when it is in a Region that is not searched, it says which ones are', async () => {
    const { stage } = theatre();
    const guest = await theatre().guest();
    const arn = `arn:aws:iam::${guest.accountId}:root`;
    const far = await stage.hands.makeService([arn], 'eu-west-1').catch(() => null);
    await expectTold('endpoint-not-seen', await theatre().absence(guest));
    expect(far === null || far.startsWith('vpce-svc-')).toBe(true);
  });

  it('when nobody says whose it is, it asks', async () => {
    const { stage } = theatre();
    const told = await stage.change((it) => diagnoseEndpoint(it, nowhere, {}));
    expect(told).toMatchObject({ works: 'unknown', turn: 'vendor', connectionId: null });
    expect(told.next!.command).toBe(`sallyport diagnose ${nowhere} --customer EXTERNAL_ID`);
    expect(told.searched.map(({ region }) => region)).toEqual(['us-east-1']);
  });

  it('when it is another customer’s, a customer is told as of one that is nowhere', async () => {
    const { stage } = theatre();
    const owner = await theatre().guest();
    const endpoint = await theatre().connect(owner);
    const other = await theatre().guest();
    const asked = (id: string) =>
      stage.change((it) => diagnoseEndpoint(it, id, {}), customerCaller(other.customer));
    const [foreign, absent] = [await asked(endpoint), await asked(nowhere)];
    expect(JSON.stringify(foreign).replaceAll(endpoint, nowhere)).toBe(JSON.stringify(absent));
    expect(foreign.connectionId).toBeNull();
  });
});

describe('it waits', () => {
  it('when a person is to accept it, the vendor is to decide', async () => {
    const endpoint = await theatre().connect(await theatre().guest({ acceptance: 'manual' }));
    await expectTold('waits-for-a-person', await theatre().diagnose(endpoint));
  });

  it('when the limit is reached, the vendor is to raise it', async () => {
    const guest = await theatre().guest({ connectionsMax: 1 });
    await theatre().connect(guest);
    await expectTold('limit-reached', await theatre().diagnose(await theatre().connect(guest)));
  });

  it('when the grant has ended, the vendor is to give it a later end', async () => {
    const { stage } = theatre();
    const guest = await theatre().guest({ acceptance: 'manual' });
    const endpoint = await theatre().connect(guest);
    const grantId = await grantOf(guest);
    const expiresAt = new Date(stage.clock.now().getTime() + 60_000).toISOString();
    await stage.change((it) => grants.update(it, grantId, { expiresAt }));
    stage.clock.advance(61_000);
    await stage.pass(8_000);
    await expectTold('grant-ended', await theatre().diagnose(endpoint));
  });

  it('when the grant is for other Regions, the customer is to make it there', async () => {
    const guest = await theatre().guest({ endpointRegions: ['eu-west-1'] });
    const endpoint = await theatre().connect(guest);
    await expectTold('region-not-granted', await theatre().diagnose(endpoint));
  });

  it('when the proof has lapsed, the customer is to prove again', async () => {
    const { stage } = theatre();
    const guest = await theatre().guest({ acceptance: 'manual' });
    const endpoint = await theatre().connect(guest);
    await stage.db.query(`UPDATE accounts SET standing = 'lapsed' WHERE account_id = $1`, [
      guest.accountId,
    ]);
    await stage.pass(8_000);
    await expectTold('proof-lapsed', await theatre().diagnose(endpoint));
  });

  it('when the customer is suspended, the vendor is to resume it', async () => {
    const { stage } = theatre();
    const guest = await theatre().guest({ acceptance: 'manual' });
    const endpoint = await theatre().connect(guest);
    const terms = { reason: 'Unpaid', policy: 'keep' } as const;
    await stage.change((it) => suspend(it, guest.customer.id, terms));
    await stage.pass(8_000);
    await expectTold('customer-suspended', await theatre().diagnose(endpoint));
  });

  it('when the service is frozen, the vendor is to see why', async () => {
    const { stage } = theatre();
    const made = await theatre().anotherService();
    const guest = await theatre().guest({}, made);
    await stage.change((it) => endpointServices.freeze(it, made.id, { reason: 'They move' }));
    const endpoint = await theatre().connect(guest, made);
    await expectTold('service-frozen', await theatre().diagnose(endpoint));
  });
});

describe('it has ended', () => {
  it('when the vendor rejected it, it says by whom and why', async () => {
    const { stage } = theatre();
    const endpoint = await theatre().connect(await theatre().guest());
    await stage.change((it) => connections.decide(it, endpoint, 'reject', 'Contract ended'));
    await stage.pass(8_000);
    await expectTold('rejected', await theatre().diagnose(endpoint));
  });

  it('when the customer deleted it, it is to make another', async () => {
    const { stage } = theatre();
    const endpoint = await theatre().connect(await theatre().guest());
    await stage.hands.deleteEndpoint(endpoint);
    stage.clock.advance(3_600_000);
    await stage.pass(70_000);
    await expectTold('endpoint-deleted', await theatre().diagnose(endpoint));
  });

  it('when it failed in AWS, the customer is to make another', async () => {
    const { stage } = theatre();
    const guest = await theatre().guest({ acceptance: 'manual' });
    const endpoint = await theatre().connect(guest);
    const { after } = stage.hooks;
    stage.hooks.after = async (call, result) => {
      const failure = { id: endpoint, code: 'X', message: 'No capacity' };
      if (call.name === 'accept') await theatre().tell('endpoint-failures', failure);
      return after(call, result);
    };
    await stage.change((it) => connections.decide(it, endpoint, 'accept', null));
    await stage.pass(70_000);
    stage.hooks.after = after;
    await expectTold('endpoint-failed', await theatre().diagnose(endpoint));
  });

  it('when other hands delete the service, the vendor is to look at it', async () => {
    const { stage } = theatre();
    const made = await theatre().anotherService();
    const guest = await theatre().guest({ acceptance: 'manual' }, made);
    const endpoint = await theatre().connect(guest, made);
    const { ec2 } = stage.hands.vendor();
    const ids = { ServiceId: made.serviceId, VpcEndpointIds: [endpoint] };
    await ec2.rejectVpcEndpointConnections(ids);
    await ec2.deleteVpcEndpointServiceConfigurations({ ServiceIds: [made.serviceId] });
    await stage.pass(130_000);
    await expectTold('service-deleted', await theatre().diagnose(endpoint));
  });
});
