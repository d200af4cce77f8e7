import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manageAll, observeAll } from '../../../src/domain/endpoint-service.ts';
import * as principals from '../../../src/storage/principals.ts';
import { startApi, type Api } from '../../harness.ts';
import { createWorld, type World } from './world.ts';

let api: Api;
let world: World;
beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
});
afterAll(() => api.close());

const operator = () => api.request('operator');
const wire = (modes: typeof observeAll) => ({
  principals: modes.principals,
  acceptance: modes.acceptance,
  private_dns: modes.privateDns,
});
const arn = 'arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/net/api/0123456789';

async function create(change: object) {
  const { id } = await world.scene.providerAccount();
  const body = { name: 'API', provider_account_id: id, region: 'us-east-1', ...change };
  return operator().post('/v1/endpoint-services').send(body);
}

let numbers = 0;
const serviceId = () => `vpce-svc-${(++numbers).toString(16).padStart(17, 'a')}`;

describe('createEndpointService', () => {
  it('when an existing one is registered, all of it is only observed', async () => {
    const service_id = serviceId();
    const { status, body } = await create({ service_id });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      modes: wire(observeAll),
      service_id,
      service_name: `com.amazonaws.vpce.us-east-1.${service_id}`,
      observed: null,
    });
  });

  it('when one is to be made of load balancers, all of it is managed', async () => {
    const { body } = await create({ network_load_balancer_arns: [arn] });
    expect(body).toMatchObject({ modes: wire(manageAll), service_id: null, service_name: null });
  });

  it('when a mode is given, it counts and the others are as usual', async () => {
    const { body } = await create({ service_id: serviceId(), modes: { principals: 'manage' } });
    expect(body.modes).toEqual({ ...wire(observeAll), principals: 'manage' });
  });

  it('when it is made, everything that looks after it is woken', async () => {
    await api.db.query('DELETE FROM targets');
    await create({ service_id: serviceId() });
    const woken = await api.db.query<{ kind: string }>('SELECT kind FROM targets ORDER BY kind');
    const kinds = ['configurations', 'connections', 'principals', 'private_dns'];
    expect(woken.map(({ kind }) => kind)).toEqual(kinds);
  });

  it.each([
    ['neither an id nor load balancers', {}],
    ['both', { service_id: serviceId(), network_load_balancer_arns: [arn] }],
    ['a region that the account has not', { service_id: serviceId(), region: 'eu-west-1' }],
    ['a region that is none', { service_id: serviceId(), region: 'mars-1' }],
    ['a name of a service for its id', { service_id: 'com.amazonaws.vpce.us-east-1.x' }],
    [
      'a load balancer of another kind',
      { network_load_balancer_arns: [arn.replace('/net/', '/app/')] },
    ],
    ['a mode that is none', { service_id: serviceId(), modes: { principals: 'watch' } }],
  ])('when it has %s, it is refused', async (_, change) => {
    const { status, body } = await create(change);
    expect([status, body.code]).toEqual([400, 'invalid_request']);
  });

  it('when it is registered already, it is refused', async () => {
    const { status, body } = await create({ service_id: world.service.serviceId! });
    expect([status, body.code]).toEqual([409, 'already_exists']);
  });

  it('when the provider account is not there, that is said', async () => {
    const body = { name: 'API', provider_account_id: '999999999999', region: 'us-east-1' };
    const answer = await operator().post('/v1/endpoint-services').send(body).expect(404);
    expect(answer.body.detail).toContain('999999999999');
  });
});

describe('getEndpointService', () => {
  it('when it is named by any of its names, it is the same', async () => {
    const { id, serviceId, serviceName } = world.service;
    const answers = [id, serviceId, serviceName].map((name) =>
      api.request('support').get(`/v1/endpoint-services/${name}`).expect(200),
    );
    const bodies = (await Promise.all(answers)).map(({ body }) => body);
    expect(bodies[1]).toEqual(bodies[0]);
    expect(bodies[2]).toEqual(bodies[0]);
    expect(bodies[0].observed.availability_zone_ids).toEqual(['use1-az1', 'use1-az2']);
  });
});

describe('listEndpointServices', () => {
  it('when it is filtered by a region, the others are left out', async () => {
    const { id } = await world.scene.service({ region: 'ap-south-1' });
    const { body } = await operator().get('/v1/endpoint-services?region=ap-south-1').expect(200);
    expect(body.items).toMatchObject([{ id, region: 'ap-south-1' }]);
  });
});

