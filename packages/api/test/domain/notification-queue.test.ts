import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isForeign,
  notificationQueue,
  parseQueueArn,
  queueMistake,
  type QueueFacts,
  type QueueReport,
} from '../../src/domain/notification-queue.ts';

const queueArn = 'arn:aws:sqs:us-east-1:111111111111:connections';
const account = { accountId: '111111111111', regions: ['us-east-1', 'eu-west-1'] };
const at = (second: number) => new Date(Date.UTC(2026, 0, 1) + second * 1_000);

describe('parseQueueArn', () => {
  it('when it is the ARN of a standard queue, it tells the place', () => {
    const place = { partition: 'aws', region: 'us-east-1', accountId: '111111111111' };
    expect(parseQueueArn(queueArn)).toEqual({ ...place, name: 'connections' });
  });

  it.each([
    `${queueArn}.fifo`,
    'https://sqs.us-east-1.amazonaws.com/111111111111/connections',
    'arn:aws:sns:us-east-1:111111111111:connections',
    `${queueArn}\n`,
    'arn:aws:sqs:evil.example/:111111111111:connections',
    '',
  ])('when it is %j, it is none', (text) => {
    expect(parseQueueArn(text)).toBeNull();
  });

  it('when it is any text, it is none or has exactly these parts', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constant(queueArn)), (text) => {
        const place = parseQueueArn(text);
        if (!place) return;
        const { partition, region, accountId, name } = place;
        expect(`arn:${partition}:sqs:${region}:${accountId}:${name}`).toBe(text);
      }),
    );
  });
});

describe('queueMistake', () => {
  it.each([
    ['each Region has one', [queueArn, queueArn.replace('us-east-1', 'eu-west-1')], null],
    ['there is none', [], null],
    ['a Region has two', [queueArn, `${queueArn}-2`], 'another queue in us-east-1'],
    ['it is of another account', [queueArn.replace('1111', '2222')], 'not in account 1111'],
    ['it is elsewhere', [queueArn.replace('us-east-1', 'sa-east-1')], 'not one of the Regions'],
    ['it is no ARN', ['connections'], 'not the ARN of a standard queue'],
  ])('when %s, it says so', (_, arns, words) => {
    const mistake = queueMistake(arns, account);
    if (words === null) expect(mistake).toBeNull();
    else
      expect(mistake).toMatchObject({
        index: arns.length - 1,
        detail: expect.stringContaining(words),
      });
  });
});

describe('isForeign', () => {
  const ours = new Set(['vpce-svc-0aaaaaaaaaaaaaaaa']);

  it.each([
    ['names our service', '{"ServiceId":"vpce-svc-0aaaaaaaaaaaaaaaa"}', false],
    ['names ours and another', 'vpce-svc-0bbbbbbbbbbbbbbbb vpce-svc-0aaaaaaaaaaaaaaaa', false],
    ['names another one only', 'vpce-svc-0bbbbbbbbbbbbbbbb', true],
    ['names none, as AWS may write it otherwise', 'Something happened.', false],
    ['is empty', '', false],
    ['is huge', `${'x'.repeat(1_000_000)}vpce-svc-0bbbbbbbbbbbbbbbb`, false],
  ])('when a message %s, it says whether it is', (_, body, foreign) => {
    expect(isForeign(body, ours)).toBe(foreign);
  });
});

describe('notificationQueue', () => {
  const heard: QueueReport = {
    queueArn,
    listeningSince: at(0),
    polledAt: at(1_000),
    messages: 1,
    foreignMessages: 0,
    lastMessageAt: null,
    problem: null,
  };
  const denied = { kind: 'denied', message: 'AccessDenied: no' } as const;

  it.each([
    ['nobody has looked', { report: null }, 'new', null],
    ['nothing has happened', {}, 'listening', null],
    ['it cannot be read', { report: { ...heard, problem: denied } }, 'failing', 'ReceiveMessage'],
    ['nobody receives any more', { report: { ...heard, polledAt: at(800) } }, 'failing', 'worker'],
    ['a connection came, and no message', { newestConnectionAt: at(500) }, 'silent', 'Connect'],
    ['a connection has just come', { newestConnectionAt: at(990) }, 'listening', null],
    ['the connection was there before', { newestConnectionAt: at(-5) }, 'listening', null],
    [
      'both came',
      { newestConnectionAt: at(500), report: { ...heard, lastMessageAt: at(499) } },
      'listening',
      null,
    ],
    [
      'messages have ceased',
      { newestConnectionAt: at(800), report: { ...heard, lastMessageAt: at(300) } },
      'silent',
      'Connect',
    ],
  ] as [string, Partial<QueueFacts>, string, string | null][])(
    'when %s, it says so and what to do',
    (_, facts, state, words) => {
      const all = { queueArn, report: heard, newestConnectionAt: null, ...facts };
      const shown = notificationQueue(all, at(1_000));
      expect(shown).toMatchObject({ queueArn, region: 'us-east-1', state });
      if (words === null) expect(shown).toMatchObject({ problem: null, action: null });
      else expect(shown.action).toContain(words);
      expect(shown.problem === null).toBe(words === null);
    },
  );
});
