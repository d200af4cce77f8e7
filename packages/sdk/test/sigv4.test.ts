// The signature, against AWS's published examples and against AWS's own signer.
import { type BinaryLike, createHash, createHmac, type Hash } from 'node:crypto';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { signProof } from '../src/aws/prove.ts';
import { SallyportError } from '../src/index.ts';
import { partitionOf } from '../src/proof.ts';
import { amzDateOf, EMPTY_PAYLOAD_HASH, signature } from '../src/sigv4.ts';
import { errorOf } from './harness.ts';

test('when IAM ListUsers is signed as AWS documents it, it gives that signature', async () => {
  const key = {
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    region: 'us-east-1',
    service: 'iam',
  };
  const request = {
    method: 'GET',
    path: '/',
    query: { Version: '2010-05-08', Action: 'ListUsers' },
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      host: 'iam.amazonaws.com',
      'x-amz-date': '20150830T123600Z',
    },
    payloadHash: EMPTY_PAYLOAD_HASH,
    amzDate: '20150830T123600Z',
  };
  expect(await signature(key, request)).toBe(
    '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
  );
});

test('when S3 GetObject is presigned as AWS documents it, it gives that signature', async () => {
  const key = {
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    region: 'us-east-1',
    service: 's3',
  };
  const request = {
    method: 'GET',
    path: '/test.txt',
    query: {
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request',
      'X-Amz-Date': '20130524T000000Z',
      'X-Amz-Expires': '86400',
      'X-Amz-SignedHeaders': 'host',
    },
    headers: { host: 'examplebucket.s3.amazonaws.com' },
    payloadHash: 'UNSIGNED-PAYLOAD',
    amzDate: '20130524T000000Z',
  };
  expect(await signature(key, request)).toBe(
    'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
  );
});

/** The signer that the AWS SDK brings along. */
const { SignatureV4 } = createRequire(
  createRequire(import.meta.url).resolve('@aws-sdk/client-sts'),
)('@smithy/signature-v4') as { SignatureV4: new (options: object) => Presigner };

interface Presigner {
  presign(request: object, options: object): Promise<{ query: Record<string, string> }>;
}

test.each([
  ['us-east-1', 'sts.us-east-1.amazonaws.com', undefined],
  ['eu-west-1', 'sts.eu-west-1.amazonaws.com', 'IQoJb3JpZ2luX2VjEA4/+=='],
  ['us-gov-west-1', 'sts.us-gov-west-1.amazonaws.com', 'token'],
  ['cn-north-1', 'sts.cn-north-1.amazonaws.com.cn', undefined],
])(
  'when a challenge is signed for %s, AWS own signer agrees',
  async (region, hostname, sessionToken) => {
    const credentials = {
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      ...(sessionToken ? { sessionToken } : {}),
    };
    const now = new Date('2027-01-31T12:00:00.789Z');
    const challenge = {
      challenge: 'c2FsbHlwb3J0~(*)!',
      audience: 'https://connect.vendor.example:8443',
    };
    const signer = new SignatureV4({ service: 'sts', region, credentials, sha256: Sha256 });
    const presigned = await signer.presign(
      {
        method: 'GET',
        protocol: 'https:',
        hostname,
        path: '/',
        query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
        headers: {
          host: hostname,
          'x-sallyport-audience': challenge.audience,
          'x-sallyport-challenge': challenge.challenge,
        },
      },
      { expiresIn: 300, signingDate: now },
    );
    expect(presigned.query['X-Amz-SignedHeaders']).toBe(
      'host;x-sallyport-audience;x-sallyport-challenge',
    );
    expect(await signProof({ challenge, credentials, region, now })).toEqual({
      region,
      access_key_id: credentials.accessKeyId,
      amz_date: '20270131T120000Z',
      ...(sessionToken ? { session_token: sessionToken } : {}),
      signature: presigned.query['X-Amz-Signature'],
    });
  },
);

test('when anything that is signed changes, the signature does', async () => {
  const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' };
  const challenge = { challenge: 'c', audience: 'https://a.example' };
  const base = { challenge, credentials, region: 'us-east-1', now: new Date(0) };
  const variants = [
    base,
    { ...base, challenge: { ...challenge, challenge: 'd' } },
    { ...base, challenge: { ...challenge, audience: 'https://b.example' } },
    { ...base, region: 'us-east-2' },
    { ...base, now: new Date(1000) },
    { ...base, credentials: { ...credentials, accessKeyId: 'AKIAIOSFODNN7EXAMPLF' } },
    { ...base, credentials: { ...credentials, secretAccessKey: 'other' } },
    { ...base, credentials: { ...credentials, sessionToken: 't' } },
  ];
  const signatures = await Promise.all(variants.map(signProof));
  expect(new Set(signatures.map(({ signature }) => signature)).size).toBe(variants.length);
});

test.each([
  ['us-east-1', 'aws'],
  ['ap-southeast-12', 'aws'],
  ['cn-northwest-1', 'aws-cn'],
  ['us-gov-east-1', 'aws-us-gov'],
])('when the region is %s, the partition is %s', (region, partition) => {
  expect(partitionOf(region)).toBe(partition);
});

test.each([
  '',
  'us-iso-east-1',
  'eusc-de-east-1',
  'evil.example/',
  'us-east-1.evil.example',
  'US-EAST-1',
])('when the region is %j, it is refused: no other host can be named by it', (region) => {
  expect(() => partitionOf(region)).toThrow(SallyportError);
});

test.each([
  ['challenge', 'c\nx-sallyport-audience:https://good.example'],
  ['audience', 'https://good\n.evil.example'],
  ['audience', ''],
])('when the %s is no plain text, it is not signed', async (member, value) => {
  const challenge = { challenge: 'c', audience: 'https://a.example', [member]: value };
  const credentials = { accessKeyId: 'A', secretAccessKey: 's' };
  const input = { challenge, credentials, region: 'us-east-1', now: new Date(0) };
  expect(await errorOf(signProof(input))).toBeInstanceOf(SallyportError);
});

test('when there are no credentials, it says so', async () => {
  const challenge = { challenge: 'c', audience: 'https://a.example' };
  const credentials = { accessKeyId: '', secretAccessKey: '' };
  const error = await errorOf(
    signProof({ challenge, credentials, region: 'us-east-1', now: new Date(0) }),
  );
  expect((error as Error).message).toMatch(/no AWS credentials/);
});

test('when a date is written for AWS, it has no punctuation and no fraction', () => {
  expect(amzDateOf(new Date('2027-01-31T02:03:04.567Z'))).toBe('20270131T020304Z');
});

/** SHA-256, and HMAC when there is a secret, in the shape that AWS's signer takes. */
class Sha256 {
  readonly #hash: Hash | ReturnType<typeof createHmac>;
  constructor(secret?: BinaryLike) {
    this.#hash = secret ? createHmac('sha256', secret) : createHash('sha256');
  }
  update(data: BinaryLike): void {
    this.#hash.update(data);
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.#hash.digest()));
  }
}
