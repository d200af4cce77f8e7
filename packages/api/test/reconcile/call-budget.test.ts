// Keeping to AWS's request rates: several workers, one count.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../src/aws/errors.ts';
import { callLimit } from '../../src/domain/call-limit.ts';
import { createCallBudget } from '../../src/reconcile/call-budget.ts';
import { createAmbience } from '../ambience.ts';
import { ec2Answer, ec2Error, fakeAws } from '../aws/fake-aws.ts';
import {
  temporaryDatabase,
  type TemporaryDatabase,
} from '../storage/postgres/temporary-database.ts';

const { clock } = createAmbience();
const access = { accountId: '111111111111', roleArn: null, externalId: null };
const endpoints = ['vpce-0123456789abcdef0'];
const serviceId = 'vpce-svc-0123456789abcdef0';
const accepted = ec2Answer('AcceptVpcEndpointConnections', '<unsuccessful/>');
const never = new AbortController().signal;
const accept = { service: 'ec2', action: 'AcceptVpcEndpointConnections' } as const;
const here = { ...accept, accountId: access.accountId, region: 'us-east-1' };

let db: TemporaryDatabase;
beforeAll(async () => {
  db = await temporaryDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.query('DELETE FROM call_budgets');
  clock.advance(3_600_000);
});

/** A budget of one more worker, which refuses at once what it cannot let through. */
const budget = () => createCallBudget({ db, now: clock.now, patienceMs: 0 });

/** How many calls go through before one is held back, and for how long that one is. */
async function burst(call: () => Promise<unknown>) {
  for (let through = 0; ; through += 1) {
    try {
      await call();
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const { kind, code, retryAfterMs } = error;
      return { through, kind, code, retryAfterMs };
    }
  }
}

describe('a budget', () => {
  it('when calls are many, as many go out as the bucket holds, and then one a second', async () => {
    const one = budget();
    const held = { kind: 'throttled', code: 'BudgetSpent' };
    // AWS's bucket begins to fill when the first call arrives, which is after it was sent.
    const full = { through: 10, ...held, retryAfterMs: 1500 };
    expect(await burst(() => one.enter(here))).toEqual(full);
    clock.advance(1500);
    expect(await burst(() => one.enter(here))).toEqual({ through: 1, ...held, retryAfterMs: 1000 });
    clock.advance(60_000);
    expect(await burst(() => one.enter(here))).toEqual(full);
  });

  it('when several workers call, they have one bucket together', async () => {
    const workers = [budget(), budget(), budget()];
    let next = 0;
    const call = () => workers[next++ % workers.length]!.enter(here);
    expect(await burst(call)).toMatchObject({ through: 10 });
  });

  it('when workers race for the last tokens, no more go out than there are', async () => {
    const tries = Array.from({ length: 40 }, () => budget().enter(here));
    const outcomes = await Promise.allSettled(tries);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  });

  it('when another account, region or action is called, it has a bucket of its own', async () => {
    const one = budget();
    await burst(() => one.enter(here));
    await one.enter({ ...here, accountId: '222222222222' });
    await one.enter({ ...here, region: 'eu-west-1' });
    await one.enter({ ...here, action: 'RejectVpcEndpointConnections' });
  });

  it('when Route 53 is called, all its actions and regions are one bucket', async () => {
    const one = budget();
    const zone = { ...here, service: 'route53' as const };
    const regions = ['us-east-1', 'eu-west-1'];
    let next = 0;
    const call = () => one.enter({ ...zone, action: `Any${next}`, region: regions[next++ % 2]! });
    expect(await burst(call)).toMatchObject({ through: 5, retryAfterMs: 700 });
  });

  it('when STS is called, nothing is counted, as AWS publishes no rate', async () => {
    expect(callLimit('sts', 'AssumeRole')).toBeNull();
    for (let i = 0; i < 50; i += 1) await budget().enter({ ...here, service: 'sts' });
  });

  it('when a call may wait, it goes out at its turn', async () => {
    await burst(() => budget().enter(here));
    const patient = createCallBudget({ db, now: clock.now, patienceMs: 5_000 });
    const reading = { ...here, action: 'DescribeVpcEndpointConnections' };
    await burst(() => budget().enter(reading));
    const before = performance.now();
    await patient.enter(reading);
    expect(performance.now() - before).toBeGreaterThanOrEqual(45);
  });
});

describe('an adapter with a budget', () => {
  it('when AWS says that it was too much, the bucket is empty for all workers', async () => {
    const refuse = () => ec2Error('RequestLimitExceeded', 'Request limit exceeded.', 503);
    const { aws, fake } = await fakeAws(refuse, { budget: budget() });
    const port = aws.endpointServices(access, 'us-east-1');
    const call = port.accept(serviceId, endpoints, never);
    await expect(call).rejects.toMatchObject({ kind: 'throttled', code: 'BudgetSpent' });
    // The SDK would have sent it three times: the second attempt finds the bucket drained.
    expect(fake.requests).toHaveLength(1);
    expect(await burst(() => budget().enter(here))).toMatchObject({ through: 0 });
    clock.advance(1500);
    expect(await burst(() => budget().enter(here))).toMatchObject({ through: 1 });
  });

  it('when the bucket is spent, nothing is sent, and the error says when its turn is', async () => {
    const { aws, fake, calls } = await fakeAws(() => accepted, { budget: budget() });
    const port = aws.endpointServices(access, 'us-east-1');
    const sent = await burst(() => port.accept(serviceId, endpoints, never));
    expect(sent).toMatchObject({ through: 10, code: 'BudgetSpent', retryAfterMs: 1500 });
    expect(fake.requests).toHaveLength(10);
    expect(calls.at(-1)).toMatchObject({ outcome: 'BudgetSpent' });
  });
});
