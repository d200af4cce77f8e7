// The view that makes principals of grants: held to the same rules as the domain, case by case.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admits, owns, standings } from '../../src/domain/account.ts';
import { customerStates } from '../../src/domain/customer.ts';
import type { EndpointService } from '../../src/domain/endpoint-service.ts';
import { principalArns } from '../../src/domain/principal.ts';
import { createAmbience } from '../ambience.ts';
import { temporaryDatabase, type TemporaryDatabase } from './postgres/temporary-database.ts';
import { createScene, type Scene } from './scene.ts';

let db: TemporaryDatabase;
let scene: Scene;
let service: EndpointService;
beforeAll(async () => {
  db = await temporaryDatabase();
  scene = createScene(db, createAmbience());
  service = await scene.service();
});
afterAll(() => db.close());

interface Wanted {
  arn: string;
  admits: boolean;
  grantIds: string[];
}

function wantedBy(customerId: string): Promise<Wanted[]> {
  return db.query(
    `SELECT arn, admits, grant_ids FROM wanted_principals
     WHERE customer_id = $1 AND endpoint_service_id = $2 ORDER BY arn`,
    [customerId, service.id],
  );
}

describe('wanted_principals', () => {
  it.each(customerStates)('when the customer is %s, it wants as the domain says', async (state) => {
    const customer = await scene.customer({ state });
    const { accountId } = await scene.account(customer, 'proven');
    await scene.grant(customer, service);
    const arns = (await wantedBy(customer.id)).map(({ arn }) => arn);
    expect(arns).toEqual(state === 'active' ? [`arn:aws:iam::${accountId}:root`] : []);
  });

  it.each(standings)(
    'when the account is %s, it is wanted as the domain says',
    async (standing) => {
      const customer = await scene.customer();
      await scene.account(customer, standing);
      const grantId = await scene.grant(customer, service);
      const wanted = await wantedBy(customer.id);
      const one = { arn: expect.any(String), admits: admits(standing), grantIds: [grantId] };
      expect(wanted).toEqual(owns(standing) ? [one] : []);
    },
  );

  it('when the grant names accounts, the others are left out', async () => {
    const customer = await scene.customer();
    const { accountId } = await scene.account(customer, 'proven');
    await scene.account(customer, 'proven');
    await scene.grant(customer, service, { accountIds: [accountId, '999999999999'] });
    const arns = (await wantedBy(customer.id)).map(({ arn }) => arn);
    expect(arns).toEqual([`arn:aws:iam::${accountId}:root`]);
  });

  it.each([[[]], [['reader']], [['reader', 'writer']], [['reader', 'reader']]])(
    'when the grant names the roles %j, they are wanted as the domain says',
    async (roleNames: string[]) => {
      const customer = await scene.customer();
      const account = await scene.account(customer, 'attested', { partition: 'aws-us-gov' });
      await scene.grant(customer, service, { roleNames });
      const arns = (await wantedBy(customer.id)).map(({ arn }) => arn);
      expect(arns).toEqual([...new Set(principalArns(account, roleNames))].sort());
    },
  );

  it('when the customer has no grant here, nothing of it is wanted here', async () => {
    const customer = await scene.customer();
    await scene.account(customer, 'proven');
    await scene.grant(customer, await scene.service());
    expect(await wantedBy(customer.id)).toEqual([]);
  });

  it('when a customer has grants on two services, each wants its own', async () => {
    const customer = await scene.customer();
    await scene.account(customer, 'proven');
    const here = await scene.grant(customer, service);
    await scene.grant(customer, await scene.service());
    expect((await wantedBy(customer.id)).map(({ grantIds }) => grantIds)).toEqual([[here]]);
  });
});
