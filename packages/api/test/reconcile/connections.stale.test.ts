// Reads that are from before what an earlier read has shown already, as EC2's may be after a write.

import { move } from '@sallyport/aws-simulator';
import { describe, expect, it } from 'vitest';
import { connectionsTarget } from '../../src/domain/target.ts';
import * as connections from '../../src/storage/connections.ts';
import { nudge } from '../../src/storage/targets.ts';
import { decide } from '../../src/usecases/connections.ts';
import { acme, changesDuring, letIn, serviceOnStage, stagesOfFile } from './harness.ts';
import type { Stage } from './stage.ts';

const stageOfTest = stagesOfFile();

/** Where an endpoint has been so far, as the history tells it. */
async function states({ db }: Stage, vpcEndpointId: string): Promise<string[]> {
  const { id } = (await connections.find(db, vpcEndpointId, null))!;
  return (await connections.transitions(db, id)).map(({ to }) => to);
}

async function connected(stage: Stage) {
  const { service } = await serviceOnStage(stage);
  await letIn(stage, service, acme);
  await stage.pass(5_000);
  const endpoint = await stage.hands.connect(acme, service.serviceId);
  const look = () => nudge(stage.db, [connectionsTarget(service)], stage.clock.now());
  return { endpoint, look };
}

/** Reads all connections every second. */
async function watch(stage: Stage, look: () => Promise<void>, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    await look();
    await stage.pass(1_000);
  }
}

/** Every other read of connections is from so long ago. */
function lag({ simulator }: Stage): void {
  const match = { action: 'DescribeVpcEndpointConnections' };
  simulator.setFault({ name: 'stale', match, every: 2, staleMs: 12_000 });
}

describe('when every other read is from before', () => {
  it('an endpoint that is let in goes through each state once', async () => {
    const stage = await stageOfTest();
    const times: number[] = [];
    stage.worker.onAvailable = (seconds) => void times.push(seconds);
    const { endpoint } = await connected(stage);
    lag(stage);
    const changes = await changesDuring(stage, () => stage.pass(30_000));
    expect(stage.glance.state(endpoint)).toBe('available');
    const seen = await states(stage, endpoint);
    expect(seen).toEqual([...new Set(seen)]);
    expect(seen.at(-1)).toBe('available');
    expect(times).toHaveLength(1);
    expect(times[0]).toBeGreaterThan(0);
    expect(times[0]).toBeLessThan(30);
    expect(changes).toEqual(['AcceptVpcEndpointConnections ok']);
  });

  it('one that is rejected stays so, and is rejected once', async () => {
    const stage = await stageOfTest();
    const { endpoint, look } = await connected(stage);
    await stage.pass(20_000);
    lag(stage);
    await stage.change((context) => decide(context, endpoint, 'reject', 'No longer.'));
    const changes = await changesDuring(stage, () => watch(stage, look, 20));
    expect((await states(stage, endpoint)).slice(-2)).toEqual(['available', 'rejected']);
    expect(changes).toEqual(['RejectVpcEndpointConnections ok']);
  });

  it('one that its customer has deleted does not come back', async () => {
    const stage = await stageOfTest();
    const { endpoint, look } = await connected(stage);
    await stage.pass(20_000);
    lag(stage);
    await stage.hands.deleteEndpoint(endpoint);
    await watch(stage, look, 20);
    const seen = await states(stage, endpoint);
    expect(seen).toEqual([...new Set(seen)]);
    expect(seen.at(-1)).toBe('deleted');
  });
});

it('when two reads in a row show an earlier state, it counts', async () => {
  const stage = await stageOfTest();
  const { endpoint, look } = await connected(stage);
  await stage.pass(20_000);
  await stage.change((context) => decide(context, endpoint, 'reject', 'No longer.'));
  await stage.pass(5_000);
  expect((await states(stage, endpoint)).at(-1)).toBe('rejected');
  move(stage.simulator.world.endpoints.get(endpoint)!, 'available');
  const changes = await changesDuring(stage, () => watch(stage, look, 3));
  expect((await states(stage, endpoint)).slice(-2)).toEqual(['available', 'rejected']);
  expect(changes).toEqual(['RejectVpcEndpointConnections ok']);
});
