// What a customer learns from a diagnosis about the vendor: not what AWS said to it.

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Connection } from '../../src/domain/connection.ts';
import * as endpointServices from '../../src/storage/endpoint-services.ts';
import { startApi, type Api } from '../harness.ts';
import { createScene } from '../storage/scene.ts';

const problem =
  'AWS could not be asked: UnauthorizedOperation: User: arn:aws:sts::111111111111:assumed-role/x';

let api: Api;
let connection: Connection;
beforeAll(async () => {
  api = await startApi();
  const scene = createScene(api.db, api);
  const service = await scene.service();
  const { accountId } = await scene.account(api.acme, 'proven');
  await scene.grant(api.acme, service);
  connection = await scene.showConnection(service, { ownerAccountId: accountId });
  await endpointServices.recordProblem(api.db, service.id, problem);
});
afterAll(() => api.close());

const diagnosis = (who: 'customer' | 'support') =>
  api.request(who).get(`/v1/connections/${connection.id}/diagnosis`).expect(200);

it('when the vendor looks, it sees what AWS said', async () => {
  expect((await diagnosis('support')).text).toContain('assumed-role');
});

it('when the customer looks, it sees that the service has a problem, and no more', async () => {
  const { text, body } = await diagnosis('customer');
  expect(text).not.toContain('assumed-role');
  expect(body.checks).toContainEqual(
    expect.objectContaining({ name: 'service', result: 'unknown' }),
  );
});

it.each(['customer', 'support'] as const)(
  'when %s names a customer that it cannot see, nothing is told of anybody',
  async (who) => {
    const unseen = who === 'customer' ? api.globex.id : 'nobody-at-all';
    const path = `/v1/diagnoses/vpce-0fffffffffffffff9?customer_id=${unseen}`;
    const { body } = await api.request(who).get(path).expect(404);
    expect(body).toMatchObject({ code: 'not_found', detail: expect.stringContaining(unseen) });
  },
);
