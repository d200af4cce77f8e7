// The story with the service killed in the middle of its steps, on the real processes and with the
// embedded database. What random work makes of many kills is in packages/api/test/process.
//
// With SALLYPORT_TEST_LONG=1 only: it waits for AWS in every step, half a minute in all.

import { randomInt, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  DescribeVpcEndpointConnectionsCommand,
  DescribeVpcEndpointServiceConfigurationsCommand,
  DescribeVpcEndpointServicePermissionsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { region, rootCredentials, vendor } from './cast.ts';
import type { AuditEntry } from '@sallyport/sdk';
import {
  freePort,
  type Service,
  type Simulator,
  stageOf,
  startService,
  startSimulator,
} from './processes.ts';
import type { Items } from './operations.ts';
import { createScene, type Scene, story } from './story.ts';

const isLong = process.env['SALLYPORT_TEST_LONG'] === '1';
if (!isLong) {
  process.stderr.write('skipped: kills in each step of the story, part of test:long only\n');
}

/** Milliseconds into each step at which the service is killed; told, to replay a failure. */
const kills = story.map(() => randomInt(10, 700));
if (isLong) process.stderr.write(`The service is killed ${kills.join(', ')} ms into its steps.\n`);

describe.skipIf(!isLong)('the story with kills', () => {
  let directory: string;
  let simulator: Simulator;
  let service: Service;
  let scene: Scene;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'sallyport-crash-'));
    simulator = await startSimulator(directory);
    const port = await freePort();
    service = await startService(directory, simulator.url, port);
    scene = createScene(stageOf(directory, simulator.url, service.url, randomUUID()));
    for (const [index, step] of story.entries()) {
      const playing = step.play(scene);
      playing.catch(() => {});
      await pause(kills[index]);
      await service.stop('SIGKILL');
      service = await startService(directory, simulator.url, port);
      await playing;
    }
  }, 240_000);

  afterAll(async () => {
    await service?.stop('SIGTERM');
    await simulator?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('when the service is killed in every step, the story still ends well', () => {
    expect(scene.diagnosis).toMatchObject({ works: 'yes' });
  });

  it('when it has ended, AWS has each thing once', async () => {
    const ec2 = new EC2Client({
      endpoint: simulator.url,
      region,
      credentials: rootCredentials(vendor.account),
    });
    const services = await ec2.send(new DescribeVpcEndpointServiceConfigurationsCommand({}));
    expect(services.ServiceConfigurations).toHaveLength(1);
    const ServiceId = scene.service!.service_id!;
    const allowed = await ec2.send(new DescribeVpcEndpointServicePermissionsCommand({ ServiceId }));
    expect(allowed.AllowedPrincipals?.map(({ Principal }) => Principal)).toEqual([
      'arn:aws:iam::222222222222:root',
    ]);
    const connections = await ec2.send(new DescribeVpcEndpointConnectionsCommand({}));
    const states = connections.VpcEndpointConnections?.map(
      ({ VpcEndpointState }) => VpcEndpointState,
    );
    expect(states?.toSorted()).toEqual(['available', 'rejected']);
    ec2.destroy();
  });

  it('when it has ended, each change has one audit entry', async () => {
    const path = '/v1/audit-entries?limit=200';
    const { items } = await scene.ops.get<Items<AuditEntry>>(path);
    const counts = Object.groupBy(items, ({ action }) => action);
    const times = (action: string) => counts[action]?.length ?? 0;
    expect(times('createProviderAccount')).toBe(1);
    expect(times('createEndpointService')).toBe(1);
    expect(times('createCustomer')).toBe(2);
    expect(times('redeemInvite')).toBe(1);
    expect(times('acceptConnection')).toBe(2);
    expect(times('offboardCustomer')).toBe(1);
    expect(times('finishOffboarding')).toBe(1);
  });
});
