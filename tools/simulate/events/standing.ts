// Whose an account is: vouched for, proven by a signature, taken over as it was, disputed, lapsed.

import { signProof } from '../../../packages/sdk/src/proof.ts';
import { Refusal } from '../../../packages/api/src/domain/errors.ts';
import { cleaningTarget } from '../../../packages/api/src/domain/target.ts';
import * as targets from '../../../packages/api/src/storage/targets.ts';
import * as imports from '../../../packages/api/src/usecases/imports.ts';
import * as proofs from '../../../packages/api/src/usecases/proofs.ts';
import { customerCaller } from '../../../packages/api/test/reconcile/operator.ts';
import { owns } from '../facts.ts';
import { attest, welcome, type Scene, type Tenant } from '../scene.ts';
import { askAnew } from './customers.ts';

export async function vouch(scene: Scene): Promise<string> {
  const tenant = scene.choice.of(scene.tenants);
  askIfNew(scene, tenant);
  const { standing } = await attest(scene.stage, tenant.account);
  return `${tenant.accountId} is ${standing}`;
}

/** Another customer says that the account is its own; refused if it has standing elsewhere. */
export async function claimOthers(scene: Scene): Promise<string> {
  const { stage, choice, tenants } = scene;
  const { accountId } = choice.of(tenants);
  const other = await welcome(stage, accountId);
  try {
    await attest(stage, other.account);
  } catch (error) {
    if (error instanceof Refusal) return `${accountId} is not given to another customer`;
    throw error;
  }
  return `${accountId} is another customer's`;
}

/** Mostly with a key of the account itself. Whether the signature is good a worker asks of STS. */
export async function prove(scene: Scene): Promise<string> {
  const { stage, choice, tenants, secrets, signers } = scene;
  const tenant = choice.of(tenants);
  const { customer, account, accountId } = tenant;
  askIfNew(scene, tenant);
  const caller = customerCaller(customer);
  const challenge = await stage.change((it) => proofs.challenge(it, account.id), caller);
  const signer = choice.chance(0.65) ? accountId : choice.of(tenants).accountId;
  const { region, access_key_id, amz_date, signature } = await signProof({
    challenge,
    credentials: { accessKeyId: signer, secretAccessKey: 'simulator' },
    region: 'us-east-1',
    now: stage.clock.now(),
  });
  const signed = { region, accessKeyId: access_key_id, amzDate: amz_date, signature };
  const proof = { challengeId: challenge.id, ...signed };
  secrets.add(signature);
  signers.set(account.id, (signers.get(account.id) ?? new Set()).add(signer));
  await stage.change((it) => proofs.submit(it, account.id, proof), caller);
  return `${signer} signs a proof of ${accountId}`;
}

/** As what was there before Sallyport is taken over, with the connections that AWS shows. */
export async function takeOver(scene: Scene): Promise<string> {
  const { stage, choice, tenants, facts } = scene;
  const tenant = choice.of(tenants);
  const { customer, accountId } = tenant;
  askIfNew(scene, tenant);
  const own = facts.connections.filter(({ owner }) => owner === accountId);
  const customerId = customer.id;
  const { created, updated, refused } = await stage.change((context) =>
    imports.create(context, {
      reason: 'They were customers before.',
      accounts: [{ customerId, accountId }],
      connections: own.map(({ vpcEndpointId }) => ({ customerId, vpcEndpointId })),
    }),
  );
  return `${accountId} is taken over: ${created + updated} rows, ${refused} refused`;
}

/** What nobody wanted, for want of standing, is wanted from now on. */
function askIfNew(scene: Scene, { account, accountId }: Tenant): void {
  const known = scene.facts.accounts.find(({ id }) => id === account.id);
  if (!known || !owns(known.standing)) askAnew(scene, accountId);
}

/** What is kept for a time goes, and what has been proven too long ago lapses. */
export async function clean({ stage, crew }: Scene): Promise<string> {
  await targets.hint(stage.db, cleaningTarget, stage.clock.now());
  crew.wake();
  await crew.pass(500);
  return 'what is too old goes';
}
