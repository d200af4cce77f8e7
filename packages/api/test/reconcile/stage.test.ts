// What the stage promises to the tests on it.

import { expect, it } from 'vitest';
import { stagesOfFile } from './harness.ts';

const stageOfTest = stagesOfFile();
const access = { accountId: '111111111111', roleArn: null, externalId: null };

it.each([0, 600_000, 90 * 86_400_000])(
  'when its time is %i ms from that of this machine, what AWS refuses is asked once',
  async (ms) => {
    const { worker, clock, simulator } = await stageOfTest();
    clock.advance(ms);
    const port = worker.aws.endpointServices(access, 'us-east-1');
    const { signal } = new AbortController();
    for (const _ of [1, 2, 3]) {
      const asked = port.listPrincipals('vpce-svc-0123456789abcdef0', signal);
      await expect(asked).rejects.toMatchObject({ kind: 'not_found' });
    }
    const outcomes = simulator.calls().map(({ outcome }) => outcome);
    expect(outcomes).toEqual(Array(3).fill('InvalidVpcEndpointServiceId.NotFound'));
  },
);
