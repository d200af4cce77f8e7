// docs/aws-simulator/settings.md, admin-api.md and scenario.md, from the simulator's own ledgers:
// what can be turned, what can be done to it while it runs, what it can begin with.

import { routes } from '../../packages/aws-simulator/src/admin/routes.ts';
import {
  ec2Actions,
  ec2Mutating,
  ec2Reading,
  ec2Unfiltered,
  organizationLimit,
  wholeServices,
} from '../../packages/aws-simulator/src/throttling/limits.ts';
import type { Limit } from '../../packages/aws-simulator/src/throttling/token-bucket.ts';
import { type FaultSpec, faultSchema } from '../../packages/aws-simulator/src/trouble/fault.ts';
import { delayNames, delayTable } from '../../packages/aws-simulator/src/world/settings/delays.ts';
import { knobsSchema } from '../../packages/aws-simulator/src/world/settings/knobs.ts';
import { quotasSchema } from '../../packages/aws-simulator/src/world/settings/quotas.ts';
import type { Generator } from './generation.ts';
import { mark, type Member, scenarioPage } from './scenario-page.ts';
import { escaped, table, written } from './table.ts';

export const generator: Generator = {
  name: 'simulator pages',
  outputs: async () =>
    new Map([
      ['docs/aws-simulator/settings.md', settingsPage()],
      ['docs/aws-simulator/admin-api.md', adminPage()],
      ['docs/aws-simulator/scenario.md', scenarioPage()],
    ]),
};

/** What AWS does not document, and its rates and quotas: every value that can be turned. */
export function settingsPage(): string {
  return `${written('packages/aws-simulator/src/world and src/throttling')}
# Settings of the AWS simulator

Each of these can be given in a [scenario file](scenario.md), and changed while the simulator runs:
request rates with \`PUT /_simulator/throttling\`, all else with \`PATCH /_simulator/settings\`, for
example \`{"knobs": {"acceptAfterReject": "reconnects"}, "delays": {"endpointAvailable": 0}}\`.

## Knobs

What AWS does here is not documented, or is documented and contradicted. Do not depend on a default:
turn the knob in a test, and see that your code lives with both.

${table(['knob', 'default', 'or', 'what it decides'], knobRows())}

## Delays

In milliseconds. \`--profile compressed\` is the default.

${table(['delay', 'aws', 'compressed', 'what it is'], delayRows())}

## Quotas

${table(['quota', 'default', 'what it limits'], quotaRows())}

## Request rates

Token buckets, per account and Region, counted with \`--throttling aws\` or \`--profile aws\`. EC2
answers \`RequestLimitExceeded\` (503) and the others \`Throttling\` (400).

${table(['calls', 'burst', 'per second'], rateRows())}
`;
}

/** One of every kind. */
export const faultExamples: readonly FaultSpec[] = [
  { name: 'no answer', match: { action: 'CreateVpcEndpoint' }, times: 1, answer: 'silence' },
  { name: 'an error', match: { service: 'ec2' }, answer: { code: 'InternalError', status: 500 } },
  { name: 'a proxy', answer: { page: '<html>Bad gateway</html>', status: 502 }, performed: false },
  { name: 'a bad item', match: { resource: 'vpce-0a1b' }, items: { code: 'InternalError' } },
  { name: 'old news', match: { mutating: false }, staleMs: 60_000, every: 2 },
  { name: 'a slow line', match: { action: 'Describe*' }, delayMs: 500, bytesPerSecond: 4000 },
];

/** Every admin path, and what a fault may say. */
export function adminPage(): string {
  const paths = routes.map(({ method, path, about }) => [
    `\`${method} /_simulator/${path}\``,
    escaped(about),
  ]);
  return `${written('packages/aws-simulator/src/admin and src/trouble/fault.ts')}
# Admin paths of the AWS simulator

They take and answer JSON (\`content-type: application/json\`), need no signature, and are never
struck by faults. \`GET /_simulator/\` lists them.

${table(['path', 'what it does'], paths)}

## What they take

A member that is not listed is refused.

${table(['path', 'member', 'what it says'], bodyRows())}

Faults are [below](#faults), [accounts](scenario.md#an-account) and [settings](settings.md) have
pages.

## Faults

A fault says which calls it strikes, when, and what becomes of them. At most one strikes a call: the
oldest that matches. \`GET /_simulator/faults\` counts how many calls it \`matched\` and \`struck\`.
It needs a name; all else may be left out.

\`\`\`json
${faultExamples.map((one) => JSON.stringify(one)).join('\n')}
\`\`\`

${table(['member', 'what it says'], faultRows())}
`;
}

function knobRows(): string[][] {
  return Object.entries(knobsSchema.shape).map(([name, knob]) => {
    const { innerType, defaultValue } = knob.def;
    const code = (value: unknown) => `\`${String(value)}\``;
    const values = 'options' in innerType ? innerType.options : [true, false];
    const others = values.filter((value) => value !== defaultValue).map(code);
    const choice = innerType.type === 'string' ? 'any text' : others.join(', ');
    return [code(name), code(defaultValue), choice, about(knob)];
  });
}

function delayRows(): string[][] {
  return delayNames.map((name) => {
    const { aws, compressed, about: text } = delayTable[name];
    return [`\`${name}\``, number(aws), number(compressed), escaped(text)];
  });
}

function quotaRows(): string[][] {
  return Object.entries(quotasSchema.shape).map(([name, quota]) => [
    `\`${name}\``,
    number(quota.def.defaultValue),
    about(quota),
  ]);
}

function rateRows(): string[][] {
  const row = (calls: string, { bucket, refill }: Limit) => [calls, number(bucket), String(refill)];
  return [
    ...Object.entries(ec2Actions).map(([action, limit]) => row(`\`ec2:${action}\``, limit)),
    row('EC2, other actions that change something, each', ec2Mutating),
    row('EC2, other actions that read, each', ec2Reading),
    row('EC2, DescribeNetworkInterfaces and DescribeSecurityGroups unfiltered', ec2Unfiltered),
    row('PrivateLink actions of an organisation, together (an assumption)', organizationLimit),
    ...Object.entries(wholeServices).map(([service, limit]) =>
      row(`\`${service}\`, all actions together`, limit),
    ),
  ];
}

function bodyRows(): string[][] {
  return routes.flatMap(({ method, path, takes }) =>
    Object.entries(takes?.shape ?? {}).map(([name, schema]) => [
      `\`${method} ${path}\``,
      `\`${name}\``,
      about(schema as { readonly description?: string }) + mark(schema as Member),
    ]),
  );
}

function faultRows(): string[][] {
  const members = Object.entries(faultSchema.shape).filter(([name]) => name !== 'match');
  const match = Object.entries(faultSchema.shape.match.unwrap().shape);
  return [
    ...match.map(([name, schema]) => [`\`match.${name}\``, about(schema)]),
    ...members.map(([name, schema]) => [`\`${name}\``, about(schema)]),
  ];
}

function about(schema: { readonly description?: string | undefined }): string {
  return escaped(schema.description ?? '');
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
