// Protocols and ports of security group rules. The codes are from the EC2 API reference, the texts
// from memory.

import { invalidParameterValue } from '../errors.ts';

const names: Readonly<Record<string, string>> = {
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '58': 'icmpv6',
};

/**
 * The protocol by its name, where it has one.
 * @throws AwsError for a name or number that is no protocol.
 */
export function protocolOf(text: string | undefined): string {
  const given = (text ?? '').toLowerCase();
  if (given === '-1' || given === 'all') return '-1';
  if (Object.values(names).includes(given)) return given;
  if (/^\d{1,3}$/.test(given) && Number(given) <= 255) return names[given] ?? given;
  throw invalidParameterValue(`Invalid value '${text ?? ''}' for IP protocol. Unknown protocol`);
}

interface Ports {
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
}

/**
 * The ports of a rule: none where the protocol has none.
 * @throws AwsError for TCP and UDP without ports, for ICMP types and ports that do not exist.
 */
export function portsOf(protocol: string, from?: number, to?: number): Ports {
  if (protocol === 'tcp' || protocol === 'udp') return portRange(from, to);
  if (protocol !== 'icmp' && protocol !== 'icmpv6') {
    // "Traffic is allowed on all ports, regardless of any ports that you specify" (API reference).
    return { fromPort: undefined, toPort: undefined };
  }
  const [type, code] = [from ?? -1, to ?? -1];
  if (type < -1 || type > 255 || code < -1 || code > 255) {
    throw invalidParameterValue(`ICMP type (${type}) or code (${code}) out of range`);
  }
  if (type === -1 && code !== -1) {
    throw invalidParameterValue('If the ICMP type is -1, the code must be -1 as well.');
  }
  return { fromPort: type, toPort: code };
}

function portRange(from: number | undefined, to: number | undefined): Ports {
  if (from === undefined || to === undefined) {
    throw invalidParameterValue(
      "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
    );
  }
  for (const port of [from, to]) {
    if (port < 0 || port > 65_535) {
      throw invalidParameterValue(`Invalid value '${port}' for portRange. It is out of range.`);
    }
  }
  if (from <= to) return { fromPort: from, toPort: to };
  throw invalidParameterValue(`Invalid TCP/UDP port range (${from}:${to})`);
}
