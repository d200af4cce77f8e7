// What must hold after every event, and what must hold once the trouble has ended.

import { awsIdOf, type Scene } from './scene.ts';

/** Broken invariants, in words; empty when all hold. */
export async function brokenNow(scene: Scene): Promise<string[]> {
  const broken: string[] = [];
  for (const [serviceId, arns] of scene.handMade) {
    const there = scene.stage.glance.allowlist(serviceId);
    const lost = [...arns].filter((arn) => !there.includes(arn));
    if (lost.length > 0) broken.push(`an entry made by hand was removed: ${lost.join(', ')}`);
    if (there.includes('*')) broken.push('`*` is on an allowlist');
  }
  for (const [serviceId, arns] of scene.takenByHand) {
    const there = scene.stage.glance.allowlist(serviceId);
    const back = [...arns].filter((arn) => there.includes(arn));
    if (back.length > 0) broken.push(`what another hand removed was put back: ${back.join(', ')}`);
  }
  const values = scene.stage.glance.txt()[scene.foreignTxt.name] ?? [];
  if (!values.includes(scene.foreignTxt.value)) broken.push('a TXT value of others was lost');
  broken.push(...(await acceptedWithoutStanding(scene)), ...(await leftButThere(scene)));
  return broken;
}

/** Lets the trouble end and time pass, then tells what has not come to rest as it should. */
export async function brokenAtRest(scene: Scene): Promise<string[]> {
  const { stage, faults } = scene;
  faults.probability = 0;
  await stage.pass(200_000);
  const before = stage.glance.ourChanges().length;
  await stage.pass(130_000);
  const changes = stage.glance.ourChanges().slice(before);
  const broken = await brokenNow(scene);
  if (changes.length > 0) broken.push(`changes AWS at rest: ${changes.join(', ')}`);
  for (const service of scene.services) broken.push(...(await offTarget(scene, service.id)));
  broken.push(...(await unfinished(scene)));
  return broken;
}

/** Invariant 8: an accept is decided only for an account that has standing at that moment. */
async function acceptedWithoutStanding({ stage, accepted }: Scene): Promise<string[]> {
  const rows = await stage.db.query<{ id: string; standing: boolean }>(
    `SELECT n.id, EXISTS (
       SELECT 1 FROM accounts a WHERE a.account_id = n.owner_account_id
         AND a.standing IN ('proven', 'attested', 'imported')) AS standing
     FROM connections n WHERE n.decision = 'accept'`,
  );
  const newly = rows.filter(({ id }) => !accepted.has(id));
  for (const { id } of newly) accepted.add(id);
  return newly
    .filter(({ standing }) => !standing)
    .map(({ id }) => `${id} was accepted for an account without standing`);
}

/** After an offboarding has succeeded, nothing of the customer may be left of our doing. */
async function leftButThere({ stage, tenants }: Scene): Promise<string[]> {
  const done = await stage.db.query<{ id: string }>(
    "SELECT id FROM customers WHERE state = 'offboarded'",
  );
  const gone = tenants.filter(({ customer }) => done.some(({ id }) => id === customer.id));
  const owned = await stage.db.query<{ arn: string }>(
    'SELECT arn FROM principals WHERE owned AND observed AND NOT withdrawn',
  );
  return owned
    .filter(({ arn }) => gone.some(({ accountId }) => arn.includes(`::${accountId}:`)))
    .map(({ arn }) => `${arn} is ours and still there after its customer has left`);
}

/** At rest, a managed allowlist has what is wanted, but for what others keep away. */
async function offTarget(scene: Scene, id: string): Promise<string[]> {
  const service = scene.services.find((candidate) => candidate.id === id)!;
  const serviceId = await awsIdOf(scene, service);
  const [row] = await scene.stage.db.query<{ managed: boolean }>(
    "SELECT modes->>'principals' = 'manage' AS managed FROM endpoint_services WHERE id = $1",
    [id],
  );
  if (!serviceId || !row?.managed) return [];
  const there = scene.stage.glance.allowlist(serviceId);
  const wanted = await scene.stage.db.query<{ arn: string; contested: boolean }>(
    `SELECT w.arn, coalesce(p.owned AND p.confirmed AND NOT p.observed, false) AS contested
     FROM wanted_principals w
     LEFT JOIN principals p ON p.endpoint_service_id = w.endpoint_service_id AND p.arn = w.arn
     WHERE w.endpoint_service_id = $1 AND w.admits`,
    [id],
  );
  const missing = wanted.filter(({ arn, contested }) => !contested && !there.includes(arn));
  const unwanted = await scene.stage.db.query<{ arn: string }>(
    `SELECT p.arn FROM principals p
     WHERE p.endpoint_service_id = $1 AND p.owned AND NOT EXISTS (
       SELECT 1 FROM wanted_principals w
       WHERE w.endpoint_service_id = p.endpoint_service_id AND w.arn = p.arn)`,
    [id],
  );
  const surplus = unwanted.filter(({ arn }) => there.includes(arn));
  return [
    ...missing.map(({ arn }) => `${arn} is wanted and not on the allowlist of ${serviceId}`),
    ...surplus.map(({ arn }) => `${arn} is ours, not wanted and on the allowlist of ${serviceId}`),
  ];
}

/** At rest, no intent is open and no target is failing. */
async function unfinished({ stage }: Scene): Promise<string[]> {
  const open = await stage.db.query<{ action: string }>(
    'SELECT action FROM effects WHERE finished_at IS NULL',
  );
  const failing = await stage.db.query<{ kind: string; key: string }>(
    'SELECT kind, key FROM targets WHERE failures > 0',
  );
  return [
    ...open.map(({ action }) => `the intent ${action} was never concluded`),
    ...failing.map(({ kind, key }) => `the target ${kind} ${key} keeps failing`),
  ];
}
