import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkProofFields,
  parseIdentity,
  partitionOfRegion,
  rebuildRequest,
  stsHost,
  type ProofFields,
} from '../../src/domain/proof.ts';

const now = new Date('2026-03-01T12:00:00Z');
const fields: ProofFields = {
  region: 'us-east-1',
  accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
  amzDate: '20260301T120000Z',
  sessionToken: 'IQoJb3JpZ2luX2VjEXAMPLE+/==',
  signature: 'a'.repeat(64),
};
const bound = { challenge: 'Zm9v', audience: 'https://sallyport.test' };

describe('checkProofFields', () => {
  const amzDate = (ms: number) =>
    new Date(now.getTime() + ms).toISOString().replaceAll(/[-:]|\.\d+/g, '');

  it.each([
    ['a session signs just now', {}],
    ['a long-lived key signs', { sessionToken: null, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }],
    ['an account root of a simulator signs', { accessKeyId: '222222222222' }],
    ['it was signed five minutes ago', { amzDate: amzDate(-300_000) }],
    ['the clock of the signer is a minute ahead', { amzDate: amzDate(60_000) }],
    ['the token is as long as it may be', { sessionToken: 'A'.repeat(4096) }],
    ['the token is of the URL alphabet', { sessionToken: 'A-_=' }],
  ])('when %s, it passes', (_, change) => {
    expect(() => checkProofFields({ ...fields, ...change }, now)).not.toThrow();
  });

  it.each([
    ['an empty key id', { accessKeyId: '' }, /access_key_id/],
    ['a short key id', { accessKeyId: 'AKIA' }, /access_key_id/],
    ['a long key id', { accessKeyId: 'A'.repeat(129) }, /access_key_id/],
    ['a key id in lower case', { accessKeyId: 'asiaiosfodnn7example' }, /access_key_id/],
    ['a scope inside the key id', { accessKeyId: 'ASIAIOSFODNN7/20260301' }, /access_key_id/],
    ['a line break after the key id', { accessKeyId: 'ASIAIOSFODNN7\r\n' }, /access_key_id/],
    ['a parameter after the key id', { accessKeyId: 'ASIAIOSFODNN7&Action=X' }, /access_key_id/],
    ['an empty signature', { signature: '' }, /signature/],
    ['a short signature', { signature: 'a'.repeat(63) }, /signature/],
    ['a long signature', { signature: 'a'.repeat(65) }, /signature/],
    ['a signature in upper case', { signature: 'A'.repeat(64) }, /signature/],
    ['a signature that is no hex', { signature: 'g'.repeat(64) }, /signature/],
    ['a header after the signature', { signature: `${'a'.repeat(64)}\r\nx: y` }, /signature/],
    ['an empty token', { sessionToken: '' }, /session_token/],
    ['a token with CRLF', { sessionToken: 'AAAA\r\nHost: evil' }, /session_token/],
    ['a token with a parameter', { sessionToken: 'AAAA&Action=GetSessionToken' }, /session_token/],
    ['a token with an escape', { sessionToken: 'AAAA%26' }, /session_token/],
    ['a token of other letters', { sessionToken: 'ＡＡＡＡ' }, /session_token/],
    ['a token of 4097 characters', { sessionToken: 'A'.repeat(4097) }, /session_token/],
    ['an empty date', { amzDate: '' }, /amz_date/],
    ['a date in ISO form', { amzDate: '2026-03-01T12:00:00Z' }, /amz_date/],
    ['a date in lower case', { amzDate: '20260301t120000z' }, /amz_date/],
    ['a date without a zone', { amzDate: '20260301T120000' }, /amz_date/],
    ['a date with CRLF', { amzDate: '20260301T120000Z\r\n' }, /amz_date/],
    ['digits of another script', { amzDate: '２０２６0301T120000Z' }, /amz_date/],
    ['a date that is none', { amzDate: '20261301T120000Z' }, /amz_date/],
    ['an hour that is none', { amzDate: '20260301T250000Z' }, /amz_date/],
    ['a date six minutes old', { amzDate: amzDate(-301_000) }, /more than five minutes ago/],
    ['a date of yesterday', { amzDate: amzDate(-86_400_000) }, /more than five minutes ago/],
    ['a date in two minutes', { amzDate: amzDate(61_000) }, /in the future/],
    ['a date in a hundred years', { amzDate: '21260301T120000Z' }, /in the future/],
  ])('when it has %s, it is refused by name', (_, change, words) => {
    expect(() => checkProofFields({ ...fields, ...change }, now)).toThrow(
      expect.objectContaining({ code: 'proof_refused', message: expect.stringMatching(words) }),
    );
  });

  it('when it is refused, the message repeats neither the signature nor the token', () => {
    const secret = 'S3CR3T'.repeat(9);
    for (const change of [{ signature: secret }, { sessionToken: `${secret}!` }]) {
      const attempt = () => checkProofFields({ ...fields, ...change }, now);
      expect(attempt).toThrow(
        expect.objectContaining({ message: expect.not.stringMatching(secret) }),
      );
    }
  });
});

