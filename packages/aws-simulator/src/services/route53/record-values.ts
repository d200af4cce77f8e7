// What a record's value may look like, per type. Types that PrivateLink does not need are checked
// for being known only.

import { isIPv6 } from 'node:net';
import { isIpv4 } from '../../world/addresses.ts';
import { normalName } from './record-names.ts';

const LONGEST_STRING = 255;
const LONGEST_TXT = 4000;

/** Route 53's record types (Route 53 API reference, ResourceRecordSet). */
export const recordTypes: readonly string[] = [
  'A',
  'AAAA',
  'CAA',
  'CNAME',
  'DS',
  'HTTPS',
  'MX',
  'NAPTR',
  'NS',
  'PTR',
  'SOA',
  'SPF',
  'SRV',
  'SSHFP',
  'SVCB',
  'TLSA',
  'TXT',
];

/** Why the values are not acceptable; empty when they are. */
export function valueProblems(type: string, values: readonly string[]): string[] {
  const problems = values.flatMap((value) => valueProblem(type, value) ?? []);
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) problems.push(`Duplicate Resource Record: '${twice}'`);
  if (type === 'CNAME' && values.length > 1) {
    problems.push(
      'The request contains more than one value for a resource record set of type CNAME',
    );
  }
  return problems;
}

function valueProblem(type: string, value: string): string | undefined {
  switch (type) {
    case 'TXT':
    case 'SPF':
      return txtProblem(value);
    case 'A':
      return isIpv4(value)
        ? undefined
        : fatal('ARRDATAIllegalIPv4Address', 'Value is not a valid IPv4 address', value);
    case 'AAAA':
      return isIPv6(value)
        ? undefined
        : fatal('AAAARRDATAIllegalIPv6Address', 'Value is not a valid IPv6 address', value);
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return normalName(value)
        ? undefined
        : fatal('DomainNameIllegal', 'Domain name is illegal', value);
    default:
      return value === '' ? fatal('RRDATAEmpty', 'Value is empty', value) : undefined;
  }
}

// Strings of at most 255 characters in double quotes, one after the other; 4,000 in all (Route 53
// Developer Guide, TXT record type).
function txtProblem(value: string): string | undefined {
  const strings = value.match(/"(?:[^"\\]|\\[\s\S])*"/g) ?? [];
  const rest = value.replace(/"(?:[^"\\]|\\[\s\S])*"/g, '').trim();
  if (strings.length === 0 || rest !== '') {
    return fatal('InvalidCharacterString', 'Value should be enclosed in quotation marks', value);
  }
  if (value.length > LONGEST_TXT || strings.some((text) => stringLength(text) > LONGEST_STRING)) {
    return fatal('CharacterStringTooLong', 'Value is too long', value);
  }
  return undefined;
}

// Without its quotes, and with each escape as the one character it stands for.
function stringLength(text: string): number {
  return text.slice(1, -1).replace(/\\([0-7]{3}|[\s\S])/g, 'x').length;
}

function fatal(code: string, reason: string, value: string): string {
  const problem = `FATAL problem: ${code} (${reason}) encountered with '${value}'`;
  return `Invalid Resource Record: '${problem}'`;
}
