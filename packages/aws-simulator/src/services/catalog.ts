// The simulated services. To add an operation, write it in its service's folder and name it in that
// folder's operations.ts; to add a service, give it a folder with a service.ts and a line here.

import { createEc2 } from './ec2/service.ts';
import { createElasticLoadBalancing } from './elasticloadbalancing/service.ts';
import { createMonitoring } from './monitoring/service.ts';
import { createRoute53 } from './route53/service.ts';
import type { Service, ServiceName } from './service.ts';
import { createSns } from './sns/service.ts';
import { createSqs } from './sqs/service.ts';
import { createSts } from './sts/service.ts';

export type Catalog = Readonly<Record<ServiceName, Service>>;

/** @throws Error when a simulated operation is not in its service's model. */
export function createCatalog(): Catalog {
  const catalog: Catalog = {
    ec2: createEc2(),
    elasticloadbalancing: createElasticLoadBalancing(),
    monitoring: createMonitoring(),
    route53: createRoute53(),
    sns: createSns(),
    sqs: createSqs(),
    sts: createSts(),
  };
  for (const [service, { model, operations }] of Object.entries(catalog)) {
    for (const name of Object.keys(operations)) {
      if (!model.has(name)) throw new Error(`${service} has no operation ${name}`);
    }
  }
  return catalog;
}
