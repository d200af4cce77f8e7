// The report as pages for readers who know AWS and not this code.

import type { MemberReport, OperationReport, OutputReport, Report } from './report.ts';

export interface Page {
  /** Below docs/aws-simulator. */
  readonly file: string;
  readonly text: string;
}

/** The page with the totals and everything that is missing, and a page for each service. */
export function pagesOf(report: Report): Page[] {
  const services = [...new Set(report.operations.map(({ service }) => service))];
  return [
    { file: 'conformance.md', text: overview(report, services) },
    ...services.map((service) => ({
      file: `conformance/${service}.md`,
      text: servicePage(service, operationsOf(report, service)),
    })),
  ];
}

const written = `<!-- Written by the tests. To write it anew:
     CONFORMANCE=write npx vitest run packages/aws-simulator/test/conformance -->`;

function overview(report: Report, services: readonly string[]): string {
  return `# What the AWS simulator has of AWS

${written}

Made by running, not by hand: for each input member of each simulated operation, a test sets it with
the AWS SDK and reads what it did through another operation, or sees it refused by name. Each of
those tests is run again with the member left out, and must then fail. An output member counts as
seen when an answer to any of these calls had it.

${totals(report, services)}

A documented filter, such as \`Filters[vpc-id]\`, counts as an input member. Structures are counted
by their members.

## Input members that are not covered

${orNothing(uncovered(report))}

## Output members that were never seen

Those without a reason are missing; the others are not there because what they are about is not in
the simulated world.

${orNothing(missing(report))}

## Operations that are not simulated

Of the operations that PrivateLink is made of. They answer \`UnsupportedOperation\`.

${orNothing(report.absent.map(({ service, name }) => `* ${service}: ${name}`))}

## Where AWS's model and the SDK's schemas differ

The simulator reads and writes by the schemas of the AWS SDK; the members above are from AWS's
model. Where only one of the two has a member, or they do not agree on it:

${orNothing(disagreements(report))}
`;
}

function totals(report: Report, services: readonly string[]): string {
  const rows = services.map((service) => {
    const operations = operationsOf(report, service);
    const absent = report.absent.filter((one) => one.service === service).length;
    return row([`[${service}](conformance/${service}.md)`, ...counts(operations, absent)]);
  });
  return [
    row(['', 'operations', 'input members', '', '', 'output members', '', '']),
    row(['---', ...Array.from({ length: 7 }, () => '--:')]),
    row([
      '',
      '',
      'have an effect',
      'refused by name',
      'not covered',
      'seen',
      'never, with a reason',
      'missing',
    ]),
    ...rows,
    row(['**all**', ...counts(report.operations, report.absent.length)]),
  ].join('\n');
}

function counts(operations: readonly OperationReport[], absent: number): string[] {
  const members = operations.flatMap((operation) => operation.members);
  const outputs = operations.flatMap((operation) => operation.outputs);
  const withStatus = (status: MemberReport['status']) =>
    members.filter((member) => member.status === status).length;
  const numbers = [
    withStatus('effect'),
    withStatus('refused'),
    withStatus('not covered'),
    outputs.filter(({ seen }) => seen).length,
    outputs.filter(({ seen, reason }) => !seen && reason !== undefined).length,
    outputs.filter(isMissing).length,
  ];
  return [`${operations.length} of ${operations.length + absent}`, ...numbers.map(String)];
}

function uncovered({ operations }: Report): string[] {
  return operations.flatMap(({ service, name, members }) => {
    const open = members.filter(({ status }) => status === 'not covered');
    return grouped(open, ({ detail }) => detail).map(
      ([detail, group]) => `* ${service}: ${name} ${codes(group)}: ${detail}`,
    );
  });
}

function missing({ operations }: Report): string[] {
  const all = operations.flatMap(({ service, name, outputs }) =>
    outputs.filter(({ seen }) => !seen).map((output) => ({ ...output, service, name })),
  );
  const byReason = grouped(all, ({ reason }) => reason ?? '');
  return byReason
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([reason, group]) => [
      `* ${reason === '' ? '**missing**' : reason}`,
      ...grouped(group, ({ service, name }) => `${service}: ${name}`).map(
        ([operation, members]) => `  * ${operation} ${codes(members)}`,
      ),
    ]);
}

function disagreements({ operations }: Report): string[] {
  return operations.flatMap(({ service, name, differences }) =>
    differences.map((line) => `* ${service}: ${name}: ${line}`),
  );
}

function servicePage(service: string, operations: readonly OperationReport[]): string {
  return `# ${service}: every member of every simulated operation

${written}

How this page is made is told in [the overview](../conformance.md).

${operations.map(operationSection).join('\n')}`;
}

function operationSection({ name, members, outputs }: OperationReport): string {
  const inputs = [
    row(['input member', 'what the run showed']),
    row(['---', '---']),
    ...members.map((member) => row([`\`${member.path}\``, shown(member)])),
  ];
  const seen = outputs.filter((output) => output.seen);
  const never = outputs.filter((output) => !output.seen);
  return `## ${name}

${members.length === 0 ? 'It has no input members.' : inputs.join('\n')}

${outputs.length === 0 ? 'It has no output members.' : `Seen: ${codes(seen) || 'nothing'}.`}
${never.length === 0 ? '' : `\nNever seen: ${never.map(neverSeen).join(', ')}.\n`}`;
}

function shown({ status, detail }: MemberReport): string {
  if (status === 'effect') return `has an effect, read through ${detail.replace(/^.*:/, '')}`;
  if (status === 'refused') return `refused by name: “${detail}”`;
  return `**not covered**: ${detail}`;
}

function neverSeen({ path, reason }: OutputReport): string {
  return `\`${path}\` (${reason ?? '**missing**'})`;
}

function operationsOf({ operations }: Report, service: string): OperationReport[] {
  return operations.filter((operation) => operation.service === service);
}

function isMissing({ seen, reason }: OutputReport): boolean {
  return !seen && reason === undefined;
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): [string, T[]][] {
  return [...Map.groupBy(items, keyOf)];
}

function codes(members: readonly { readonly path: string }[]): string {
  return members.map(({ path }) => `\`${path}\``).join(', ');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function orNothing(lines: readonly string[]): string {
  return lines.length === 0 ? 'Nothing.' : lines.join('\n');
}
