// The protocol that clients from before 2023 speak (AWS Query, 2012-11-05), with requests written
// out as those clients write them: flattened lists and maps, and the queue in the path.

import { expect, test } from 'vitest';
import { type Lab, rootKeys, startLab, VENDOR } from '../../lab.ts';
import { element, formRequest, type RawResponse, send, signed } from '../../raw.ts';
import { counts, makeQueue } from './queue-scenes.ts';

const QUEUE = `/${VENDOR}/jobs`;

/** @param path where the request is sent to; older clients send it to the queue. */
async function ask(lab: Lab, parameters: Record<string, string>, path = '/'): Promise<RawResponse> {
  const { host } = new URL(lab.endpoint);
  const raw = formRequest({ Version: '2012-11-05', ...parameters }, host);
  const signing = { keys: rootKeys(VENDOR), service: 'sqs', time: lab.now() };
  return send(lab.endpoint, signed({ ...raw, path }, signing));
}

test('when an older client creates a queue, attributes and tags are flattened maps', async () => {
  const lab = await startLab();
  const created = await ask(lab, {
    Action: 'CreateQueue',
    QueueName: 'jobs',
    'Attribute.1.Name': 'VisibilityTimeout',
    'Attribute.1.Value': '40',
    'Attribute.2.Name': 'DelaySeconds',
    'Attribute.2.Value': '2',
    'Tag.1.Key': 'team',
    'Tag.1.Value': 'a & b',
  });
  const url = `${lab.endpoint}${QUEUE}`;
  expect(created.status).toBe(200);
  expect(created.body).toBe(
    '<CreateQueueResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/">' +
      `<CreateQueueResult><QueueUrl>${url}</QueueUrl></CreateQueueResult>` +
      `<ResponseMetadata><RequestId>${String(created.headers['x-amzn-requestid'])}</RequestId>` +
      '</ResponseMetadata></CreateQueueResponse>',
  );
  const attributes = await ask(lab, {
    Action: 'GetQueueAttributes',
    QueueUrl: url,
    'AttributeName.1': 'VisibilityTimeout',
    'AttributeName.2': 'DelaySeconds',
  });
  expect(attributes.body).toContain(
    '<GetQueueAttributesResult>' +
      '<Attribute><Name>DelaySeconds</Name><Value>2</Value></Attribute>' +
      '<Attribute><Name>VisibilityTimeout</Name><Value>40</Value></Attribute>' +
      '</GetQueueAttributesResult>',
  );
  const tags = await ask(lab, { Action: 'ListQueueTags', QueueUrl: url });
  expect(tags.body).toContain('<Tag><Key>team</Key><Value>a &#38; b</Value></Tag>');
});

test('when an older client sends to the queue itself, the path is the queue', async () => {
  const lab = await startLab();
  const queue = await makeQueue(lab, 'jobs');
  const sent = await ask(lab, { Action: 'SendMessage', MessageBody: 'a <b>' }, QUEUE);
  expect(element(sent.body, 'MD5OfMessageBody')).toMatch(/^[0-9a-f]{32}$/);
  const received = await ask(
    lab,
    { Action: 'ReceiveMessage', 'AttributeName.1': 'All', MaxNumberOfMessages: '10' },
    QUEUE,
  );
  expect(received.body).toContain('<Body>a &#60;b&#62;</Body>');
  expect(received.body).toContain(
    '<Attribute><Name>ApproximateReceiveCount</Name><Value>1</Value></Attribute>',
  );
  const handle = element(received.body, 'ReceiptHandle') ?? '';
  const hide = { ReceiptHandle: handle, VisibilityTimeout: '0' };
  const hidden = await ask(lab, { Action: 'ChangeMessageVisibility', ...hide }, QUEUE);
  expect(hidden.body).toMatch(/^<ChangeMessageVisibilityResponse [^>]*><ResponseMetadata>/);
  expect(await counts(lab, queue)).toEqual([1, 0, 0]);
  await ask(lab, { Action: 'DeleteMessage', ReceiptHandle: handle }, QUEUE);
  expect(await counts(lab, queue)).toEqual([0, 0, 0]);
});

