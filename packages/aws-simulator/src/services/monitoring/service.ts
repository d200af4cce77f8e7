// CloudWatch, for reading what PrivateLink publishes. The JavaScript SDK speaks awsJson to it,
// botocore CBOR, and older clients AWS Query.

import * as client from '@aws-sdk/client-cloudwatch';
import { createAwsJson } from '../../protocols/aws-json.ts';
import { createAwsQuery } from '../../protocols/aws-query.ts';
import { errorsOf } from '../../protocols/error-shapes.ts';
import { createRpcV2Cbor } from '../../protocols/rpc-v2-cbor.ts';
import { operationsOf } from '../../protocols/schema.ts';
import { commonRefusals } from '../refusals.ts';
import type { Service } from '../service.ts';
import { monitoringOperations } from './operations.ts';

export function createMonitoring(): Service {
  const model = operationsOf(client);
  const errors = errorsOf(client);
  const name = 'GraniteServiceVersion20100801';
  const version = '2010-08-01';
  const namespace = `http://monitoring.amazonaws.com/doc/${version}/`;
  return {
    iamPrefix: 'cloudwatch',
    protocols: [
      createRpcV2Cbor(model, { name, errors }),
      createAwsJson(model, { targetPrefix: name, version: '1.0', errors }),
      createAwsQuery(model, { version, namespace, errors }),
    ],
    model,
    operations: monitoringOperations,
    refusals: commonRefusals({ denied: 'AccessDenied', throttled: 'Throttling' }),
  };
}
