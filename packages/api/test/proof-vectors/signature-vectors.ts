// Proofs by a signature with one thing wrong in the fields, in what was signed, or in the answer.

import { identity, longToken } from './generous-sts.ts';
import { breaking, victim, type HttpAnswer, type Plan, type Signed, type Vector } from './plan.ts';

const fields = (change: Partial<Plan['signature']>) => (plan: Plan) =>
  void Object.assign(plan.signature, change);
const signing = (signed: Signed) => fields({ signed });
const handedIn = (change: (signature: string) => string) => (plan: Plan) => {
  plan.given = (given) => ({ ...given, signature: change(given.signature!) });
};
const member = (change: object) => (plan: Plan) => {
  plan.given = (given) => ({ ...given, ...change });
};
const answering = (change: (genuine: HttpAnswer) => HttpAnswer) => (plan: Plan) => {
  plan.answer = change;
};
const by = (accessKeyId: string, sessionToken: string | null = null) =>
  fields({ accessKeyId, sessionToken });

const key = 'ASIAVICTIM0000000001';
const arn = `arn:aws:sts::${victim}:assumed-role/NetworkAdmin/alice`;

const ofFields: Vector[] = [
  ...breaking('members', 'signature', {
    'a role besides': member({ roleName: 'NetworkAdmin' }),
    'a token besides': member({ webIdentityToken: 'e30.e30.e30' }),
    'headers of its own': member({ headers: { host: 'evil.example' } }),
    'an endpoint of its own': member({ endpoint: 'https://evil.example' }),
    'the account that is to be proven': member({ accountId: victim }),
  }),
  ...breaking('region', 'signature', {
    'a bucket for a region': fields({ region: 'bucket.s3.us-east-1' }),
    'an API below amazonaws.com for a region': fields({ region: 'x.execute-api.us-east-1' }),
    'a path in the region': fields({ region: 'us-east-1.evil.example/' }),
    'a fragment in the region': fields({ region: 'us-east-1.evil.example#' }),
    'a query in the region': fields({ region: 'us-east-1.evil.example?' }),
    'user information in the region': fields({ region: 'us-east-1@evil.example/' }),
    'a port in the region': fields({ region: 'us-east-1.evil.example:443/' }),
    'an escape in the region': fields({ region: '%75s-east-1' }),
    'a region in capitals': fields({ region: 'US-EAST-1' }),
    'a region that is none': fields({ region: 'xx-east-1' }),
    'a region with another number': fields({ region: 'us-east-11' }),
  }),
  ...breaking('access key id', 'signature', {
    'a scope in the key id': fields({ accessKeyId: `${key}/20260301/eu-west-1/sts/aws4_request` }),
    'a parameter in the key id': fields({ accessKeyId: `${key}&Action=GetSessionToken` }),
    'a key id in lower case': fields({ accessKeyId: key.toLowerCase() }),
    'a line break after the key id': fields({ accessKeyId: `${key}\r\n` }),
  }),
  ...breaking('form of the signature', 'signature', {
    'a signature in capitals': handedIn((text) => text.toUpperCase()),
    'a blank before the signature': handedIn((text) => ` ${text}`),
    'a line break after the signature': handedIn((text) => `${text}\n`),
    'a header after the signature': handedIn((text) => `${text}\r\nx-sallyport-challenge: a`),
    'a parameter after the signature': handedIn((text) => `${text}&Action=GetSessionToken`),
  }),
  ...breaking('session token', 'signature', {
    'a line break after the session token': fields({ sessionToken: 'VICTIMTOKEN+/==\r\n' }),
    'a parameter after the session token': fields({ sessionToken: 'VICTIMTOKEN+/==&Action=x' }),
    'a session token that is empty': by('AKIAVICTIM0000000003', ''),
    'a session token that is too long': by('ASIAVICTIM0000000002', longToken),
  }),
  ...breaking('form of the date', 'signature', {
    'a date in ISO form': fields({ amzDate: '2026-03-01T11:59:30Z' }),
    'a date in lower case': fields({ amzDate: '20260301t115930z' }),
    'a date without a zone': fields({ amzDate: '20260301T115930' }),
    'a line break after the date': fields({ amzDate: '20260301T115930Z\n' }),
  }),
  ...breaking('age', 'signature', {
    'a date six minutes old': fields({ amzDate: '20260301T115359Z' }),
    'a date as old as STS takes': fields({ amzDate: '20260301T114501Z' }),
  }),
  ...breaking('future', 'signature', {
    'a date in two minutes': fields({ amzDate: '20260301T120201Z' }),
    'a date as early as STS takes': fields({ amzDate: '20260301T121459Z' }),
  }),
  ...breaking('partition', 'signature', {
    'a region of China': fields({ region: 'cn-north-1' }),
    'a region of the US government': fields({ region: 'us-gov-west-1' }),
    'an account of China': ({ account }) => void (account.partition = 'aws-cn'),
  }),
];

