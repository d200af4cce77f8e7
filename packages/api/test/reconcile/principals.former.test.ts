// A role that is deleted after it was let in, and an account that is closed: AWS then shows a bare
// id in place of the ARN. It is neither a stranger to be removed nor an opening to many.

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { EndpointService } from '../../src/domain/endpoint-service.ts';
import { principalsTarget } from '../../src/domain/target.ts';
import { restore } from '../../src/usecases/contested-principals.ts';
import * as drift from '../../src/usecases/drift.ts';
import * as principals from '../../src/usecases/principals.ts';
import { adopt } from '../../src/usecases/unmanaged-principals.ts';
import { startWorkerScene, type WorkerScene } from './worker-scene.ts';

const roleId = 'AROADBQP57FF2AEXAMPLE';

let world: WorkerScene;
let service: EndpointService;
let arn: string;
beforeAll(async () => {
  world = await startWorkerScene();
});
afterAll(() => world.close());

beforeEach(async () => {
  const { scene, db } = world;
  await db.query('DELETE FROM targets');
  const customer = await scene.customer();
  service = await scene.service();
  await scene.showService(service);
  const { accountId } = await scene.account(customer, 'proven');
  arn = `arn:aws:iam::${accountId}:role/network`;
  await scene.grant(customer, service, { roleNames: ['network'] });
  await world.nudge(principalsTarget(service.id));
  await world.leap(5_000);
});

const shown = () => world.aws.allowlists.get(service.serviceId!);
const entries = async () => {
  const page = { limit: 10, after: null };
  const filter = { endpointServiceId: service.id };
  return (await world.change((context) => principals.list(context, filter, page))).items;
};
const told = async () => (await world.change((context) => drift.report(context, service.id))).items;
const changes = () => world.aws.calls.filter((call) => call === 'changePrincipals').length;

async function deleteRole() {
  expect(shown()).toEqual([arn]);
  const before = changes();
  world.aws.allowlists.set(service.serviceId!, [roleId]);
  await world.leap(120_000);
  expect(changes()).toBe(before);
}

it('when the role is deleted, its id is no opening, and it is told whose turn it is', async () => {
  await deleteRole();
  expect(shown()).toEqual([roleId]);
  expect(await entries()).toMatchObject([
    { arn, state: 'contested', alarm: 'contested' },
    { arn: roleId, state: 'unmanaged', alarm: null, owned: false },
  ]);
  expect(await told()).toMatchObject([
    {
      kind: 'contested_principal',
      severity: 'alarm',
      subject: arn,
      detail: expect.stringMatching(new RegExp(`${roleId} instead.*The customer makes it again`)),
    },
    {
      kind: 'unmanaged_principal',
      severity: 'notice',
      subject: roleId,
      detail: expect.stringContaining('nobody can use it'),
    },
  ]);
});

it('when the role is there again and restored, it is let in, and its old id stays', async () => {
  await deleteRole();
  const { id } = (await entries())[0]!;
  await world.change((context) => restore(context, id, 'The role is back.'));
  await world.leap(5_000);
  expect(shown()).toEqual([roleId, arn]);
});

it('when somebody wants to adopt the id, it is refused with what to do', async () => {
  await deleteRole();
  const adopting = world.change((context) => adopt(context, service.id, roleId, 'Tidy up.'));
  await expect(adopting).rejects.toThrow('remove it by hand');
});

it('when another hand just removes the entry, it says so as ever', async () => {
  world.aws.allowlists.set(service.serviceId!, []);
  await world.leap(120_000);
  expect(await told()).toMatchObject([
    { kind: 'contested_principal', detail: expect.stringContaining('Other hands') },
  ]);
});
