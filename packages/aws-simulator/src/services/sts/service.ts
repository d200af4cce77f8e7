// The Security Token Service: who a caller is, and how it becomes somebody else.

import * as client from '@aws-sdk/client-sts';
import { createAwsQuery } from '../../protocols/aws-query.ts';
import { operationsOf } from '../../protocols/schema.ts';
import { commonRefusals } from '../refusals.ts';
import type { Service } from '../service.ts';
import { stsOperations } from './operations.ts';

export function createSts(): Service {
  const model = operationsOf(client);
  const version = '2011-06-15';
  return {
    iamPrefix: 'sts',
    protocols: [
      createAwsQuery(model, { version, namespace: `https://sts.amazonaws.com/doc/${version}/` }),
    ],
    model,
    operations: stsOperations,
    refusals: commonRefusals(),
  };
}
