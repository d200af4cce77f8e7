// EC2: what of it PrivateLink needs.

import * as client from '@aws-sdk/client-ec2';
import { createEc2Query } from '../../protocols/ec2-query.ts';
import { operationsOf } from '../../protocols/schema.ts';
import { ec2Refusals } from '../refusals.ts';
import type { Service } from '../service.ts';
import { ec2Operations } from './operations.ts';

export function createEc2(): Service {
  const model = operationsOf(client);
  return {
    iamPrefix: 'ec2',
    protocols: [createEc2Query(model)],
    model,
    operations: ec2Operations,
    refusals: ec2Refusals,
  };
}
