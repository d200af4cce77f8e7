// The simulated services: the protocol each one speaks, its model, and the operations that are
// simulated. To add an operation, write it in its service's folder and name it in that table.

import * as ec2Client from '@aws-sdk/client-ec2';
import * as route53Client from '@aws-sdk/client-route-53';
import * as stsClient from '@aws-sdk/client-sts';
import type { Service } from '../identity/credential-failure.ts';
import { createAwsQuery } from '../protocols/aws-query.ts';
import { createEc2Query } from '../protocols/ec2-query.ts';
import type { Protocol } from '../protocols/protocol.ts';
import { createRestXml } from '../protocols/rest-xml.ts';
import { operationsOf } from '../protocols/schema.ts';
import type { Operations } from './call.ts';
import { ec2Operations } from './ec2/operations.ts';
import { route53Operations } from './route53/operations.ts';
import { stsOperations } from './sts/operations.ts';

export interface SimulatedService {
  readonly protocol: Protocol;
  readonly operations: Operations;
}

export type Catalog = Readonly<Record<Service, SimulatedService>>;

/** @throws Error when a simulated operation is not in its service's model. */
export function createCatalog(): Catalog {
  const models = {
    ec2: operationsOf(ec2Client),
    sts: operationsOf(stsClient),
    route53: operationsOf(route53Client),
  };
  const operations = { ec2: ec2Operations, sts: stsOperations, route53: route53Operations };
  const protocols = {
    ec2: createEc2Query(models.ec2),
    sts: createAwsQuery(models.sts, {
      version: '2011-06-15',
      namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    }),
    route53: createRestXml(models.route53, 'https://route53.amazonaws.com/doc/2013-04-01/'),
  };
  for (const service of ['ec2', 'sts', 'route53'] as const) {
    for (const name of Object.keys(operations[service])) {
      if (!models[service].has(name)) throw new Error(`${service} has no operation ${name}`);
    }
  }
  return {
    ec2: { protocol: protocols.ec2, operations: operations.ec2 },
    sts: { protocol: protocols.sts, operations: operations.sts },
    route53: { protocol: protocols.route53, operations: operations.route53 },
  };
}
