import { expect, it } from 'vitest';
import { createTrace } from '../../src/aws/trace.ts';
import type { AwsCall } from '../../src/aws/ports.ts';

function call(action: string, requestId: string | null): AwsCall {
  const where = { service: 'ec2', region: 'us-east-1', accountId: '111111111111' } as const;
  return { ...where, action, requestId, outcome: 'ok', durationMs: 1 };
}

it('when two changes are made at the same time, each has the id of its own call', async () => {
  const { traced, note } = createTrace();
  const gate = Promise.withResolvers<void>();
  const one = traced(async () => {
    await gate.promise;
    note(call('CreateTags', 'one'));
    return 1;
  });
  const other = traced(async () => {
    note(call('CreateTags', 'other'));
    gate.resolve();
    await one;
    return 2;
  });
  expect(await one).toEqual({ result: 1, awsRequestId: 'one' });
  expect(await other).toEqual({ result: 2, awsRequestId: 'other' });
});

it('when a change comes with reads, its own id counts', async () => {
  const { traced, note } = createTrace();
  const { awsRequestId } = await traced(async () => {
    note(call('AssumeRole', 'role'));
    note(call('ListResourceRecordSets', 'before'));
    note(call('ChangeResourceRecordSets', 'change'));
    note(call('GetChange', 'after'));
  });
  expect(awsRequestId).toBe('change');
});

it('when work is followed, it tells its changes, also those that are traced in it', async () => {
  const { traced, followed, requestIds, note } = createTrace();
  expect(requestIds()).toEqual([]);
  await followed(async () => {
    expect(requestIds()).toEqual([]);
    note(call('AssumeRole', 'role'));
    expect(requestIds()).toEqual([]);
    note(call('DescribeVpcEndpointConnections', 'first'));
    note(call('DescribeVpcEndpointConnections', 'last'));
    expect(requestIds()).toEqual(['last']);
    await traced(async () => note(call('CreateTags', 'mark')));
    note(call('AcceptVpcEndpointConnections', 'accept'));
    note(call('DescribeVpcEndpointConnections', 'after'));
    expect(requestIds()).toEqual(['mark', 'accept']);
  });
  expect(requestIds()).toEqual([]);
});

it('when nothing is traced, a call is nobody’s', async () => {
  const { traced, note } = createTrace();
  note(call('CreateTags', 'stray'));
  expect(await traced(async () => 'nothing')).toEqual({ result: 'nothing', awsRequestId: null });
});

it('when the work fails, so does the trace', async () => {
  const failing = createTrace().traced(() => Promise.reject(new Error('on purpose')));
  await expect(failing).rejects.toThrow('on purpose');
});