const ofWhatIsSigned = breaking('AWS confirms it', 'signature', {
  'another secret': signing({ secret: 'secret of somebody else' }),
  'another challenge signed': signing({ challenge: 'YW5vdGhlciBjdXN0b21lcidzIGNoYWxsZW5nZQ' }),
  'another audience signed': signing({ audience: 'https://other.example' }),
  'an audience with a slash signed': signing({ audience: 'https://sallyport.vendor.example/' }),
  'a challenge that is not signed': signing({ headers: ['host', 'x-sallyport-audience'] }),
  'an audience that is not signed': signing({ headers: ['host', 'x-sallyport-challenge'] }),
  'nothing but the host signed': signing({ headers: ['host'] }),
  'a header too many signed': signing({ extraHeaders: { 'x-evil': '1' } }),
  'another region signed': signing({ region: 'eu-west-1' }),
  'another service signed': signing({ service: 'iam' }),
  'another date signed': signing({ amzDate: '20260301T115800Z' }),
  'another session token signed': signing({ sessionToken: 'OTHER' }),
  'no session token signed': signing({ sessionToken: null }),
  'another host signed': signing({ host: 'sts.amazonaws.com' }),
  'the attacker’s host signed': signing({ host: 'evil.example' }),
  'a POST signed': signing({ method: 'POST' }),
  'another path signed': signing({ path: '/x' }),
  'a body signed': signing({ payload: 'Action=GetCallerIdentity' }),
  'another action signed': signing({ query: [['Action', 'GetSessionToken']] }),
  'another version signed': signing({ query: [['Version', '2014-01-01']] }),
  'a longer life signed': signing({ query: [['X-Amz-Expires', '604800']] }),
  'another algorithm signed': signing({ query: [['X-Amz-Algorithm', 'AWS4-ECDSA-P256-SHA256']] }),
  'an action in lower case besides': signing({ query: [['action', 'GetCallerIdentity']] }),
  'a parameter too many signed': signing({ query: [['RoleArn', 'arn:aws:iam::1:role/x']] }),
  'a key that is not there': fields({ accessKeyId: key, sessionToken: 'ANOTHERSESSION' }),
  'a signature of zeroes': handedIn(() => '0'.repeat(64)),
});

const padded = ({ body, ...rest }: HttpAnswer, bytes: number) => ({
  ...rest,
  body: ' '.repeat(bytes) + body,
});
const reflected = (action: string) => () => {
  const inner = JSON.parse(identity(victim, arn).body) as { GetCallerIdentityResponse: object };
  return { body: JSON.stringify({ [action]: inner.GetCallerIdentityResponse }) };
};

const ofAnswers: Vector[] = [
  ...breaking('status of the answer', 'signature', {
    'a redirect that has an identity': answering((genuine) => ({ ...genuine, status: 302 })),
    'a lasting redirect that has an identity': answering((one) => ({ ...one, status: 308 })),
    'a part of an answer': answering((genuine) => ({ ...genuine, status: 206 })),
    'an identity that is not found': answering((genuine) => ({ ...genuine, status: 404 })),
    'a failure that has an identity': answering((genuine) => ({ ...genuine, status: 500 })),
  }),
  ...breaking('size of the answer', 'signature', {
    'an answer of 9 KiB': answering((genuine) => padded(genuine, 9_000)),
    'an answer of 1 MiB': answering((genuine) => padded(genuine, 1_000_000)),
  }),
  ...breaking('type of the answer', 'signature', {
    'an answer that calls itself XML': answering((one) => ({ ...one, contentType: 'text/xml' })),
    'an answer that calls itself HTML': answering((one) => ({ ...one, contentType: 'text/html' })),
    'an answer of a type like JSON': answering((one) => ({
      ...one,
      contentType: 'application/jsonp',
    })),
    'an answer without a type': answering((one) => ({ ...one, contentType: '' })),
  }),
  ...breaking('answer to another question', 'signature', {
    'the identity inside of another answer': answering(reflected('GetSessionTokenResponse')),
    'the identity in an error': answering(reflected('Error')),
    'the identity in capitals': answering(reflected('GETCALLERIDENTITYRESPONSE')),
  }),
  ...breaking('one account in the answer', 'signature', {
    'another account in the ARN': answering(() =>
      identity(victim, arn.replace(victim, '3'.repeat(12))),
    ),
    'a session of another account in the ARN': answering(() =>
      identity(victim, 'arn:aws:sts::333333333333:assumed-role/NetworkAdmin/bob'),
    ),
  }),
];

export const signatureVectors: Vector[] = [...ofFields, ...ofWhatIsSigned, ...ofAnswers];
