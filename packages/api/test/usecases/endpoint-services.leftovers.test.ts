// A service that is forgotten while principals of ours are still on its allowlist.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { manageAll, observeAll, type EndpointService } from '../../src/domain/endpoint-service.ts';
import * as principals from '../../src/storage/principals.ts';
import { startApi, type Api } from '../harness.ts';
import { createScene, type Scene } from '../storage/scene.ts';

const arn = 'arn:aws:iam::222222222222:root';

let api: Api;
let scene: Scene;
let service: EndpointService;
beforeAll(async () => {
  api = await startApi();
  scene = createScene(api.db, api);
});
afterAll(() => api.close());

/** AWS shows an entry of ours that no grant wants any more. */
async function leftover(modes = manageAll) {
  service = await scene.service({ modes });
  await scene.showPrincipals(service, [arn]);
  await principals.recordOwned(api.db, service.id, [arn]);
}

const forget = () => api.request('operator').delete(`/v1/endpoint-services/${service.id}`);

describe('an entry of ours', () => {
  beforeEach(() => leftover());

  it('when it is still to leave, the service stays and the entry is named', async () => {
    const { body } = await forget().expect(409);
    expect(body).toMatchObject({ code: 'in_use', detail: expect.stringContaining(arn) });
  });

  it('when two reads agree that it has gone, the service can be forgotten', async () => {
    for (let read = 1; read <= 2; read++) await scene.showPrincipals(service, []);
    await principals.releaseGone(api.db, service.id, api.clock.now());
    await forget().expect(204);
  });
});

it('when the vendor has taken the allowlist over, it can be forgotten as it is', async () => {
  await leftover(observeAll);
  await forget().expect(204);
});
