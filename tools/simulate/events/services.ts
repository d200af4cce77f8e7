// What operators do with services: modes, freezing, the private DNS name, contested and unmanaged
// entries, the end.

import * as contested from '../../../packages/api/src/usecases/contested-principals.ts';
import * as endpointServices from '../../../packages/api/src/usecases/endpoint-services.ts';
import * as privateDns from '../../../packages/api/src/usecases/private-dns.ts';
import * as retirements from '../../../packages/api/src/usecases/retirements.ts';
import * as unmanaged from '../../../packages/api/src/usecases/unmanaged-principals.ts';
import { awsIdOf, type Scene } from '../scene.ts';

export async function switchMode({ stage, choice, services }: Scene): Promise<string> {
  const service = choice.of(services);
  const aspect = choice.of(['principals', 'acceptance', 'privateDns'] as const);
  const mode = choice.chance(0.75) ? 'manage' : 'observe';
  const change = { [aspect]: mode };
  await stage.change((context) => endpointServices.setModes(context, service.id, change));
  return `${aspect} of ${service.name}: ${mode}`;
}

export async function freezeOrNot({ stage, choice, services, facts }: Scene): Promise<string> {
  const frozen = services.filter(({ id }) => facts.services.find((one) => one.id === id)?.frozen);
  const [held] = frozen;
  if (held) {
    await stage.change((context) => endpointServices.unfreeze(context, held.id));
    return `${held.name} is unfrozen`;
  }
  const service = choice.of(services);
  const reason = { reason: 'a window' };
  await stage.change((context) => endpointServices.freeze(context, service.id, reason));
  return `${service.name} is frozen`;
}

/** Nothing is frozen any more, and what is left to others seldom. */
export async function setGoing({ stage, choice, facts }: Scene): Promise<void> {
  const manage = { principals: 'manage', acceptance: 'manage', privateDns: 'manage' } as const;
  for (const { id, frozen, retiring } of facts.services) {
    if (frozen) await stage.change((context) => endpointServices.unfreeze(context, id));
    if (retiring || choice.chance(0.3)) continue;
    await stage.change((context) => endpointServices.setModes(context, id, manage));
  }
}

export async function wantPrivateDns({ stage, choice, services }: Scene): Promise<string> {
  const service = choice.chance(0.7) ? services[0]! : choice.of(services);
  if (choice.chance(0.7)) {
    const name = choice.of(['api.vendor.example', 'api.vendor.example', 'two.vendor.example']);
    await stage.change((context) => privateDns.put(context, service.id, name));
    return `${service.name} is to have the name ${name}`;
  }
  await stage.change((context) => privateDns.remove(context, service.id));
  return `${service.name} is to have no name`;
}

/** What other hands took away is held, until somebody says what is to become of it. */
export async function settleContested(scene: Scene): Promise<string | null> {
  const { stage, choice, facts, takenByHand } = scene;
  const held = facts.principals.filter((entry) => entry.owned && !entry.observed);
  if (held.length === 0) return null;
  const { serviceId, arn } = choice.of(held);
  const awsId = facts.services.find(({ id }) => id === serviceId)?.serviceId ?? '';
  const [row] = await stage.db.query<{ id: string }>(
    'SELECT id FROM principals WHERE endpoint_service_id = $1 AND arn = $2',
    [serviceId, arn],
  );
  if (choice.chance(0.5)) {
    await stage.change((context) => contested.restore(context, row!.id, 'It was ours.'));
    takenByHand.get(awsId)?.delete(arn);
    return `${arn} is to be restored`;
  }
  await stage.change((context) => contested.release(context, row!.id, 'Let it go.'));
  return `${arn} is released`;
}

export async function setExternalRemoval(scene: Scene): Promise<string> {
  const { stage, choice, services, takenByHand } = scene;
  const service = choice.of(services);
  const onExternalRemoval = choice.chance(0.5) ? ('restore' as const) : ('hold' as const);
  const change = { onExternalRemoval };
  await stage.change((context) => endpointServices.update(context, service.id, change));
  if (onExternalRemoval === 'restore') takenByHand.delete(awsIdOf(scene, service) ?? '');
  return `what others remove of ${service.name}: ${onExternalRemoval}`;
}

export async function adopt(scene: Scene): Promise<string | null> {
  const { stage, choice, facts, handMade, adopted } = scene;
  const found = facts.principals.filter((entry) => entry.observed && !entry.owned);
  if (found.length === 0) return null;
  const { serviceId, arn } = choice.of(found);
  const awsId = facts.services.find(({ id }) => id === serviceId)?.serviceId ?? '';
  await stage.change((context) => unmanaged.adopt(context, serviceId, arn, 'It is ours now.'));
  handMade.get(awsId)?.delete(arn);
  adopted.add(`${serviceId} ${arn}`);
  return `${arn} is adopted`;
}

/** Once in a while, as not much can happen to a service after it. */
export async function retire({ stage, choice, services }: Scene): Promise<string | null> {
  if (!choice.chance(0.4)) return null;
  const service = choice.of(services);
  const terms = { reason: 'replaced', forceRegistered: true };
  await stage.change((context) => retirements.retire(context, service.id, terms));
  return `${service.name} is retired`;
}
