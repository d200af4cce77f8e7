// The Simple Queue Service: standard queues. It is spoken to in JSON by today's clients, and in AWS
// Query by those from before 2023.

import * as client from '@aws-sdk/client-sqs';
import { AwsError } from '../../aws-error.ts';
import { createAwsJson } from '../../protocols/aws-json.ts';
import { createAwsQuery } from '../../protocols/aws-query.ts';
import { errorsOf } from '../../protocols/error-shapes.ts';
import type { Protocol } from '../../protocols/protocol.ts';
import { type Operation, operationsOf } from '../../protocols/schema.ts';
import { formPairs, type WireRequest } from '../../protocols/wire.ts';
import { commonRefusals } from '../refusals.ts';
import type { Service } from '../service.ts';
import { sqsOperations } from './operations.ts';
import { placeOf } from './queue-urls.ts';

export function createSqs(): Service {
  const model = operationsOf(client);
  const errors = errorsOf(client);
  return {
    iamPrefix: 'sqs',
    protocols: [
      createAwsJson(model, { targetPrefix: 'AmazonSQS', version: '1.0', errors }),
      queueByPath(
        createAwsQuery(model, {
          version: '2012-11-05',
          namespace: 'http://queue.amazonaws.com/doc/2012-11-05/',
          errors,
          missing: (path) =>
            new AwsError('MissingParameter', `The request must contain the parameter ${path}.`),
        }),
        model,
      ),
    ],
    model,
    operations: sqsOperations(errors),
    refusals: commonRefusals({ throttled: 'RequestThrottled' }),
  };
}

/** Older clients may name the queue by where they send the request to, and by nothing else. */
function queueByPath(protocol: Protocol, model: ReadonlyMap<string, Operation>): Protocol {
  return {
    ...protocol,
    input: (action, request) => protocol.input(action, withQueueUrl(request, action, model)),
  };
}

function withQueueUrl(
  request: WireRequest,
  action: string,
  model: ReadonlyMap<string, Operation>,
): WireRequest {
  const members = [...(model.get(action)?.input.structIterator() ?? [])];
  const takesOne = members.some(([name]) => name === 'QueueUrl');
  if (!takesOne || !placeOf(request.path)) return request;
  const body = request.body.toString('utf8');
  const pairs = [...formPairs(request.query), ...formPairs(body)];
  if (pairs.some(([name]) => name === 'QueueUrl')) return request;
  const added = new URLSearchParams({ QueueUrl: request.path }).toString();
  return { ...request, body: Buffer.from(body === '' ? added : `${body}&${added}`) };
}
