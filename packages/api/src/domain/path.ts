// The path from a customer's client to the vendor's targets, hop by hop, and as a picture in text
// that stands in a terminal, a mail or a ticket: 80 columns of ASCII.

import type { Check, CheckResult } from './check.ts';
import type { Actor } from './errors.ts';

export const hopNames = [
  'client',
  'dns',
  'endpoint',
  'privatelink',
  'service',
  'load_balancer',
  'target',
] as const;
/**
 * Where on the path: the customer's `client`, the `dns` that it asks, the `endpoint` with its
 * security groups, `privatelink` in between, where connections are let in, and the vendor's
 * `service`, `load_balancer` and `target`.
 */
export type HopName = (typeof hopNames)[number];

export interface Hop {
  name: HopName;
  side: 'customer' | 'aws' | 'vendor';
  /** The worst of its checks; `unknown` before `warn`, so that it never looks like a `pass`. */
  result: CheckResult;
  evidence: string;
  /** Whether it is the one that is to be mended first. */
  isBroken: boolean;
}

export interface Path {
  hops: Hop[];
  text: string;
}

/** Which hop each check is about, in the order of the checks. */
export const hopOfCheck: Record<string, HopName> = {
  account: 'privatelink',
  grant: 'privatelink',
  principal: 'privatelink',
  service: 'service',
  acceptance: 'privatelink',
  connection: 'privatelink',
  private_dns: 'dns',
  endpoint: 'endpoint',
  zones: 'endpoint',
  vpc_dns: 'dns',
  endpoint_dns: 'dns',
  dns: 'dns',
  security_groups: 'endpoint',
  listener: 'load_balancer',
  targets: 'target',
  tcp: 'endpoint',
  tls: 'target',
  certificate: 'target',
  traffic: 'privatelink',
};

/** What stands at the two ends. */
export interface PathEnds {
  customer: string;
  vendor: string;
  /** What is known of where clients are. */
  client: { result: CheckResult; evidence: string };
  /** Whose turn it is at the broken hop. */
  turn: Actor | null;
}

/** @param broken the check that is to be mended first, if any fails */
export function pathOf(checks: readonly Check[], broken: Check | null, ends: PathEnds): Path {
  const brokenHop = broken === null ? null : hopOf(broken);
  const hops = hopNames.map((name): Hop => {
    const own = checks.filter((check) => hopOf(check) === name);
    const { result, evidence } = name === 'client' ? ends.client : worst(own);
    const isBroken = name === brokenHop;
    return {
      name,
      side: sides[name],
      result,
      evidence: isBroken ? broken!.evidence : evidence,
      isBroken,
    };
  });
  return { hops, text: picture(hops, ends) };
}

/** Refused is the answer of a load balancer, which stands where the endpoint's bytes come out. */
export function hopOf({ name, evidence }: Pick<Check, 'name' | 'evidence'>): HopName {
  if (name === 'tcp' && evidence.includes(' refused')) return 'load_balancer';
  return hopOfCheck[name] ?? 'privatelink';
}

const sides: Record<HopName, Hop['side']> = {
  client: 'customer',
  dns: 'customer',
  endpoint: 'customer',
  privatelink: 'aws',
  service: 'vendor',
  load_balancer: 'vendor',
  target: 'vendor',
};

const severity: readonly CheckResult[] = ['fail', 'unknown', 'warn', 'pass', 'skipped'];

/** Of several that are as bad, the last one of those that pass, as it says the most. */
function worst(checks: readonly Check[]): Pick<Check, 'result' | 'evidence'> {
  for (const result of severity) {
    const own = checks.filter((check) => check.result === result);
    const told = result === 'pass' ? own.at(-1) : own[0];
    if (told) return told;
  }
  return { result: 'unknown', evidence: 'Nothing was looked at.' };
}

const width = 80;
const marks: Record<CheckResult, string> = {
  pass: '[ ok ]',
  warn: '[warn]',
  fail: '[FAIL]',
  unknown: '[ ?? ]',
  skipped: '[ -- ]',
};
const labels: Record<HopName, string> = {
  client: 'client',
  dns: 'DNS',
  endpoint: 'endpoint',
  privatelink: 'PrivateLink',
  service: 'service',
  load_balancer: 'load balancer',
  target: 'target',
};
const indent = ' '.repeat(25);

function picture(hops: readonly Hop[], { customer, vendor, turn }: PathEnds): string {
  const lines = [...wrap(`CUSTOMER  ${customer}`, '          ')];
  for (const [index, hop] of hops.entries()) {
    if (index > 0) lines.push(hops[index - 1]!.isBroken ? '     X' : '     |');
    if (hop.name === 'service') lines.push(...wrap(`VENDOR  ${vendor}`, '        '), '     |');
    lines.push(...hopLines(hop, turn));
  }
  return lines.join('\n');
}

function hopLines({ name, result, evidence, isBroken }: Hop, turn: Actor | null): string[] {
  const head = `  ${marks[result]}  ${labels[name].padEnd(13)}  `;
  const [first = '', ...rest] = wrap(evidence, '', width - indent.length);
  const lines = [head + first, ...rest.map((line) => indent + line)];
  if (isBroken) lines.push(`${indent}<== BROKEN HERE${turn === null ? '' : `, turn: ${turn}`}`);
  return lines.map((line) => line.trimEnd());
}

/** Words that are longer than a line are cut, so that no line is. */
function wrap(text: string, hang: string, columns = width): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((long) => cut(long, columns - hang.length))) {
    const begun = line === '' ? (lines.length === 0 ? '' : hang) : `${line} `;
    if (line !== '' && (begun + word).length > columns) {
      lines.push(line);
      line = hang + word;
    } else line = begun + word;
  }
  return [...lines, line];
}

function cut(word: string, columns: number): string[] {
  const parts: string[] = [];
  for (let rest = word; ; rest = rest.slice(columns)) {
    if (rest.length <= columns) return [...parts, rest];
    parts.push(rest.slice(0, columns));
  }
}
