// A record set as a caller writes it, turned into the stored form.

import { type AliasTarget, type ResourceRecordSet, RRType } from '@aws-sdk/client-route-53';
import { nameProblem, normalName } from '../../world/dns/dns-names.ts';
import type { RecordSet } from '../../world/dns/record-set.ts';
import { checkLength, checkRange, checkWord, longest } from './constraints.ts';
import { invalidChangeBatch, invalidInput, noSuchHealthCheck, notSimulated } from './errors.ts';
import { checkRouting } from './routing.ts';
import { bareId } from './zone-lookup.ts';

/**
 * @throws AwsError InvalidInput when the parts do not make a record set; whether it fits its zone
 * is checked with the batch.
 */
export function recordSetOf(action: string, input: ResourceRecordSet): RecordSet {
  const { Name: given = '', Type: type = '', SetIdentifier, TTL, ResourceRecords, ...rest } = input;
  const where =
    `Change with [Action=${action}, Name=${given}, Type=${type}, ` +
    `SetIdentifier=${SetIdentifier ?? null}]`;
  checkWord('resourceRecordSet.type', type, RRType);
  const name = storedName(given);
  const values = (ResourceRecords ?? []).map(({ Value }) => Value ?? '');
  checkKind(input, where);
  checkRange('resourceRecordSet.tTL', TTL, [0, 2_147_483_647]);
  for (const value of values) checkLength('resourceRecord.value', value, longest.value);
  checkRouting(input, where);
  if (input.HealthCheckId !== undefined) throw noSuchHealthCheck(input.HealthCheckId);
  const alias = input.AliasTarget && { AliasTarget: aliasOf(type, input.AliasTarget, where) };
  return {
    name,
    type,
    setIdentifier: SetIdentifier,
    ttl: TTL,
    values,
    rest: withoutUndefined({ ...rest, ...alias }),
  };
}

function storedName(given: string): string {
  checkLength('resourceRecordSet.name', given, longest.dnsName);
  const name = normalName(given);
  if (name !== undefined) return name;
  throw invalidChangeBatch([`FATAL problem: ${nameProblem(given)} encountered with '${given}'`]);
}

function checkKind(input: ResourceRecordSet, where: string): void {
  if (input.TrafficPolicyInstanceId !== undefined) {
    throw notSimulated('traffic policies (TrafficPolicyInstanceId)');
  }
  const { ResourceRecords: records, TTL: ttl } = input;
  if (records?.length === 0) {
    throw invalidInput(
      "Invalid XML ; cvc-complex-type.2.4.b: The content of element 'ResourceRecords' is not " +
        'complete.',
    );
  }
  const alias = input.AliasTarget !== undefined;
  const plain = ttl !== undefined && records !== undefined;
  if (alias !== plain && !(alias && (ttl !== undefined || records !== undefined))) return;
  const found = alias ? 'found more than one' : 'found none';
  throw invalidInput(
    'Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], ' +
      `or TrafficPolicyInstanceId], but ${found} in ${where}`,
  );
}

// Kept with the trailing dot, as Route 53 answers it.
function aliasOf(type: string, target: AliasTarget, where: string): AliasTarget {
  const { HostedZoneId: id = '', DNSName: given = '' } = target;
  checkLength('aliasTarget.hostedZoneId', id, longest.resourceId);
  if (type === 'NS' || type === 'SOA') {
    throw invalidInput(`Invalid request: An alias cannot have the type ${type} in ${where}`);
  }
  const name = normalName(given);
  if (name === undefined) {
    throw invalidChangeBatch([`FATAL problem: ${nameProblem(given)} encountered with '${given}'`]);
  }
  return { ...target, HostedZoneId: bareId(id), DNSName: name };
}

function withoutUndefined(value: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
}
