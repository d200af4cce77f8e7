// A record set as a caller writes it, turned into the stored form.

import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { RecordSet } from '../../world/hosted-zone.ts';
import { invalidInput } from './errors.ts';
import { normalName } from './record-names.ts';
import { recordTypes } from './record-values.ts';

/**
 * @throws AwsError InvalidInput when the parts do not make a record set; whether it fits its zone
 * is checked with the batch.
 */
export function recordSetOf(action: string, input: ResourceRecordSet): RecordSet {
  const { Name: given = '', Type: type = '', SetIdentifier, TTL, ResourceRecords, ...rest } = input;
  const name = normalName(given);
  if (name === undefined) throw invalidInput(`'${given}' is not a valid domain name`);
  if (!recordTypes.includes(type)) {
    throw invalidInput(`'${type}' is not a record type; there are ${recordTypes.join(', ')}`);
  }
  const values = (ResourceRecords ?? []).map(({ Value }) => Value ?? '');
  checkKind(action, input, values);
  if (TTL !== undefined && !(Number.isInteger(TTL) && TTL >= 0 && TTL <= 2_147_483_647)) {
    throw invalidInput(`The TTL ${TTL} is not an integer from 0 to 2147483647`);
  }
  const routed = routingOf(input);
  if ((routed === undefined) !== (SetIdentifier === undefined)) {
    throw invalidInput(
      'SetIdentifier must be given with a routing policy and only then, in the record ' +
        `set ${name} ${type}`,
    );
  }
  return {
    name,
    type,
    setIdentifier: SetIdentifier,
    ttl: TTL,
    values,
    rest: withoutUndefined(rest),
  };
}

function checkKind(action: string, input: ResourceRecordSet, values: readonly string[]): void {
  const alias = input.AliasTarget !== undefined;
  const plain = input.TTL !== undefined && values.length > 0;
  if (input.TrafficPolicyInstanceId !== undefined) {
    throw invalidInput('The simulator does not simulate traffic policies');
  }
  if (alias !== plain && !(alias && (input.TTL !== undefined || values.length > 0))) return;
  const found = alias ? 'found more than one' : 'found none';
  throw invalidInput(
    'Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ' +
      'ResourceRecords], or ' +
      `TrafficPolicyInstanceId], but ${found} in Change with [Action=${action}, ` +
      `Name=${input.Name}, ` +
      `Type=${input.Type}, SetIdentifier=${input.SetIdentifier ?? null}]`,
  );
}

function routingOf(input: ResourceRecordSet): unknown {
  return (
    input.Weight ??
    input.Region ??
    input.Failover ??
    input.GeoLocation ??
    input.MultiValueAnswer ??
    input.CidrRoutingConfig ??
    input.GeoProximityLocation
  );
}

function withoutUndefined(value: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
}
