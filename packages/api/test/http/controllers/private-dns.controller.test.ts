import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { observeAll, type EndpointService } from '../../../src/domain/endpoint-service.ts';
import { startApi, type Api } from '../../harness.ts';
import { createScene, type Scene } from '../../storage/scene.ts';

let api: Api;
let scene: Scene;
let service: EndpointService;
beforeAll(async () => {
  api = await startApi();
  scene = createScene(api.db, api);
});
afterAll(() => api.close());
beforeEach(async () => {
  service = await scene.service();
  await api.db.query('DELETE FROM targets');
});

const path = () => `/v1/endpoint-services/${service.id}/private-dns`;
const put = (name: unknown) => api.request('operator').put(path()).send({ name });
const name = 'api.vendor.example';

describe('putPrivateDns', () => {
  it('when a name is wanted, it can be read at once and a worker is woken', async () => {
    const { body } = await put(name).expect(200);
    expect(body).toMatchObject({ endpoint_service_id: service.id, name, state: 'configuring' });
    const woken = await api.db.query('SELECT kind, key FROM targets');
    expect(woken).toEqual([{ kind: 'private_dns', key: service.id }]);
    expect((await api.request('support').get(path()).expect(200)).body).toEqual(body);
  });

  it.each(['*.vendor.example', 'a-b.c1.vendor.example', `${'a'.repeat(63)}.example`])(
    'when the name is %s, it is taken',
    async (wanted) => {
      const { body } = await put(wanted).expect(200);
      expect(body.name).toBe(wanted);
    },
  );

  it.each([
    'API.vendor.example',
    'vendor',
    'a..example',
    '-a.example',
    'a.*.example',
    '*.*.example',
    `${'a'.repeat(64)}.example`,
    `${'a.'.repeat(127)}example`,
    'a.example.',
    'a b.example',
    'bücher.example',
    'a.example\n',
    '',
    null,
  ])('when the name is %j, it is refused', async (wanted) => {
    const { body } = await put(wanted).expect(400);
    expect(body.errors).toMatchObject([{ pointer: '/name' }]);
  });

  it('when the aspect is only observed, the name is kept and said to be blocked', async () => {
    service = await scene.service({ modes: observeAll });
    const { body } = await put(name).expect(200);
    expect(body).toMatchObject({
      name,
      state: 'blocked',
      message: expect.stringMatching(/observe/),
    });
  });
});

describe('getPrivateDns', () => {
  it('when AWS has given a value, the record to publish is told', async () => {
    await put(name);
    const privateDns = {
      name,
      state: 'pendingVerification',
      label: '_abc',
      value: 'vpce:x',
    } as const;
    await scene.showService(service, { privateDns });
    await api.db.query(
      'UPDATE private_dns SET owned_names = ARRAY[name] WHERE endpoint_service_id = $1',
      [service.id],
    );
    const { body } = await api.request('support').get(path()).expect(200);
    expect(body).toMatchObject({
      state: 'publishing',
      aws_state: 'pendingVerification',
      record: { name: `_abc.${name}`, type: 'TXT', value: 'vpce:x', zone_id: null },
    });
  });

  it('when other hands have set a name, it is told as theirs', async () => {
    await put(name);
    const privateDns = {
      name: 'theirs.example',
      state: 'verified',
      label: 'l',
      value: 'v',
    } as const;
    await scene.showService(service, { privateDns });
    const { body } = await api.request('support').get(path()).expect(200);
    expect(body).toMatchObject({
      name,
      state: 'blocked',
      message: expect.stringContaining('theirs.example'),
    });
  });
});

describe('deletePrivateDns', () => {
  it('when a name was wanted, none is wanted any more', async () => {
    await put(name);
    const { body } = await api.request('operator').delete(path()).expect(200);
    expect(body).toMatchObject({ name: null, state: 'absent' });
  });

  it('when our name is on the service, it is told as on its way out', async () => {
    await put(name);
    const privateDns = { name, state: 'verified', label: '_abc', value: 'vpce:x' } as const;
    await scene.showService(service, { privateDns });
    await api.db.query(
      'UPDATE private_dns SET owned_names = ARRAY[name] WHERE endpoint_service_id = $1',
      [service.id],
    );
    const { body } = await api.request('operator').delete(path()).expect(200);
    expect(body).toMatchObject({ name: null, state: 'configuring', aws_state: 'verified' });
  });

  it('when none was wanted, nobody is woken', async () => {
    await api.request('operator').delete(path()).expect(200);
    expect(await api.db.query('SELECT kind FROM targets')).toEqual([]);
  });
});
