import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toWire } from '../../../src/http/wire/names.ts';
import { sealSome } from '../../../src/usecases/audit-sealing.ts';
import * as auditEntries from '../../../src/storage/audit-entries.ts';
import * as effects from '../../../src/storage/effects.ts';
import { startApi, type Api } from '../../harness.ts';
import { createScene } from '../../storage/scene.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const log = (query: Record<string, string>) =>
  api.request('support').get('/v1/audit-entries').query(query).expect(200);

async function renamed(name: string): Promise<void> {
  const path = `/v1/customers/${api.acme.id}?change_ref=CHG-9`;
  const body = { name, metadata: { planName: 'gold', plan_name: 'silver' } };
  await api.request('operator').patch(path).send(body).expect(200);
}

describe('listAuditEntries', () => {
  it('when something was changed, the entry has who, what, why, before and after', async () => {
    await renamed('Acme & Sons');
    await renamed('Acme Incorporated');
    const { body } = await log({ subject_id: api.acme.id });
    expect(body.items[0]).toMatchObject({
      action: 'updateCustomer',
      actor: expect.stringMatching(/^key_/),
      customer_id: api.acme.id,
      change_ref: 'CHG-9',
      request_id: expect.stringMatching(/^req_/),
      before: { name: 'Acme & Sons' },
      after: { name: 'Acme Incorporated' },
    });
  });

  it('when a request is part of a trace, its entry and the changes of AWS name it', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const { id: serviceId } = await createScene(api.db, api).service();
    const { headers, body } = await api
      .request('operator')
      .post('/v1/grants')
      .set({ traceparent: `00-${trace}-00f067aa0ba902b7-01` })
      .send({ customer_id: 'acme', endpoint_service_id: serviceId })
      .expect(201);
    expect(headers['traceresponse']).toContain(trace);
    const entries = await log({ subject_id: body.id });
    expect(entries.body.items[0].trace_id).toBe(trace);
    const target = { kind: 'principals', key: serviceId } as const;
    const intent = { id: api.makeId('effect'), target, endpointServiceId: serviceId };
    const change = { ...intent, action: 'change_principals', request: {} };
    await effects.intend(api.db, change, api.clock.now());
    const told = await api.request('support').get(`/v1/effects?endpoint_service_id=${serviceId}`);
    expect(told.body.items).toMatchObject([
      { request_ids: [headers['x-request-id']], trace_ids: [trace] },
    ]);
  });

  it('when it is asked for a request or a trace, what follows of it comes too', async () => {
    const trace = 'c0ffee0af7651916cd43dd8448eb211c';
    const ids: string[] = [];
    for (const externalId of ['followed-1', 'followed-2']) {
      const { headers } = await api
        .request('operator')
        .post('/v1/customers')
        .set({ traceparent: `00-${trace}-00f067aa0ba902b7-01` })
        .send({ external_id: externalId, name: 'Followed' })
        .expect(201);
      ids.push(headers['x-request-id']!);
    }
    await auditEntries.insert(api.db, {
      id: api.makeId('auditEntry'),
      at: api.clock.now(),
      actor: 'worker:principals',
      action: 'changePrincipals',
      subjectId: 'svc_1',
      customerId: null,
      reason: null,
      changeRef: null,
      before: null,
      after: null,
      requestId: null,
      causedBy: [ids[1]!],
    });
    const actionsOf = async (request_id: string) =>
      (await log({ request_id })).body.items.map(({ action }: { action: string }) => action);
    expect(await actionsOf(ids[0]!)).toEqual(['createCustomer']);
    expect(await actionsOf(ids[1]!)).toEqual(['changePrincipals', 'createCustomer']);
    expect(await actionsOf(trace)).toEqual([
      'changePrincipals',
      'createCustomer',
      'createCustomer',
    ]);
    expect(await actionsOf('req_none')).toEqual([]);
    const { body } = await log({ request_id: ids[1]! });
    expect(body.items[0]).toMatchObject({ request_id: null, request_ids: [ids[1]] });
  });

  it('when an actor is named, its entries come and no others', async () => {
    const { body: key } = await api
      .request('operator')
      .post('/v1/api-keys')
      .send({ name: 'leaked', role: 'operator' })
      .expect(201);
    const made = { external_id: 'made-by-it', name: 'Made' };
    await api.request({ secret: key.secret }).post('/v1/customers').send(made).expect(201);
    const { body } = await log({ actor: key.id });
    expect(body.items).toMatchObject([{ actor: key.id, action: 'createCustomer' }]);
    expect((await log({ actor: 'key_none' })).body.items).toEqual([]);
  });

  it.each(['nonsense', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`])(
    'when its traceparent is %s, it names none',
    async (traceparent) => {
      const { body } = await api
        .request('operator')
        .post('/v1/customers')
        .set({ traceparent })
        .send({ external_id: `traced-${traceparent.length}`, name: 'Traced' })
        .expect(201);
      expect((await log({ subject_id: body.id })).body.items[0].trace_id).toBeNull();
    },
  );

  it('when a resource is shown as it was, it is in the words of the API', async () => {
    const resource = await api.request('operator').get(`/v1/customers/${api.acme.id}`).expect(200);
    await renamed('Acme Limited');
    const { body } = await log({ subject_id: api.acme.id });
    expect(Object.keys(body.items[0].before as object).sort()).toEqual(
      Object.keys(resource.body as object).sort(),
    );
  });

  it('when the customer has words of its own in the metadata, they stay as they are', async () => {
    await renamed('Acme Worldwide');
    const { body } = await log({ subject_id: api.acme.id });
    expect(body.items[0].after.metadata).toEqual({ planName: 'gold', plan_name: 'silver' });
  });

  it('when it is filtered by a customer, either name will do', async () => {
    await renamed('Acme');
    const byId = await log({ customer_id: api.acme.id });
    const byName = await log({ customer_id: 'acme' });
    expect(byId.body.items.length).toBeGreaterThan(0);
    expect(byName.body.items).toEqual(byId.body.items);
    expect((await log({ customer_id: api.globex.id })).body.items).toEqual([]);
  });

  it('when there are many, the newest come first and pages follow each other', async () => {
    for (const name of ['A', 'B', 'C']) await renamed(name);
    const first = await log({ subject_id: api.acme.id, limit: '2' });
    const cursor = first.body.next_cursor as string;
    const second = await log({ subject_id: api.acme.id, limit: '1', cursor });
    const names = [...first.body.items, ...second.body.items].map(({ after }) => after.name);
    expect(names).toEqual(['C', 'B', 'A']);
  });

  it('when a cursor is of other filters, it is refused', async () => {
    const { body } = await log({ subject_id: api.acme.id, limit: '1' });
    const query = { limit: '1', cursor: body.next_cursor as string };
    const other = await api.request('support').get('/v1/audit-entries').query(query).expect(400);
    expect(other.body.code).toBe('invalid_cursor');
  });
});

describe('exportAuditEntries', () => {
  const seal = () => sealSome({ db: api.db, now: api.clock.now, documentOf: toWire });
  const exported = async () => {
    const answer = await api
      .request('support')
      .get('/v1/audit-entries/export')
      .buffer(true)
      .parse((response, done) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => done(null, text));
      })
      .expect('content-type', 'application/x-ndjson')
      .expect(200);
    const lines = (answer.body as string).trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line) as { kind: string; entry?: object });
  };

  it('when it is asked for, it has the entries of the list, the seals and an end', async () => {
    await renamed('Exported');
    await seal();
    const lines = await exported();
    const { body } = await log({ limit: '200' });
    const entries = lines.flatMap(({ entry }) => entry ?? []);
    expect(entries).toEqual((body.items as object[]).toReversed());
    const head = await api.request('support').get('/v1/audit-entries/head').expect(200);
    expect(lines.at(-2)).toMatchObject({ kind: 'seal', hash: head.body.hash });
    expect(lines.at(-1)).toMatchObject({ kind: 'end', hash: head.body.hash, unsealed: 0 });
  });

  it('when the head is asked for, it tells what waits for a seal', async () => {
    await seal();
    const before = await api.request('support').get('/v1/audit-entries/head').expect(200);
    await renamed('Waiting');
    const after = await api.request('support').get('/v1/audit-entries/head').expect(200);
    expect(after.body).toEqual({ ...before.body, unsealed: 1 });
  });
});
