// Every simulated operation, asked for by roles that may do nothing, or only what the product does.
// Which refusal comes after the permission does not matter here.

import * as monitoring from '@aws-sdk/client-cloudwatch';
import * as ec2 from '@aws-sdk/client-ec2';
import * as elb from '@aws-sdk/client-elastic-load-balancing-v2';
import * as route53 from '@aws-sdk/client-route-53';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as sts from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { requiredMembers, type Schema } from '../../../src/protocols/schema.ts';
import { createCatalog } from '../../../src/services/catalog.ts';
import { CUSTOMER, type Lab, startLab } from '../../lab.ts';
import { allowing, asLimited, limitedVendor } from '../../roles.ts';

const modules = { ec2, elasticloadbalancing: elb, monitoring, route53, sns, sqs, sts };
type Name = keyof typeof modules;
const denials = {
  ec2: 'UnauthorizedOperation',
  elasticloadbalancing: 'AccessDenied',
  monitoring: 'AccessDenied',
  route53: 'AccessDenied',
  sns: 'AuthorizationErrorException',
  sqs: 'AccessDenied',
  sts: 'AccessDenied',
};

interface Sender {
  send(command: never): Promise<unknown>;
}

const catalog = createCatalog();
const operations = (Object.keys(modules) as Name[]).flatMap((service) =>
  Object.keys(catalog[service].operations).map((name) => ({ service, name })),
);

/** Which of the operations the role is refused for lack of permission. */
async function deniedOf(lab: Lab): Promise<string[]> {
  const limited = await asLimited(lab);
  const clients = { ...limited, elasticloadbalancing: limited.elb, monitoring: limited.cloudwatch };
  const outcomes = operations.map(async ({ service, name }) => {
    const Command = (modules[service] as Record<string, unknown>)[`${name}Command`] as new (
      input: object,
    ) => never;
    const schema = catalog[service].model.get(name)?.input as Schema;
    try {
      await (clients[service] as Sender).send(new Command(sample(schema)));
      return [];
    } catch (error) {
      return (error as Error).name === denials[service] ? [`${service}:${name}`] : [];
    }
  });
  return (await Promise.all(outcomes)).flat();
}

/** The others. */
async function openOf(lab: Lab): Promise<string[]> {
  const denied = new Set(await deniedOf(lab));
  const all = operations.map(({ service, name }) => `${service}:${name}`);
  return all.filter((one) => !denied.has(one));
}

/** The required members, with values that could be, and none of which exists. */
function sample(schema: Schema): object {
  const required = requiredMembers(schema);
  const members = [...schema.structIterator()].filter(([name]) => required.includes(name));
  return Object.fromEntries(members.map(([name, member]) => [name, valueOf(name, member)]));
}

function valueOf(name: string, schema: Schema): unknown {
  if (schema.isListSchema()) return [valueOf(name, schema.getValueSchema())];
  if (schema.isStructSchema()) return { Key: 'k', Value: 'v', ...sample(schema) };
  if (schema.isMapSchema()) return { k: 'v' };
  if (schema.isTimestampSchema()) return new Date(0);
  if (schema.isNumericSchema()) return 1;
  if (schema.isBooleanSchema()) return true;
  return samples[name] ?? (/Arn/.test(name) ? 'arn:aws:x:us-east-1:111111111111:y/z' : 'Z0123');
}

const samples: Readonly<Record<string, string>> = {
  Action: 'CREATE',
  Audience: 'https://example.com',
  AccessKeyId: CUSTOMER,
  CidrBlock: '10.0.0.0/16',
  Name: 'x.vendor.example',
  QueueUrl: 'http://localhost/111111111111/x',
  ResourceType: 'hostedzone',
  RoleArn: `arn:aws:iam::${CUSTOMER}:role/network`,
  ServiceId: 'vpce-svc-00000000000000000',
  ServiceIds: 'vpce-svc-00000000000000000',
  SigningAlgorithm: 'RS256',
  Type: 'TXT',
  VpcId: 'vpc-00000000000000000',
};

test('when a role may do nothing, every operation but GetCallerIdentity is refused', async () => {
  const lab = await startLab({ world: limitedVendor() });
  expect(await openOf(lab)).toEqual(['sts:GetCallerIdentity']);
});

test('when a role is an administrator, nothing is refused for lack of permission', async () => {
  const lab = await startLab({ world: limitedVendor(allowing('*')) });
  // Another account's role is not the administrator's to assume.
  expect(await deniedOf(lab)).toEqual(['sts:AssumeRole']);
});

test('when a role may do what the product does, it may do exactly that', async () => {
  const product = {
    ec2: [
      'AcceptVpcEndpointConnections',
      'CreateTags',
      'CreateVpcEndpointServiceConfiguration',
      'DescribeVpcEndpointConnections',
      'DescribeVpcEndpointServiceConfigurations',
      'DescribeVpcEndpointServicePermissions',
      'ModifyVpcEndpointServiceConfiguration',
      'ModifyVpcEndpointServicePermissions',
      'RejectVpcEndpointConnections',
      'StartVpcEndpointServicePrivateDnsVerification',
    ],
    route53: [
      'ChangeResourceRecordSets',
      'GetChange',
      'ListHostedZonesByName',
      'ListResourceRecordSets',
    ],
  };
  const actions = Object.entries(product).flatMap(([service, names]) =>
    names.map((name) => `${service}:${name}`),
  );
  const lab = await startLab({ world: limitedVendor(allowing(actions)) });
  expect((await openOf(lab)).sort()).toEqual([...actions, 'sts:GetCallerIdentity'].sort());
});
