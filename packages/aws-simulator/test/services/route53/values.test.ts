// What the values of each record type may look like, and what Route 53 says when they do not.

import { describe, expect, test } from 'vitest';
import { valueProblems } from '../../../src/services/route53/record-values.ts';

const long = 'x'.repeat(255);

describe('a value is taken', () => {
  const taken: [type: string, value: string][] = [
    ['A', '192.0.2.255'],
    ['AAAA', '2001:db8::1'],
    ['CAA', '0 issue "ca.example.net; policy=ev"'],
    ['CAA', '128 iodef "mailto:a@example.com"'],
    ['CNAME', 'host.example.com.'],
    ['DS', '12345 3 1 123456789abcdef67890123456789abcdef67890'],
    ['HTTPS', '16 . alpn="h3,h2" port=443 no-default-alpn'],
    ['HTTPS', '0 host.example.com'],
    ['MX', '10 mail.example.com'],
    ['NAPTR', '100 50 "u" "E2U+sip" "!^.*$!sip:a@example.com!" .'],
    ['NAPTR', '100 50 "" "" "" target.example.com'],
    ['NS', 'ns-1.example.com'],
    ['PTR', 'host.example.com'],
    ['SOA', 'ns.example.com. hostmaster.example.com. 1 7200 900 1209600 86400'],
    ['SPF', '"v=spf1 ip4:192.0.2.0/24 -all"'],
    ['SRV', '10 5 80 host.example.com'],
    ['SRV', '0 0 0 .'],
    ['SSHFP', '4 2 123456789abcdef67890123456789abcdef67890123456789abcdef123456789'],
    ['SVCB', '1 host.example.com ipv4hint=192.0.2.1'],
    ['TLSA', '3 1 1 0123456789abcdef'],
    ['TXT', `"${long}" "${long}"`],
    ['TXT', '"a \\"quote\\", a \\\\ and an octal \\303\\244"'],
    ['TXT', '""'],
  ];
  test.each(taken)('%s %s', (type, value) => {
    expect(valueProblems(type, [value])).toEqual([]);
  });
});

describe('a value is refused', () => {
  const refused: [type: string, value: string, code: string][] = [
    ['A', '192.0.2.256', 'ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)'],
    ['A', 'host.example.com', 'ARRDATAIllegalIPv4Address'],
    ['AAAA', '192.0.2.1', 'AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)'],
    ['AAAA', '2001:db8::g', 'AAAARRDATAIllegalIPv6Address'],
    ['CAA', '0 issue ca.example.net', 'CAARRDATAInvalidField'],
    ['CAA', '256 issue "x"', 'CAARRDATAInvalidField'],
    ['CAA', '0 issue', 'CAARRDATAInvalidFieldCount'],
    ['CNAME', '', 'DomainNameEmpty (Domain name is empty)'],
    ['CNAME', 'a..b', 'DomainLabelEmpty (Domain label is empty)'],
    ['CNAME', `${'x'.repeat(64)}.example`, 'DomainLabelTooLong (Domain label is too long)'],
    ['CNAME', 'a b', 'UnsupportedCharacter (Value contains unsupported characters)'],
    ['DS', '1 2 3 xyz', 'DSRRDATAInvalidField'],
    ['HTTPS', '0 . alpn=h2', 'HTTPSRRDATAInvalidParameters'],
    ['MX', 'mail.example.com', 'MXRRDATAInvalidFieldCount'],
    ['MX', '65536 mail.example.com', 'MXRRDATAInvalidField'],
    ['MX', '10 a..b', 'DomainLabelEmpty'],
    ['NAPTR', '100 50 u "x" "y" .', 'NAPTRRRDATAInvalidField'],
    ['NS', '.', 'DomainNameEmpty'],
    ['SOA', 'ns.example.com. hostmaster.example.com. 1 2 3 4', 'SOARRDATAInvalidFieldCount'],
    ['SRV', '1 2 host.example.com', 'SRVRRDATAInvalidFieldCount'],
    ['SSHFP', '1 2 abc', 'SSHFPRRDATAInvalidField'],
    ['SVCB', 'one host.example.com', 'SVCBRRDATAInvalidField'],
    ['TLSA', '3 1 1', 'TLSARRDATAInvalidFieldCount'],
    ['TXT', 'x', 'InvalidCharacterString (Value should be enclosed in quotation marks)'],
    ['TXT', '"x" y', 'InvalidCharacterString'],
    ['TXT', '"x', 'InvalidCharacterString'],
    ['TXT', `"${long}y"`, 'CharacterStringTooLong (Value is too long)'],
    ['TXT', '"ä"', 'UnsupportedCharacter'],
  ];
  test.each(refused)('%s %s', (type, value, code) => {
    const [problem, ...others] = valueProblems(type, [value]);
    expect(problem).toContain(`Invalid Resource Record: 'FATAL problem: ${code}`);
    expect(problem).toContain(`encountered with '${value}''`);
    expect(others).toEqual([]);
  });
});

test('when there are too many values for the type, or for any record, they are refused', () => {
  const names = ['a.example', 'b.example'];
  expect(valueProblems('CNAME', names)).toHaveLength(1);
  expect(valueProblems('NS', names)).toEqual([]);
  const strings = Array.from({ length: 401 }, (_, index) => `"${index}"`);
  expect(valueProblems('TXT', strings)).toEqual([expect.stringContaining('limit of 400')]);
  expect(valueProblems('TXT', strings.slice(1))).toEqual([]);
  expect(valueProblems('TXT', ['"x"', '"y"', '"x"'])).toEqual([
    'Duplicate Resource Record: \'"x"\'',
  ]);
});