test('when an older client sends attributes, they come back, blobs as base64', async () => {
  const lab = await startLab();
  await makeQueue(lab, 'jobs');
  await ask(
    lab,
    {
      Action: 'SendMessage',
      MessageBody: 'x',
      'MessageAttribute.1.Name': 'kind',
      'MessageAttribute.1.Value.DataType': 'String',
      'MessageAttribute.1.Value.StringValue': 'order',
      'MessageAttribute.2.Name': 'blob',
      'MessageAttribute.2.Value.DataType': 'Binary',
      'MessageAttribute.2.Value.BinaryValue': 'AP8H',
    },
    QUEUE,
  );
  const asking = { Action: 'ReceiveMessage', 'MessageAttributeName.1': 'All' };
  const { body } = await ask(lab, asking, QUEUE);
  expect(body).toContain(
    '<MessageAttribute><Name>kind</Name><Value><DataType>String</DataType>' +
      '<StringValue>order</StringValue></Value></MessageAttribute>',
  );
  expect(body).toContain(
    '<MessageAttribute><Name>blob</Name><Value><DataType>Binary</DataType>' +
      '<BinaryValue>AP8H</BinaryValue></Value></MessageAttribute>',
  );
});

test('when an older client sends a batch, its entries are named by their shape', async () => {
  const lab = await startLab();
  const queue = await makeQueue(lab, 'jobs');
  const { body } = await ask(
    lab,
    {
      Action: 'SendMessageBatch',
      'SendMessageBatchRequestEntry.1.Id': 'a',
      'SendMessageBatchRequestEntry.1.MessageBody': 'one',
      'SendMessageBatchRequestEntry.2.Id': 'b',
      'SendMessageBatchRequestEntry.2.MessageBody': 'two',
      'SendMessageBatchRequestEntry.2.DelaySeconds': '1000',
    },
    QUEUE,
  );
  expect(body).toMatch(/<SendMessageBatchResultEntry><Id>a<\/Id>/);
  expect(body).toContain(
    '<BatchResultErrorEntry><Id>b</Id><SenderFault>true</SenderFault>' +
      '<Code>InvalidParameterValue</Code>',
  );
  expect(await counts(lab, queue)).toEqual([1, 0, 0]);
});

test.each([
  [{ Action: 'GetQueueUrl', QueueName: 'none' }, 400, 'AWS.SimpleQueueService.NonExistentQueue'],
  [
    {
      Action: 'CreateQueue',
      QueueName: 'jobs',
      'Attribute.1.Name': 'DelaySeconds',
      'Attribute.1.Value': '1',
    },
    400,
    'QueueAlreadyExists',
  ],
  [{ Action: 'DeleteMessage', QueueUrl: QUEUE, ReceiptHandle: '?' }, 404, 'ReceiptHandleIsInvalid'],
  [
    { Action: 'SendMessageBatch', QueueUrl: QUEUE, SendMessageBatchRequestEntry: '' },
    400,
    'AWS.SimpleQueueService.EmptyBatchRequest',
  ],
  [{ Action: 'GetQueueUrl' }, 400, 'MissingParameter'],
  [
    { Action: 'SendMessage', QueueUrl: QUEUE, MessageBody: 'x', Nonsense: '1' },
    400,
    'UnknownParameter',
  ],
  [{ Action: 'Nothing' }, 400, 'InvalidAction'],
])('when an older client asks for %o, it is told %i %s', async (parameters, status, code) => {
  const lab = await startLab();
  await makeQueue(lab, 'jobs');
  const response = await ask(lab, parameters);
  expect([response.status, element(response.body, 'Code')]).toEqual([status, code]);
  expect(response.body).toMatch(/^<ErrorResponse xmlns="http:\/\/queue.amazonaws.com\/doc\/2012/);
});
