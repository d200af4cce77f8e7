// The Simple Notification Service: standard topics, and queues that are subscribed to them.

import * as client from '@aws-sdk/client-sns';
import { createAwsQuery } from '../../protocols/aws-query.ts';
import { errorsOf } from '../../protocols/error-shapes.ts';
import { operationsOf } from '../../protocols/schema.ts';
import { commonRefusals } from '../refusals.ts';
import type { Service } from '../service.ts';
import { snsOperations } from './operations.ts';

export function createSns(): Service {
  const model = operationsOf(client);
  const version = '2010-03-31';
  const namespace = `http://sns.amazonaws.com/doc/${version}/`;
  return {
    iamPrefix: 'sns',
    protocols: [createAwsQuery(model, { version, namespace, errors: errorsOf(client) })],
    model,
    operations: snsOperations,
    refusals: commonRefusals({ denied: 'AuthorizationError' }),
  };
}
