// Elastic Load Balancing, version 2: network and gateway load balancers, as far as an endpoint
// service needs them.

import * as client from '@aws-sdk/client-elastic-load-balancing-v2';
import { createAwsQuery } from '../../protocols/aws-query.ts';
import { errorsOf } from '../../protocols/error-shapes.ts';
import { operationsOf } from '../../protocols/schema.ts';
import { commonRefusals } from '../refusals.ts';
import type { Service } from '../service.ts';
import { elasticLoadBalancingOperations } from './operations.ts';

export function createElasticLoadBalancing(): Service {
  const model = operationsOf(client);
  const errors = errorsOf(client);
  const version = '2015-12-01';
  const namespace = `http://elasticloadbalancing.amazonaws.com/doc/${version}/`;
  return {
    iamPrefix: 'elasticloadbalancing',
    protocols: [createAwsQuery(model, { version, namespace, errors })],
    model,
    operations: elasticLoadBalancingOperations,
    refusals: commonRefusals(),
  };
}
