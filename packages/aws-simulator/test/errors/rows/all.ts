// Every row of the ledger.

import type { Row } from '../ledger.ts';
import { endpointErrors } from './ec2-endpoints.ts';
import { everyErrors } from './ec2-every.ts';
import { networkErrors } from './ec2-network.ts';
import { notificationErrors } from './ec2-notifications.ts';
import { serviceErrors } from './ec2-services.ts';
import { everyServiceErrors } from './every-service.ts';
import { balancerErrors } from './load-balancers.ts';
import { metricErrors } from './metrics.ts';
import { route53Errors } from './route53.ts';
import { snsErrors } from './sns.ts';
import { sqsErrors } from './sqs.ts';
import { stsErrors } from './sts.ts';

export const allRows: readonly Row[] = [
  everyServiceErrors,
  everyErrors,
  endpointErrors,
  networkErrors,
  notificationErrors,
  serviceErrors,
  balancerErrors,
  metricErrors,
  route53Errors,
  snsErrors,
  sqsErrors,
  stsErrors,
].flatMap(({ rows }) => rows);
