// Route 53: hosted zones and their records.

import * as client from '@aws-sdk/client-route-53';
import { createRestXml } from '../../protocols/rest-xml.ts';
import { operationsOf } from '../../protocols/schema.ts';
import { commonRefusals } from '../refusals.ts';
import type { Service } from '../service.ts';
import { route53Operations } from './operations.ts';

export function createRoute53(): Service {
  const model = operationsOf(client);
  return {
    iamPrefix: 'route53',
    protocols: [createRestXml(model, 'https://route53.amazonaws.com/doc/2013-04-01/')],
    model,
    operations: route53Operations,
    refusals: commonRefusals(),
  };
}
