// Other hands in the vendor's account: they allow and remove principals, and take private names.

import { awsIdOf, type Scene } from '../scene.ts';

export async function changeByHand(scene: Scene): Promise<string | null> {
  const service = scene.choice.of(scene.services);
  const serviceId = awsIdOf(scene, service);
  if (!serviceId) return null;
  return scene.choice.chance(0.5)
    ? allow(scene, service.id, serviceId)
    : remove(scene, service.id, serviceId);
}

/** A name that is not ours has to stay; one of ours that is taken away is not set again. */
export async function nameByHand(scene: Scene): Promise<string | null> {
  const service = scene.choice.of(scene.services);
  const serviceId = awsIdOf(scene, service);
  if (!serviceId) return null;
  const { ec2 } = scene.stage.hands.vendor();
  const named = scene.stage.glance.privateDns(serviceId);
  const change = named ? { RemovePrivateDnsName: true } : { PrivateDnsName: theirName };
  await ec2.modifyVpcEndpointServiceConfiguration({ ServiceId: serviceId, ...change });
  scene.namedByHand.set(serviceId, { name: named ? null : theirName, seen: false });
  return `another hand ${named ? 'takes the name of' : 'names'} ${service.name}`;
}

/** Beside the value of ours, at the name at which AWS looks for that. */
export async function writeBeside(scene: Scene): Promise<string | null> {
  const { stage, choice, foreignTxt } = scene;
  const records = Object.entries(stage.glance.txt()).filter(([name]) => name.startsWith('_'));
  if (records.length === 0) return null;
  const [name, values] = choice.of(records);
  const value = `other=${choice.below(1_000_000)}`;
  await stage.hands.publishTxt(name, [...values, value]);
  foreignTxt.set(name, (foreignTxt.get(name) ?? new Set()).add(value));
  return `another hand writes TXT at ${name}`;
}

const theirName = 'theirs.vendor.example';

/**
 * Of strangers, and of customers who may have no grant or no standing. What we own and have not
 * missed yet counts as ours still: nobody can tell that it was away for a moment.
 */
async function allow(scene: Scene, id: string, serviceId: string): Promise<string> {
  const { choice, stage, handMade, tenants } = scene;
  const strangers = [0, 1, 2, 3].map((number) => String(500_000_000_000 + number));
  const accountId = choice.of([...strangers, ...tenants.map((tenant) => tenant.accountId)]);
  const arn = `arn:aws:iam::${accountId}:root`;
  const { owned } = await ledger(scene, id, arn);
  await stage.hands.allow(serviceId, [arn]);
  if (!owned) handMade.set(serviceId, (handMade.get(serviceId) ?? new Set()).add(arn));
  scene.takenByHand.get(serviceId)?.delete(arn);
  scene.madeAt.set(`${serviceId} ${arn}`, stage.clock.now().getTime());
  return `another hand allows ${arn}`;
}

async function remove(scene: Scene, id: string, serviceId: string): Promise<string | null> {
  const { choice, stage, handMade, takenByHand } = scene;
  const there = stage.glance.allowlist(serviceId);
  if (there.length === 0) return null;
  const own = scene.facts.principals
    .filter((entry) => entry.serviceId === id && entry.owned && there.includes(entry.arn))
    .map(({ arn }) => arn);
  const arn = choice.of(own.length > 0 && choice.chance(0.8) ? own : there);
  const { owned, settled, held } = await ledger(scene, id, arn);
  await stage.hands.disallow(serviceId, [arn]);
  handMade.get(serviceId)?.delete(arn);
  if (owned && settled && held) {
    takenByHand.set(serviceId, (takenByHand.get(serviceId) ?? new Set()).add(arn));
  }
  return `another hand removes ${arn}`;
}

/** What is under way, or has just been sent, may still come: nobody can tell who put it back. */
async function ledger({ stage }: Scene, id: string, arn: string) {
  const [entry] = await stage.db.query<{ owned: boolean; settled: boolean; held: boolean }>(
    `SELECT p.owned, p.confirmed AND NOT p.withdrawn AND NOT p.restore AND NOT EXISTS (
       SELECT 1 FROM effects e WHERE e.endpoint_service_id = $1 AND e.action = 'change_principals'
         AND e.request->'add' ? $2
         AND (e.finished_at IS NULL OR e.finished_at > $3::timestamptz - interval '60 seconds')
       ) AS settled, s.on_external_removal = 'hold' AS held
     FROM principals p JOIN endpoint_services s ON s.id = p.endpoint_service_id
     WHERE p.endpoint_service_id = $1 AND p.arn = $2`,
    [id, arn, stage.clock.now()],
  );
  return entry ?? { owned: false, settled: false, held: false };
}
