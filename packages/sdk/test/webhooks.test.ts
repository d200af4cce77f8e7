// Messages of webhooks: what is taken, and what is refused, beside a library that we did not write.

import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { webhooks, WebhookVerificationError } from '../src/index.ts';

const secret = `whsec_${btoa('a secret of thirty-two bytes, yes')}`;
const other = `whsec_${btoa('another secret of some more bytes')}`;
const event = { id: 'evt_1', type: 'connection.available', subject: { kind: null, id: 'con_1' } };
const message = { type: event.type, timestamp: '2027-01-31T12:00:00Z', data: event };
const body = JSON.stringify(message);
const at = new Date('2027-01-31T12:00:00Z');
const now = () => at.getTime() + 2_000;
const signed = () => webhooks.sign(body, { id: 'evt_1', secret, at });

const headersOf = (signature: string, id = 'evt_1') => ({
  'webhook-id': id,
  'webhook-timestamp': String(at.getTime() / 1000),
  'webhook-signature': signature,
});

async function refusedWith(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error('It was taken.'),
    (thrown: unknown) => thrown as Error,
  );
  return error instanceof WebhookVerificationError ? error.code : String(error);
}

test('when another library has signed a message, it is taken, and gives the event', async () => {
  const headers = headersOf(new Webhook(secret).sign('evt_1', at, body));
  expect(await webhooks.unwrap(body, headers, secret, { now })).toEqual({
    id: 'evt_1',
    sentAt: at,
    type: 'connection.available',
    data: event,
  });
});

test('when a message is of the documentation of the specification, it is taken', async () => {
  const vector = {
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    headers: {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    },
    now: () => 1_614_265_330_000,
  };
  const { headers } = vector;
  const taken = await webhooks.unwrap('{"test": 2432232314}', headers, vector.secret, vector);
  expect(taken.id).toBe('msg_p5jXN8AQM9LWM0D4loKWxJek');
});

test('when a message is signed here, another library takes it', async () => {
  const headers = await webhooks.sign(body, { id: 'evt_1', secret });
  expect(new Webhook(secret).verify(body, headers)).toEqual(message);
});

test.each([
  ['Headers', (headers: Record<string, string>) => new Headers(headers)],
  [
    'an object with names in any case',
    (headers: Record<string, string>) =>
      Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]),
      ),
  ],
])('when the headers come as %s, they are read', async (_, shape) => {
  const taken = await webhooks.unwrap(body, shape(await signed()), secret, { now });
  expect(taken.id).toBe('evt_1');
});

test('when the body comes as bytes, it is read, whatever letters it has', async () => {
  const foreign = JSON.stringify({ ...message, data: { ...event, id: 'Grüße 😀' } });
  const headers = await webhooks.sign(foreign, { id: 'evt_1', secret, at });
  const bytes = new TextEncoder().encode(foreign);
  const { data } = await webhooks.unwrap(bytes, headers, secret, { now });
  expect(data.id).toBe('Grüße 😀');
});

test('when one secret takes over from another, either of them is enough', async () => {
  const headers = await signed();
  for (const secrets of [
    [other, secret],
    [secret, other],
  ]) {
    expect((await webhooks.unwrap(body, headers, secrets, { now })).id).toBe('evt_1');
  }
  const both = new Webhook(other).sign('evt_1', at, body);
  const twice = headersOf(`${both} ${headers['webhook-signature']}`);
  expect((await webhooks.unwrap(body, twice, secret, { now })).id).toBe('evt_1');
});

test.each<[string, (headers: Record<string, string>) => Record<string, string>, string?]>([
  ['the body', (headers) => headers, body.replace('available', 'rejected')],
  ['the id', (headers) => ({ ...headers, 'webhook-id': 'evt_2' })],
  ['the time', (headers) => ({ ...headers, 'webhook-timestamp': String(at.getTime() / 1000 + 1) })],
  ['the signature', () => headersOf(new Webhook(other).sign('evt_1', at, body))],
  [
    'the version of the signature',
    (headers) => headersOf(headers['webhook-signature']!.replace('v1,', 'v1a,')),
  ],
  ['the base64', () => headersOf('v1,§')],
  ['all of the signature', () => headersOf('v1,')],
])('when %s is another, the message is refused', async (_, change, changed = body) => {
  const headers = change(await signed());
  const refused = refusedWith(webhooks.unwrap(changed, headers, secret, { now }));
  expect(await refused).toBe('wrong_signature');
});

test.each([
  [-301, 'stale'],
  [-300, 'Error: It was taken.'],
  [300, 'Error: It was taken.'],
  [301, 'stale'],
])('when it was sent %i s from now, it is as it should be', async (seconds, outcome) => {
  const clock = () => at.getTime() - seconds * 1000;
  const refused = refusedWith(webhooks.unwrap(body, await signed(), secret, { now: clock }));
  expect(await refused).toBe(outcome);
});

test.each(['', 'soon', '1e9', '-5', 'NaN', ' 1801396800'])(
  'when the time is %j, the message is refused',
  async (timestamp) => {
    const headers = { ...(await signed()), 'webhook-timestamp': timestamp };
    const refused = refusedWith(webhooks.unwrap(body, headers, secret, { now }));
    expect(await refused).toBe(timestamp === '' ? 'missing_header' : 'stale');
  },
);

test.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])(
  'when %s is missing or comes twice, the message is refused',
  async (name) => {
    const headers: Record<string, string | string[] | undefined> = await signed();
    for (const value of [undefined, ['a', 'b']]) {
      const refused = refusedWith(
        webhooks.unwrap(body, { ...headers, [name]: value }, secret, { now }),
      );
      expect(await refused).toBe('missing_header');
    }
  },
);

test.each(['', 'whsec_', 'whsec_§', 'sallyport_key_abc'])(
  'when the secret is %j, it says so, and not that the message is wrong',
  async (wrong) => {
    const refused = refusedWith(webhooks.unwrap(body, await signed(), wrong, { now }));
    expect(await refused).toBe('malformed_secret');
  },
);

test('when a secret is refused, it is not told', async () => {
  const work = webhooks.unwrap(body, await signed(), 'canary-secret', { now });
  await expect(work).rejects.toThrow(/^(?!.*canary)/);
});

test('when what is signed is no JSON, it says so', async () => {
  const headers = await webhooks.sign('hello', { id: 'evt_1', secret, at });
  const refused = refusedWith(webhooks.unwrap('hello', headers, secret, { now }));
  expect(await refused).toBe('malformed_body');
});
