// A role of a customer's account, assumed: what is asked of STS, and what its answers mean.

import type { STS } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { AwsError, type AwsErrorKind } from '../../src/aws/errors.ts';
import { createProofRoles } from '../../src/aws/proof-roles.ts';
import { access, patience } from './fake-aws.ts';

const role = {
  roleArn: 'arn:aws:iam::222222222222:role/sallyport-proof',
  externalId: 'sallyport-cus_1',
  strangeExternalId: 'sallyport-cus_2',
};
const arn = 'arn:aws:sts::222222222222:assumed-role/sallyport-proof/sallyport-proof';

type Assume = { ExternalId?: string; Policy?: string; DurationSeconds?: number };

const failure = (kind: AwsErrorKind, code: string, message = 'No.') =>
  new AwsError(message, { kind, code, action: 'AssumeRole', awsRequestId: null });

function provesBy(lets: (externalId: string | undefined) => AwsError | null, open?: AwsError) {
  const requests: Assume[] = [];
  const left = { open: 0 };
  const sts = {
    assumeRole: async (request: Assume) => {
      requests.push(request);
      const error = lets(request.ExternalId);
      if (error) throw error;
      const [AccessKeyId, SecretAccessKey, SessionToken] = ['ASIA', 'secret', 'token'];
      return {
        Credentials: { AccessKeyId, SecretAccessKey, SessionToken, Expiration: new Date() },
      };
    },
    getCallerIdentity: async () => ({ Account: '222222222222', Arn: arn }),
    destroy: () => void (left.open -= 1),
  } as unknown as STS;
  const port = createProofRoles({
    sts: async () => {
      if (open) throw open;
      return sts;
    },
    stsOf: async () => {
      left.open += 1;
      return sts;
    },
  });
  return { requests, left, identify: () => port.identify(access, role, patience()) };
}

const denied = failure('denied', 'AccessDenied');
const strict = (given: string | undefined) => (given === role.externalId ? null : denied);

describe('identify', () => {
  it('when the role asks for its external id, it says who that is', async () => {
    const { identify, left } = provesBy(strict);
    expect(await identify()).toEqual({
      kind: 'identity',
      identity: { accountId: '222222222222', arn },
    });
    expect(left.open).toBe(0);
  });

  it('when it assumes the role, the session may do nothing, and not for long', async () => {
    const { identify, requests } = provesBy(strict);
    await identify();
    expect(requests.map(({ ExternalId }) => ExternalId)).toEqual([
      role.externalId,
      role.strangeExternalId,
      undefined,
    ]);
    for (const { Policy = '', DurationSeconds } of requests) {
      const { Statement } = JSON.parse(Policy) as { Statement: object[] };
      expect(Statement).toEqual([{ Effect: 'Deny', Action: '*', Resource: '*' }]);
      expect(DurationSeconds).toBe(900);
    }
  });

  it('when the role lets in whoever asks, no session of it is used', async () => {
    const { identify, requests } = provesBy(() => null);
    expect(await identify()).toMatchObject({ code: 'ExternalIdNotRequired', actor: 'customer' });
    expect(requests).toHaveLength(2);
  });

  it.each([
    ['the role is not there', denied, { kind: 'refused', actor: 'customer' }],
    [
      'our own policy lacks it',
      failure('denied', 'AccessDenied', 'because no identity-based policy allows it'),
      { kind: 'refused', actor: 'vendor' },
    ],
    ['STS throttles', failure('throttled', 'Throttling'), { kind: 'unavailable' }],
    ['STS is broken', failure('unavailable', 'InternalFailure'), { kind: 'unavailable' }],
  ])('when %s, the answer says so', async (_, error, answer) => {
    expect(await provesBy(() => error).identify()).toMatchObject(answer);
  });

  it('when it cannot be told whether another external id lets in, nothing is known', async () => {
    const throttled = failure('throttled', 'Throttling');
    const { identify } = provesBy((given) => (given === role.externalId ? null : throttled));
    expect(await identify()).toMatchObject({ kind: 'unavailable' });
  });

  it('when the vendor’s own role is refused, that is the vendor’s turn', async () => {
    const answer = await provesBy(strict, denied).identify();
    expect(answer).toMatchObject({ kind: 'refused', actor: 'vendor' });
    expect(JSON.stringify(answer)).not.toContain('arn:aws:iam');
  });

  it('when it is aborted, it throws', async () => {
    const { identify } = provesBy(() => failure('aborted', 'AbortError'));
    await expect(identify()).rejects.toMatchObject({ kind: 'aborted' });
  });
});