describe('updateEndpointService', () => {
  it('when it is renamed, nobody is woken: nothing changes in AWS', async () => {
    const { id } = await world.scene.service();
    await api.db.query('DELETE FROM targets');
    const body = { name: 'Renamed' };
    const answer = await operator().patch(`/v1/endpoint-services/${id}`).send(body).expect(200);
    expect(answer.body.name).toBe('Renamed');
    expect(await api.db.query('SELECT kind FROM targets')).toEqual([]);
  });
});

describe('setEndpointServiceModes', () => {
  it('when one aspect is switched, the others stay and the service is looked after', async () => {
    const { id } = await world.scene.service({ modes: observeAll });
    await api.db.query('DELETE FROM targets');
    const path = `/v1/endpoint-services/${id}/modes`;
    const { body } = await operator().patch(path).send({ private_dns: 'manage' }).expect(200);
    expect(body.modes).toEqual({ ...wire(observeAll), private_dns: 'manage' });
    expect(await api.db.query('SELECT kind FROM targets')).toHaveLength(4);
  });

  it('when the aspect is none, the nearest one is told', async () => {
    const path = `/v1/endpoint-services/${world.service.id}/modes`;
    const { body } = await operator().patch(path).send({ principal: 'manage' }).expect(400);
    expect(body.detail).toContain('did you mean `principals`?');
  });
});

describe('retireEndpointService', () => {
  const retire = (id: string, body: object) =>
    operator()
      .post(`/v1/endpoint-services/${id}/retire`)
      .send({ reason: 'Replaced', ...body });

  it('when Sallyport did not create it, that has to be said', async () => {
    const { id } = await world.scene.service();
    const { body } = await retire(id, {}).expect(400);
    expect(body.errors).toMatchObject([{ pointer: '/force_registered' }]);
  });

  it.each([
    ['it is not there yet', { serviceId: null, serviceName: null }, 'has not created'],
    ['an aspect is observed', { modes: { ...manageAll, acceptance: 'observe' } }, 'acceptance'],
    ['it is frozen', { frozenSince: new Date() }, 'frozen'],
  ] as const)('when %s, it is refused and says why', async (_, changes, words) => {
    const { id } = await world.scene.service(changes);
    const { body } = await retire(id, { force_registered: true }).expect(409);
    expect(body).toMatchObject({
      code: 'invalid_state_transition',
      detail: expect.stringContaining(words),
    });
  });

  it('when it begins, nothing is wanted of it any more, and it cannot be forgotten', async () => {
    const service = await world.scene.service();
    const customer = await world.scene.customer();
    await world.scene.account(customer, 'proven');
    const grant = await world.scene.grant(customer, service);
    const path = `/v1/endpoint-services/${service.id}`;
    await operator().put(`${path}/private-dns`).send({ name: 'api.vendor.example' }).expect(200);
    const { body } = await retire(service.id, { force_registered: true }).expect(202);
    expect(body).toMatchObject({ kind: 'retire_service', done: false });
    const retiring = await operator().get(path).expect(200);
    expect(retiring.body).toMatchObject({
      retiring_since: api.clock.now().toISOString(),
      retire_reason: 'Replaced',
      retired_at: null,
    });
    const dns = await operator().get(`${path}/private-dns`).expect(200);
    expect(dns.body.name).toBeNull();
    const wanted = { name: 'api.vendor.example' };
    const named = await operator().put(`${path}/private-dns`).send(wanted).expect(409);
    expect(named.body.code).toBe('invalid_state_transition');
    await operator().delete(`/v1/grants/${grant}`).expect(204);
    const forgotten = await operator().delete(path).expect(409);
    expect(forgotten.body.detail).toContain('still to be deleted in AWS');
  });

  it('when a connection asks to be let in meanwhile, not even an operator lets it', async () => {
    const service = await world.scene.service();
    const customer = await world.scene.customer();
    const { accountId } = await world.scene.account(customer, 'proven');
    const { id } = await world.scene.showConnection(service, { ownerAccountId: accountId });
    await retire(service.id, { force_registered: true }).expect(202);
    const { body } = await operator().post(`/v1/connections/${id}/accept`).expect(409);
    expect(body.detail).toContain('being retired');
  });
});

