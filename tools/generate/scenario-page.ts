// docs/aws-simulator/scenario.md, from the schema of a scenario: what a world may begin with.

import * as identity from '../../packages/aws-simulator/src/world/accounts/identity-spec.ts';
import { scenarioSchema } from '../../packages/aws-simulator/src/scenario/scenario.ts';
import {
  accountSchema,
  loadBalancerSchema,
  roleSchema,
  subnetSchema,
  userSchema,
  vpcSchema,
} from '../../packages/aws-simulator/src/world/world-spec.ts';
import { escaped, table, written } from './table.ts';

/** A customer whose deployer may look at everything, and connect to one vendor only. */
export const example = {
  $schema: 'http://127.0.0.1:4566/_simulator/scenario/schema',
  accounts: [
    {
      id: '111111111111',
      hostedZones: ['vendor.example'],
      loadBalancers: [{ name: 'api', region: 'us-east-1' }],
    },
    {
      id: '222222222222',
      vpcs: [{ region: 'us-east-1', zoneIds: ['use1-az1', 'use1-az2'] }],
      users: [
        {
          name: 'deployer',
          accessKeyId: 'AKIADEPLOYER',
          secret: 'a-secret',
          policies: [
            {
              Version: '2012-10-17',
              Statement: [
                { Effect: 'Allow', Action: 'ec2:Describe*', Resource: '*' },
                {
                  Effect: 'Allow',
                  Action: 'ec2:CreateVpcEndpoint',
                  Resource: '*',
                  Condition: { StringEqualsIfExists: { 'ec2:VpceServiceOwner': '111111111111' } },
                },
              ],
            },
          ],
        },
      ],
    },
  ],
};

/** What of a zod schema a row is made of. */
export interface Member {
  readonly description?: string | undefined;
  readonly def: {
    readonly type: string;
    readonly innerType?: Member;
    readonly element?: Member;
    readonly entries?: Readonly<Record<string, string>>;
    readonly options?: readonly Member[];
    readonly values?: readonly unknown[];
  };
}

interface ObjectSchema {
  readonly shape: Readonly<Record<string, object>>;
}

/** Every member of a scenario file, with what it is when it is left out. */
export function scenarioPage(): string {
  return `${written('packages/aws-simulator/src/scenario and src/world')}
# Scenario files of the AWS simulator

A scenario is what a simulator begins with: \`--scenario FILE\`, or \`startSimulator(await
readScenario(file))\`. All members may be left out, but those that are marked *needed*. What is not
a member is refused. \`GET /_simulator/scenario/schema\` answers the same as a JSON Schema, which
editors complete with.

\`\`\`json
${laidOut(example)}
\`\`\`

${section('A scenario', scenarioSchema)}

[Delays, knobs, quotas and request rates](settings.md) and [faults](admin-api.md#faults) have their
own pages. A flag goes before what the file says. \`POST /_simulator/accounts\` adds an account to a
simulator that runs.

${section('An account', accountSchema)}

${section('A VPC', vpcSchema)}

${section('A subnet', subnetSchema)}

${section('A load balancer', loadBalancerSchema)}

It has a listener on port 443 and a healthy target in each zone.

${section('A user', userSchema)}

${section('A role', roleSchema)}

${section('A managed policy', identity.managedPolicySchema)}
`;
}

/** How a row says that its member cannot be left out. */
export function mark({ def }: Member): string {
  return ['optional', 'default'].includes(def.type) ? '' : ' *Needed.*';
}

function section(title: string, { shape }: ObjectSchema): string {
  const rows = Object.entries(shape).map(([name, schema]) => {
    const member = schema as Member;
    const text = escaped(member.description ?? '') + mark(member);
    return [`\`${name}\``, kind(member), text];
  });
  return `## ${title}\n\n${table(['member', 'is', 'what it says'], rows)}`;
}

function kind({ def }: Member): string {
  const { type, innerType, element, entries, options, values } = def;
  if (innerType) return kind(innerType);
  if (element) return `list of ${many[element.def.type] ?? 'objects'}`;
  if (entries) return Object.keys(entries).map(code).join(', ');
  if (values) return values.map(code).join(', ');
  if (options) return [...new Set(options.map(kind))].join(', ');
  return words[type] ?? 'an object';
}

const words: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  boolean: '`true`, `false`',
};

const many: Readonly<Record<string, string>> = { string: 'texts' };

function code(value: unknown): string {
  return `\`${String(value)}\``;
}

/** JSON, in which what fits into a line is in one. */
function laidOut(value: unknown, indent = ''): string {
  const flat = JSON.stringify(value, null, 1)
    .replaceAll(/\n\s*/g, ' ')
    .replaceAll('[ ', '[')
    .replaceAll(' ]', ']');
  if (indent.length + flat.length <= 90 || typeof value !== 'object' || value === null) return flat;
  const deeper = `${indent}  `;
  const inner = Array.isArray(value)
    ? value.map((item) => deeper + laidOut(item, deeper))
    : Object.entries(value).map(([name, one]) => `${deeper}"${name}": ${laidOut(one, deeper)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return `${open}\n${inner.join(',\n')}\n${indent}${close}`;
}
