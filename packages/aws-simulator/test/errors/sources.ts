// Where each code of the ledger is from. What AWS documents is found in documented.ts, and what a
// knob decides in the row itself; the rest is told here.

import { documented, isModelled } from './documented.ts';
import type { Row } from './ledger.ts';

const overview = 'API reference';
const common = 'common errors';
const field = 'field';
const memory = 'memory';
const own = "the simulator's own";

/** By `service code`, or by code for every service. */
const others: Readonly<Record<string, string>> = {
  AccessDenied: common,
  InternalError: own,
  InvalidAction: common,
  MalformedQueryString: common,
  MissingAction: common,
  SerializationException: memory,
  UnknownOperationException: common,
  UnknownParameter: own,
  UnsupportedOperation: own,
  ValidationError: common,
  // Codes of the error overview, which does not say for which operations they are.
  'ec2 IncorrectState': overview,
  'ec2 InvalidParameter': overview,
  'ec2 InvalidParameterCombination': overview,
  'ec2 InvalidParameterValue': overview,
  'ec2 InvalidState': overview,
  'ec2 MissingParameter': overview,
  'ec2 OperationNotPermitted': overview,
  'ec2 InvalidVpcEndpointServiceId.Malformed': overview,
  'ec2 InvalidVpcEndpointServiceId.NotFound': overview,
  // By analogy with network load balancers, and with the ids of prefix lists.
  'ec2 InvalidGatewayLoadBalancerArn.Malformed': memory,
  'ec2 InvalidGatewayLoadBalancerArn.NotFound': memory,
  'ec2 InvalidPrefixListId.Malformed': memory,
  // What Terraform's provider looks for (internal/service/ec2/errors.go).
  'ec2 InvalidConnectionNotification': field,
  'ec2 InvalidVpcEndpointService.NotFound': field,
  // What GetMetricData says in JSON; in AWS Query it is a ValidationError.
  'monitoring ValidationException': memory,
  'route53 MalformedInput': field,
  // Of an entry of a batch, whose codes are those of AWS Query.
  'sns InvalidParameter': memory,
  'sns ParameterValueInvalid': memory,
  'sqs InvalidParameterValue': field,
  'sqs MissingParameter': field,
  'sts InvalidParameterValue': memory,
};

/** Everything that the code of a row is known from. */
export function sourcesOf({ service, operation, code, ways }: Row): string[] {
  const knobs = ways.flatMap(({ options = {} }) =>
    Object.entries(options.knobs ?? {})
      .filter(([, value]) => value === code)
      .map(([knob]) => `knob \`${knob}\``),
  );
  const known = knownFrom(service, operation, code);
  return [...new Set([...(known === undefined ? [] : [known]), ...knobs])];
}

function knownFrom(service: string, operation: string, code: string): string | undefined {
  if (documented(service, '*').includes(code)) return service === 'ec2' ? overview : common;
  if (documented(service, operation).includes(code)) return service === 'ec2' ? overview : 'model';
  const other = others[`${service} ${code}`] ?? others[code];
  return other ?? (isModelled(service, code) ? 'model, elsewhere' : undefined);
}