describe('deleteEndpointService', () => {
  it('when a grant is on it, it stays and the grant is named', async () => {
    const path = `/v1/endpoint-services/${world.service.id}`;
    const { body } = await operator().delete(path).expect(409);
    expect(body).toMatchObject({ code: 'in_use', detail: expect.stringMatching(/grt_/) });
  });

  it('when nothing depends on it, it goes with all that was seen of it', async () => {
    const service = await world.scene.service();
    await world.scene.showPrincipals(service, ['*']);
    const shown = { ownerAccountId: world.scene.accountNumber() };
    const { id } = await world.scene.showConnection(service, shown);
    await operator().delete(`/v1/endpoint-services/${service.id}`).expect(204);
    await operator().get(`/v1/connections/${id}`).expect(404);
    expect(await principals.facts(api.db, service.id)).toEqual([]);
  });

  it('when it was to be reconciled, whoever follows that learns of its end', async () => {
    const { id } = await world.scene.service();
    const path = `/v1/endpoint-services/${id}`;
    const { body } = await operator().post(`${path}/reconcile`).expect(202);
    await operator().delete(path).expect(204);
    const ended = await operator().get(`/v1/operations/${body.id}`).expect(200);
    expect(ended.body).toMatchObject({ done: true, state: 'failed', error_code: 'not_found' });
  });
});

describe('reconcileEndpointService', () => {
  it('when it is under way, the same operation is told and workers are asked again', async () => {
    const { id } = await world.scene.service();
    const path = `/v1/endpoint-services/${id}/reconcile`;
    const first = await api.request('support').post(path).expect(202);
    await api.db.query('UPDATE targets SET done = wanted');
    const second = await api.request('support').post(path).expect(202);
    expect(second.body.id).toBe(first.body.id);
    const rows = await api.db.query('SELECT kind FROM targets WHERE done < wanted');
    expect(rows).toHaveLength(4);
  });

  it('when several ask at once, there is one operation', async () => {
    const { id } = await world.scene.service();
    const path = `/v1/endpoint-services/${id}/reconcile`;
    const asked = [1, 2, 3, 4].map(() => operator().post(path).expect(202));
    const ids = (await Promise.all(asked)).map(({ body }) => body.id as string);
    expect(new Set(ids).size).toBe(1);
  });
});

describe('planEndpointService', () => {
  it('when nothing is observed yet, the plan is what is wanted', async () => {
    const service = await world.scene.service({ modes: observeAll });
    const customer = await world.scene.customer();
    const { accountId } = await world.scene.account(customer, 'proven');
    await world.scene.grant(customer, service);
    const path = `/v1/endpoint-services/${service.id}/plan`;
    const { body } = await api.request('support').get(path).expect(200);
    expect(body).toEqual({
      endpoint_service_id: service.id,
      observed_at: null,
      modes: wire(observeAll),
      principals: {
        add: [`arn:aws:iam::${accountId}:root`],
        remove: [],
        contested: [],
        unmanaged: [],
      },
      connections: { accept: [], reject: [], held: [] },
      private_dns: { step: 'none' },
    });
  });

  it('when connections wait, it tells who gets in and what holds the others', async () => {
    const service = await world.scene.service();
    const customer = await world.scene.customer();
    const { accountId } = await world.scene.account(customer, 'proven');
    await world.scene.grant(customer, service, { connectionsMax: 1 });
    const shown = { ownerAccountId: accountId };
    const first = await world.scene.showConnection(service, shown);
    const second = await world.scene.showConnection(service, shown);
    const stranger = { ownerAccountId: world.scene.accountNumber() };
    const third = await world.scene.showConnection(service, stranger);
    const path = `/v1/endpoint-services/${service.id}/plan`;
    const { body } = await operator().get(path).expect(200);
    expect(body.connections).toEqual({
      accept: [first.vpcEndpointId],
      reject: [],
      held: [
        { vpc_endpoint_id: second.vpcEndpointId, reason: 'connection_limit' },
        { vpc_endpoint_id: third.vpcEndpointId, reason: 'unknown_owner' },
      ],
    });
  });

  it('when other hands made entries, they are told and left alone', async () => {
    const service = await world.scene.service();
    await world.scene.showPrincipals(service, ['*']);
    const path = `/v1/endpoint-services/${service.id}/plan`;
    const { body } = await operator().get(path).expect(200);
    expect(body.principals).toEqual({ add: [], remove: [], contested: [], unmanaged: ['*'] });
  });
});
