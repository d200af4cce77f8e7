// TestDNSAnswer: what the name servers of a public hosted zone answer now.

import {
  RRType,
  type TestDNSAnswerRequest,
  type TestDNSAnswerResponse,
} from '@aws-sdk/client-route-53';
import { isInZone, normalName } from '../../world/dns/dns-names.ts';
import type { HostedZone } from '../../world/dns/hosted-zone.ts';
import type { RecordSet } from '../../world/dns/record-set.ts';
import { aliasValues } from '../../world/dns/resolver.ts';
import { zoneAnswer } from '../../world/dns/zone-answers.ts';
import { type Call, type Given, wireValue } from '../call.ts';
import { checkLength, checkWord, longest } from './constraints.ts';
import { invalidInput, notSimulated } from './errors.ts';
import { ownZone } from './zone-lookup.ts';

type TestCall = Call<Given<TestDNSAnswerRequest, 'HostedZoneId' | 'RecordName' | 'RecordType'>>;

// Where a query comes from unless another resolver is named (Route 53 API reference).
const DEFAULT_REGION = 'us-east-1';

/** Only what is INSYNC answers. A CNAME record is answered for every type, and not followed. */
export function testDnsAnswer(call: TestCall): TestDNSAnswerResponse {
  const { world, input } = call;
  const zone = ownZone(call, input.HostedZoneId);
  checkWord('recordType', input.RecordType, RRType);
  checkLength('recordName', input.RecordName, longest.dnsName);
  checkNoLocation(call);
  if (zone.vpcs) throw invalidInput(`The hosted zone ${zone.id} is not a public hosted zone`);
  const name = normalName(input.RecordName);
  if (name === undefined) throw invalidInput(`'${input.RecordName}' is not a valid domain name`);
  const { status, records } = answer(zone, name, input.RecordType);
  const values = records.flatMap((record) =>
    record.rest.AliasTarget === undefined ? record.values : aliasValues(world, zone, record),
  );
  return {
    Nameserver: zone.nameServers[0],
    RecordName: name,
    RecordType: wireValue(records[0]?.type ?? input.RecordType),
    RecordData: values,
    ResponseCode: status,
    Protocol: 'UDP',
  };
}

function answer(zone: HostedZone, name: string, type: string) {
  const none: readonly RecordSet[] = [];
  // A name server refuses names of zones that it does not have.
  if (!isInZone(name, zone.name)) return { status: 'REFUSED', records: none };
  const { exists, records } = zoneAnswer(zone, name, type, { region: DEFAULT_REGION, all: false });
  return { status: exists ? 'NOERROR' : 'NXDOMAIN', records };
}

function checkNoLocation({ input }: TestCall): void {
  const { ResolverIP: resolver, EDNS0ClientSubnetIP: ip, EDNS0ClientSubnetMask: mask } = input;
  if (resolver !== undefined) throw notSimulated('resolvers elsewhere (ResolverIP)');
  if (ip !== undefined) throw notSimulated('clients elsewhere (EDNS0ClientSubnetIP)');
  if (mask !== undefined) throw notSimulated('clients elsewhere (EDNS0ClientSubnetMask)');
}