describe('stsHost', () => {
  it.each([
    ['us-east-1', 'sts.us-east-1.amazonaws.com'],
    ['ap-southeast-7', 'sts.ap-southeast-7.amazonaws.com'],
    ['us-gov-west-1', 'sts.us-gov-west-1.amazonaws.com'],
    ['cn-northwest-1', 'sts.cn-northwest-1.amazonaws.com.cn'],
    ['mx-central-1', 'sts.mx-central-1.amazonaws.com'],
  ])('when the region is %s, the host is that of AWS there', (region, host) => {
    expect(stsHost(region)).toBe(host);
  });

  it.each([
    '',
    'global',
    'us-east-1.evil.example',
    'us-east-1.evil.example#',
    'us-east-1@evil.example',
    'evil.example/us-east-1',
    'us-east-1/',
    'us-east-1?',
    'us-east-1:443',
    'us-east-1.',
    '.us-east-1',
    'us-east-1\r\nHost: evil',
    'us-east-1\n',
    ' us-east-1',
    'US-EAST-1',
    'us-east-11',
    'us-east-١',
    'us--1',
    'xx-east-1',
    'us-east-1-fips',
    'us-іast-1',
    '%75s-east-1',
    'us_east_1',
    'x.us-east-1',
    'localhost',
    '169.254.169.254',
  ])('when the region is %j, it is refused', (region) => {
    expect(() => stsHost(region)).toThrow(expect.objectContaining({ code: 'proof_refused' }));
  });

  it('when the region is any text, the host is one label below AWS or there is none', () => {
    const form = /^(us|eu|cn|us-gov|xx)(-[a-z]{1,12}){1,2}[-.@/]\d{1,2}.?$/s;
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(form)), (region) => {
        const host = hostOf(region);
        expect(host).toMatch(/^$|^sts\.[a-z]+(-[a-z]+)+-\d\.amazonaws\.com(\.cn)?$/);
        expect(new URL(`https://${host || 'none'}/`).host).toBe(host || 'none');
      }),
      { numRuns: 500 },
    );
  });

  function hostOf(region: string): string {
    try {
      return stsHost(region);
    } catch {
      return '';
    }
  }
});

describe('rebuildRequest', () => {
  it('when a proof is rebuilt, only what was agreed on is in it', () => {
    const { host, target, headers } = rebuildRequest(fields, bound);
    const url = new URL(`https://${host}${target}`);
    expect(url.pathname).toBe('/');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      Action: 'GetCallerIdentity',
      Version: '2011-06-15',
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': 'ASIAIOSFODNN7EXAMPLE/20260301/us-east-1/sts/aws4_request',
      'X-Amz-Date': '20260301T120000Z',
      'X-Amz-Expires': '300',
      'X-Amz-Security-Token': fields.sessionToken,
      'X-Amz-SignedHeaders': 'host;x-sallyport-audience;x-sallyport-challenge',
      'X-Amz-Signature': fields.signature,
    });
    expect(headers).toEqual({
      'x-sallyport-audience': bound.audience,
      'x-sallyport-challenge': bound.challenge,
    });
  });

  it('when there is no session, there is no token at all', () => {
    const { target } = rebuildRequest({ ...fields, sessionToken: null }, bound);
    expect(target).not.toContain('Security-Token');
  });

  it('when a value has anything in it, it stays one value and adds no parameter', () => {
    const text = fc.string({ unit: 'grapheme-ascii' });
    fc.assert(
      fc.property(text, text, text, (sessionToken, signature, accessKeyId) => {
        const hostile = { ...fields, sessionToken, signature, accessKeyId };
        const { host, target } = rebuildRequest(hostile, bound);
        expect(target).toMatch(/^\/\?[A-Za-z0-9\-._~%=&]*$/);
        const { searchParams } = new URL(`https://${host}${target}`);
        expect([...searchParams.keys()]).toHaveLength(9);
        expect(searchParams.get('X-Amz-Signature')).toBe(signature);
        expect(searchParams.get('Action')).toBe('GetCallerIdentity');
      }),
    );
  });
});

describe('partitionOfRegion', () => {
  it.each([
    ['eu-central-1', 'aws'],
    ['us-west-2', 'aws'],
    ['us-gov-east-1', 'aws-us-gov'],
    ['cn-north-1', 'aws-cn'],
  ])('when the region is %s, the partition is %s', (region, partition) => {
    expect(partitionOfRegion(region)).toBe(partition);
  });
});

describe('parseIdentity', () => {
  const answer = (Account: unknown, Arn: unknown) =>
    JSON.stringify({ GetCallerIdentityResponse: { GetCallerIdentityResult: { Account, Arn } } });
  const arn = 'arn:aws:sts::222222222222:assumed-role/reader/someone';

  it('when STS says who signed, the account and the ARN are read', () => {
    expect(parseIdentity(answer('222222222222', arn))).toEqual({ accountId: '222222222222', arn });
  });

  it.each([
    ['nothing', ''],
    ['XML', '<GetCallerIdentityResponse/>'],
    ['null', 'null'],
    ['a list', '[]'],
    ['another answer', JSON.stringify({ GetSessionTokenResponse: {} })],
    ['an account that is a number', answer(222222222222, arn)],
    ['an account of 11 digits', answer('22222222222', arn)],
    ['an account that is not the one of the ARN', answer('333333333333', arn)],
    ['no ARN', answer('222222222222', undefined)],
    ['an ARN of another service', answer('222222222222', arn.replace(':sts:', ':s3:'))],
    ['an ARN of another partition', answer('222222222222', arn.replace(':aws:', ':evil:'))],
    ['text before the ARN', answer('222222222222', ` ${arn}`)],
    ['a line break in the ARN', answer('222222222222', `${arn}\n`)],
    ['an ARN of nobody', answer('222222222222', 'arn:aws:sts::222222222222:')],
    ['an object for an ARN', answer('222222222222', { toString: 'arn' })],
  ])('when STS says %s, it is nobody', (_, text) => {
    expect(parseIdentity(text)).toBeNull();
  });
});
