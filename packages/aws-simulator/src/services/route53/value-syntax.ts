// How each record type writes a value (Route 53 Developer Guide, ResourceRecordTypes). A check
// gives the reason why a value is not one, in Route 53's code and words. Those of A, AAAA, TXT and
// of names are from the field, the other types' from memory.

import { isIPv6 } from 'node:net';
import { isIpv4 } from '../../world/network/addresses.ts';
import { nameProblem } from '../../world/dns/dns-names.ts';

/** The reason, for example `DomainNameEmpty (Domain name is empty)`, or undefined. */
export type ValueCheck = (value: string) => string | undefined;

const LONGEST_STRING = 255;

/** The check of a record type; types that are not known take any value. */
export function valueSyntax(type: string): ValueCheck {
  return checks[type] ?? (() => undefined);
}

const number = (most: number): ValueCheck => matching(/^\d{1,10}$/, (text) => Number(text) <= most);
const octet = number(255);
const short = number(65_535);
const long = number(4_294_967_295);
const hex = matching(/^([0-9a-fA-F]{2})+$/);
const quoted = matching(/^"[^"\n]*"$/);

const checks: Readonly<Record<string, ValueCheck>> = {
  A: (value) =>
    isIpv4(value) ? undefined : 'ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)',
  AAAA: (value) =>
    isIPv6(value) ? undefined : 'AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)',
  CAA: fields('CAA', [octet, matching(/^[a-zA-Z0-9]+$/), quoted]),
  CNAME: domain,
  DS: fields('DS', [short, octet, octet, hex]),
  HTTPS: binding('HTTPS'),
  MX: fields('MX', [short, domain]),
  NAPTR: fields('NAPTR', [short, short, quoted, quoted, quoted, domainOrRoot]),
  NS: domain,
  PTR: domain,
  SOA: fields('SOA', [domain, domain, long, long, long, long, long]),
  SPF: strings,
  SRV: fields('SRV', [short, short, short, domainOrRoot]),
  SSHFP: fields('SSHFP', [octet, octet, hex]),
  SVCB: binding('SVCB'),
  TLSA: fields('TLSA', [octet, octet, octet, hex]),
  TXT: strings,
};

// Strings of at most 255 characters in double quotes, one after the other. Anything but printable
// ASCII is written as an octal escape.
function strings(value: string): string | undefined {
  const found = value.match(/"(?:[^"\\]|\\[\s\S])*"/g) ?? [];
  const rest = value.replace(/"(?:[^"\\]|\\[\s\S])*"/g, '').trim();
  if (found.length === 0 || rest !== '') {
    return 'InvalidCharacterString (Value should be enclosed in quotation marks)';
  }
  if (/[^\x20-\x7e\t]/.test(value)) {
    return 'UnsupportedCharacter (Value contains unsupported characters)';
  }
  if (found.some((text) => stringLength(text) > LONGEST_STRING)) {
    return 'CharacterStringTooLong (Value is too long)';
  }
  return undefined;
}

// Without its quotes, and with each escape as the one character it stands for.
function stringLength(text: string): number {
  return text.slice(1, -1).replace(/\\([0-7]{3}|[\s\S])/g, 'x').length;
}

function domain(value: string): string | undefined {
  if (/\s/.test(value)) return 'UnsupportedCharacter (Value contains unsupported characters)';
  return nameProblem(value);
}

// `.` says that there is no host (RFC 2782, RFC 9460).
function domainOrRoot(value: string): string | undefined {
  return value === '.' ? undefined : domain(value);
}

function matching(pattern: RegExp, fits: (text: string) => boolean = () => true): ValueCheck {
  return (text) =>
    pattern.test(text) && fits(text) ? undefined : 'InvalidField (Value has an invalid field)';
}

/** Fields with blanks between them; a quoted one may contain blanks. */
function fields(type: string, wanted: readonly ValueCheck[]): ValueCheck {
  return (value) => {
    const given = fieldsOf(value);
    if (given.length !== wanted.length) {
      return `${type}RRDATAInvalidFieldCount (Value must have ${wanted.length} fields)`;
    }
    return firstProblem(type, given, wanted);
  };
}

/** SVCB and HTTPS: priority, target, then parameters, of which an alias (priority 0) has none. */
function binding(type: string): ValueCheck {
  const parameter = matching(/^[a-z0-9-]+(=("[^"]*"|\S+))?$/);
  return (value) => {
    const [priority = '', target = '', ...parameters] = fieldsOf(value);
    if (Number(priority) === 0 && parameters.length > 0) {
      return `${type}RRDATAInvalidParameters (Priority 0 cannot have parameters)`;
    }
    const wanted = [short, domainOrRoot, ...parameters.map(() => parameter)];
    return firstProblem(type, [priority, target, ...parameters], wanted);
  };
}

function firstProblem(
  type: string,
  given: readonly string[],
  wanted: readonly ValueCheck[],
): string | undefined {
  for (const [index, check] of wanted.entries()) {
    const problem = check(given[index] ?? '');
    if (problem?.startsWith('InvalidField')) {
      return `${type}RRDATAInvalidField (Field ${index + 1} is not valid)`;
    }
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function fieldsOf(value: string): string[] {
  return value.match(/[^\s"]*"[^"]*"|\S+/g) ?? [];
}
