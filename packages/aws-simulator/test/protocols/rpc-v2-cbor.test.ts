// CBOR, in which botocore speaks to CloudWatch: with the SDK's own writer of it, and with bytes
// that are not what they should be.

import {
  CloudWatchClient,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
} from '@aws-sdk/client-cloudwatch';
import { SmithyRpcV2CborProtocol } from '@smithy/core/cbor';
import { expect, onTestFinished, test } from 'vitest';
import { recordTraffic } from '../../src/world/privatelink/traffic-recording.ts';
import { failure, type Lab, rootKeys, startWiredLab, VENDOR } from '../lab.ts';
import { send, signed } from '../raw.ts';
import { accept, connect, offerService } from '../scenes.ts';

function cborClient(lab: Lab): CloudWatchClient {
  const client = new CloudWatchClient({
    endpoint: lab.endpoint,
    region: 'us-east-1',
    credentials: rootKeys(VENDOR),
    maxAttempts: 1,
    protocol: SmithyRpcV2CborProtocol,
  });
  client.config.systemClockOffset = lab.now().getTime() - Date.now();
  onTestFinished(() => client.destroy());
  return client;
}

test('when a client speaks CBOR, numbers, times and texts arrive on both sides', async () => {
  const lab = await startWiredLab();
  const service = await offerService(lab);
  const { VpcEndpointId: endpointId = '' } = await connect(lab, service);
  await accept(lab, service, endpointId);
  lab.simulator.world.schedule.settle(lab.now().getTime());
  recordTraffic(lab.simulator.world, { endpointId, bytes: 3 });
  const client = cborClient(lab);
  const Dimensions = [{ Name: 'Service Id', Value: service.id }];
  const { Metrics } = await client.send(new ListMetricsCommand({ Dimensions }));
  expect(Metrics?.[0]).toMatchObject({ Namespace: 'AWS/PrivateLinkServices' });
  const asked = new GetMetricStatisticsCommand({
    Namespace: 'AWS/PrivateLinkServices',
    MetricName: 'BytesProcessed',
    Dimensions,
    StartTime: new Date(lab.now().getTime() - 3_600_000),
    EndTime: new Date(lab.now().getTime() + 60_000),
    Period: 60,
    Statistics: ['Sum'],
  });
  const { Datapoints } = await client.send(asked);
  expect(Datapoints).toEqual([{ Sum: 3, Unit: 'Bytes', Timestamp: expect.any(Date) }]);
  expect(Datapoints?.[0]?.Timestamp?.getTime()).toBeGreaterThan(lab.now().getTime() - 60_000);
});

test('when a call in CBOR is wrong, the error is typed and names what is wrong', async () => {
  const lab = await startWiredLab();
  const client = cborClient(lab);
  const wrong = new ListMetricsCommand({ RecentlyActive: 'PT1H' as 'PT3H' });
  expect(await failure(client.send(wrong))).toEqual({
    code: 'InvalidParameterValueException',
    message: expect.stringContaining('PT3H'),
  });
});

test('when the body or the path is not one of CloudWatch, it is refused in CBOR', async () => {
  const lab = await startWiredLab();
  const post = (path: string, body: string) => {
    const headers = {
      host: 'localhost',
      'smithy-protocol': 'rpc-v2-cbor',
      'content-type': 'application/cbor',
    };
    const raw = { method: 'POST', path, query: [], headers, body };
    const signing = { keys: rootKeys(VENDOR), service: 'monitoring', time: lab.now() };
    return send(lab.endpoint, signed(raw, signing));
  };
  const operation = '/service/GraniteServiceVersion20100801/operation';
  for (const [path, body, code] of [
    [`${operation}/ListMetrics`, '\u001f', 'SerializationException'],
    [`${operation}/ListNothing`, '', 'UnknownOperationException'],
    ['/service/Other/operation/ListMetrics', '', 'UnknownOperationException'],
  ] as const) {
    const answer = await post(path, body);
    expect([answer.status, answer.headers['x-amzn-query-error']]).toEqual([400, `${code};Sender`]);
    expect(answer.headers['content-type']).toBe('application/cbor');
  }
});
