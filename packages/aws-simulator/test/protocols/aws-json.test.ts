// The awsJson protocol by itself: bytes in, input out, and answers and errors as bytes.

import * as sqs from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { AwsError } from '../../src/aws-error.ts';
import { createAwsJson } from '../../src/protocols/aws-json.ts';
import { errorsOf } from '../../src/protocols/error-shapes.ts';
import { operationsOf } from '../../src/protocols/schema.ts';
import type { WireRequest } from '../../src/protocols/wire.ts';

const protocol = createAwsJson(operationsOf(sqs), {
  targetPrefix: 'AmazonSQS',
  version: '1.0',
  errors: errorsOf(sqs),
});

function request(body: string, target = 'AmazonSQS.SendMessage'): WireRequest {
  const headers = [
    ['Content-Type', 'application/x-amz-json-1.0'],
    ['X-Amz-Target', target],
  ] as const;
  return { method: 'POST', path: '/', query: '', headers, body: Buffer.from(body) };
}

function refusal(read: () => unknown): AwsError {
  try {
    read();
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
  throw new Error('It was expected to be refused, and it was not.');
}

function parsed(body: string | Uint8Array): unknown {
  return JSON.parse(Buffer.from(body as string).toString('utf8'));
}

const context = { requestId: 'id', request: request('{}') };

test('when a request names a target, its operation and members are read', () => {
  const sent = request(
    JSON.stringify({
      QueueUrl: 'u',
      MessageBody: 'b',
      DelaySeconds: 3,
      MessageGroupId: null,
      MessageAttributes: { n: { DataType: 'Binary', BinaryValue: 'AQI=' } },
    }),
  );
  expect(protocol.accepts(sent)).toBe(true);
  expect(protocol.action(sent)).toBe('SendMessage');
  expect(protocol.input('SendMessage', sent)).toEqual({
    QueueUrl: 'u',
    MessageBody: 'b',
    DelaySeconds: 3,
    MessageAttributes: { n: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2]) } },
  });
});

test('when a request is a form, it is not read as JSON', () => {
  const headers = [['content-type', 'application/x-www-form-urlencoded']] as const;
  expect(protocol.accepts({ ...request(''), headers })).toBe(false);
});

test.each([['AmazonSQS.Nothing'], ['AmazonSNS.SendMessage'], ['SendMessage'], ['']])(
  'when the target is %j, the operation is unknown',
  (target) => {
    expect(refusal(() => protocol.action(request('{}', target))).code).toBe(
      'UnknownOperationException',
    );
  },
);

test.each([
  ['{', 'SerializationException', 'not JSON'],
  ['[]', 'SerializationException', 'not a JSON object'],
  ['{"QueueUrl":1}', 'SerializationException', 'QueueUrl must be a string'],
  ['{"DelaySeconds":"1"}', 'SerializationException', 'DelaySeconds must be a number'],
  ['{"MessageAttributes":[]}', 'SerializationException', 'MessageAttributes must be an object'],
  [
    '{"MessageAttributes":{"a":{"DataType":"Binary","BinaryValue":"*"}}}',
    'SerializationException',
    'MessageAttributes.a.BinaryValue must be base64',
  ],
  ['{"MessageAttributes":{"a":{}}}', 'MissingParameter', 'MessageAttributes.a.DataType'],
  ['{"QueueUrl":"u"}', 'MissingParameter', 'the parameter MessageBody'],
  ['{"QueueUrl":null,"MessageBody":"b"}', 'MissingParameter', 'the parameter QueueUrl'],
  ['{"Queueurl":"u"}', 'UnknownParameter', 'Queueurl'],
  ['{"__proto__":{"QueueUrl":"u"}}', 'UnknownParameter', '__proto__'],
])('when the body is %s, it is refused with %s', (body, code, part) => {
  const refused = refusal(() => protocol.input('SendMessage', request(body)));
  expect(refused.code).toBe(code);
  expect(refused.message).toContain(part);
});

test('when an operation answers nothing, the body is an empty object', () => {
  expect(protocol.success('DeleteQueue', {}, context)).toMatchObject({ status: 200, body: '{}' });
});

test('when an answer has maps and blobs, they are objects and base64', () => {
  const MessageAttributes = { n: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2]) } };
  const { body } = protocol.success(
    'ReceiveMessage',
    { Messages: [{ MessageAttributes }] },
    context,
  );
  expect(parsed(body)).toEqual({
    Messages: [{ MessageAttributes: { n: { DataType: 'Binary', BinaryValue: 'AQI=' } } }],
  });
});

test('when a modelled error is answered, both of its names are there', () => {
  const response = protocol.failure(new AwsError('QueueDoesNotExist', 'No.'), context);
  expect(response.status).toBe(400);
  expect(response.headers['x-amzn-query-error']).toBe(
    'AWS.SimpleQueueService.NonExistentQueue;Sender',
  );
  expect(parsed(response.body)).toEqual({
    __type: 'com.amazonaws.sqs#QueueDoesNotExist',
    message: 'No.',
  });
});

test('when another error is answered, it keeps its code and status', () => {
  const response = protocol.failure(new AwsError('InternalError', 'No.', 500), context);
  expect(response.status).toBe(500);
  expect(response.headers['x-amzn-query-error']).toBe('InternalError;Receiver');
});
