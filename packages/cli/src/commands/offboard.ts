// `sallyport offboard …`: what would be taken from whom, a question, the operation to its end, and
// what AWS shows of it then.

import type { Customer, Offboarding, Sallyport } from '@sallyport/sdk';
import { CommandError, exitCodes, usageError } from '../exit-codes.ts';
import { confirm } from '../input/confirmation.ts';
import { durationMs } from '../input/duration.ts';
import { identify } from '../lookup/identifier.ts';
import { all, searchFor } from '../lookup/search.ts';
import { isForPeople, writeOne } from '../output/answer.ts';
import { leftText } from '../output/left-of-customer.ts';
import type { Context } from '../runtime.ts';
import { waitedFor } from './wait.ts';
import { absence, otherKind } from './misnamed.ts';

export interface Offboard {
  asked: string;
  policy: 'reject' | 'drain' | 'keep' | undefined;
  drainUntil: string | undefined;
  timeout: string | undefined;
  wait: boolean;
  dryRun: boolean;
  changeRef: string | undefined;
}

export async function runOffboard(context: Context, offboard: Offboard): Promise<void> {
  const { policy, drainUntil, timeout, changeRef, dryRun } = offboard;
  const { signal, say } = context;
  if (timeout !== undefined) durationMs(timeout);
  if (timeout !== undefined && !offboard.wait) {
    throw usageError('--timeout is for waiting.', 'Leave out either it or --no-wait.');
  }
  const client = await context.client();
  const customer = await customerOf(context, client, offboard.asked);
  const { external_id: key, name, state, offboarding_since: since } = customer;
  if (state === 'offboarded') {
    say(`${name} (${key}) has left already: it began at ${since}.`);
    return proveIt(context, client, customer);
  }
  const preview = await client.customers.getOffboarding(customer.id, { policy, signal });
  const endpoints = await endpointsOf(context, client, customer);
  if (isForPeople(context)) context.out.write(leftText(preview, 'before', endpoints));
  if (dryRun) {
    if (!isForPeople(context)) writeOne(context, preview);
    say('Dry run: nothing was kept.');
    return;
  }
  // To wait for what is decided already takes nothing more away.
  const isGoingOn = state === 'offboarding' && policy === undefined && drainUntil === undefined;
  if (isGoingOn) say(`${name} is leaving since ${since}, by the policy ${preview.policy}.`);
  const consequence = `${name} loses what is above, by the policy ${preview.policy}.`;
  if (!isGoingOn) await confirm(context, { consequence, name: key });
  const body = { policy, drain_until: drainUntil };
  const operation = await client.customers.offboard(customer.id, body, {
    signal,
    change_ref: changeRef,
  });
  if (!offboard.wait) {
    if (!isForPeople(context)) writeOne(context, operation);
    say(`next: sallyport wait operation ${operation.id}`);
    return;
  }
  const wait = { client, kind: 'operation', id: operation.id, timeout, isChanged: true } as const;
  await waitedFor(context, wait);
  await proveIt(context, client, customer);
}

async function customerOf(context: Context, client: Sallyport, asked: string): Promise<Customer> {
  const wanted = identify(asked);
  const matches = await searchFor(client, wanted, { signal: context.signal });
  const [match, ...others] = matches.filter(({ kind }) => kind === 'customer');
  const [other] = matches;
  if (other === undefined) throw absence(asked, wanted);
  if (match === undefined) throw otherKind(asked, other, 'customer');
  if (others.length > 0) throw usageError(`${asked} is ${matches.length} customers.`, 'Name one.');
  return match.resource as unknown as Customer;
}

/** People know endpoints by AWS's ids. */
async function endpointsOf(
  { signal }: Context,
  client: Sallyport,
  { id }: Customer,
): Promise<ReadonlyMap<string, string>> {
  const connections = await all(client.connections.list({ customer_id: id, limit: 200, signal }));
  return new Map(connections.map((own) => [own.id, own.vpc_endpoint_id]));
}

/** What AWS shows after the last step, and not what was sent. */
async function proveIt(context: Context, client: Sallyport, customer: Customer): Promise<void> {
  const left: Offboarding = await client.customers.getOffboarding(customer.id, {
    signal: context.signal,
  });
  const endpoints = await endpointsOf(context, client, customer);
  if (isForPeople(context)) context.out.write(leftText(left, 'after', endpoints));
  else writeOne(context, left);
  const principals = left.services.flatMap((service) => service.principals);
  if (principals.length === 0) return;
  const message = `${principals.length} of its principals are still on allowlists.`;
  const next = `sallyport customers offboarding ${customer.external_id}`;
  throw new CommandError(exitCodes.dead, message, next);
}
