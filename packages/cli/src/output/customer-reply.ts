// A diagnosis as Markdown for a reply to the customer. Of the vendor's side it says what holds and
// what does not, and never why: names of others, of roles and of targets may be in its evidence.

import type { Diagnosis, DiagnosisCheck } from '@sallyport/sdk';
import { disarm } from './disarm.ts';

/** What is seen at these is the customer's own: its clients, its DNS, its endpoint. */
const CUSTOMERS_HOPS = new Set(['client', 'dns', 'endpoint']);
/** These go by the vendor's side although they are about the customer's. */
const VENDORS_CHECKS = new Set(['private_dns']);

const words: Record<string, string> = {
  account: 'Your AWS account is known and proven',
  grant: 'You may use the service, from this account and Region',
  principal: 'Your account is let in',
  service: 'Our service is available',
  acceptance: 'Your endpoint is accepted',
  connection: 'AWS shows your endpoint as available',
  private_dns: 'Our private DNS name is verified',
  zones: 'Your endpoint is in zones of our service',
  vpc_dns: 'DNS is on in your VPC',
  endpoint_dns: 'Private DNS is on at your endpoint',
  dns: 'The name leads to your endpoint',
  security_groups: 'Security groups let your clients in',
  listener: 'Our load balancer listens on the port',
  targets: 'Our servers are healthy',
  tcp: 'TCP connects',
  tls: 'TLS is agreed on',
  certificate: 'The certificate is for the name, in its time, and trusted',
  traffic: 'Traffic flows',
};

const results: Record<string, string> = {
  pass: '✅ yes',
  warn: '⚠️ look at it',
  fail: '❌ no',
  unknown: '❔ not known',
};

export function customerReply(diagnosis: Diagnosis): string {
  const { vpc_endpoint_id: endpoint, works, checks, observed_at: at } = diagnosis;
  const shown = checks.filter(({ result, name }) => result !== 'skipped' && name in words);
  const lines = [
    `### ${code(endpoint)}: ${verdicts[works] ?? verdicts.unknown}`,
    '',
    '| | |',
    '|---|---|',
    ...shown.map((check) => `| ${words[check.name]} | ${resultOf(check)} |`),
    '',
    ...nextLines(diagnosis),
    ...(at === null ? [] : ['', `As AWS showed it at ${at}.`]),
  ];
  return `${lines.map(disarm).join('\n')}\n`;
}

const verdicts: Record<string, string> = {
  yes: 'it works, by all that we can see',
  no: 'it does not work yet',
  unknown: 'we cannot tell yet whether it works',
};

const REPORT =
  '* Run the script that we send you where your clients are: it reports what only your side sees.';

function resultOf(check: DiagnosisCheck): string {
  const { result, evidence } = check;
  const word = results[result] ?? results.unknown!;
  const isTold = isCustomers(check) && (result === 'fail' || result === 'warn');
  return isTold ? `${word}: ${escaped(evidence)}` : word;
}

function isCustomers({ hop, name }: DiagnosisCheck): boolean {
  return CUSTOMERS_HOPS.has(hop) && !VENDORS_CHECKS.has(name);
}

/** Only what is the customer's to do, and with tools that it has. */
function nextLines({ checks, turn }: Diagnosis): string[] {
  const own = checks.flatMap((check) => {
    const { next, result } = check;
    const isOpen = result === 'fail' || result === 'warn';
    if (!isOpen || next?.actor !== 'customer' || !isCustomers(check)) return [];
    const command =
      next.command === null || next.command.startsWith('sallyport ') ? null : next.command;
    return [
      `* ${escaped(next.action)}`,
      ...(command === null ? [] : ['', '  ```sh', `  ${command.replaceAll('`', "'")}`, '  ```']),
    ];
  });
  // What nobody has looked at, one script looks at; in vain before AWS lets anything through.
  const isUnseen = checks.some((check) => isCustomers(check) && check.result === 'unknown');
  if (isUnseen && turn !== 'vendor' && turn !== 'aws') own.push(REPORT);
  const ours = turn === 'vendor' ? ['It is our turn, and we are on it.'] : [];
  if (own.length > 0) return ['**What you can do:**', '', ...new Set(own), ...ours];
  if (ours.length > 0) return ours;
  if (turn === 'aws') return ['AWS is at it; there is nothing to do but to wait.'];
  return turn === 'nobody' ? ['There is nothing to do.'] : ['We will come back to you.'];
}

/** What may come from others' texts makes no markup. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|#~]/g, String.raw`\$&`).replaceAll(/\s+/g, ' ');
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}
