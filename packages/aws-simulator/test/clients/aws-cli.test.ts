// The unmodified aws CLI: what only it shows, namely its exit codes, the errors it prints, its
// pages, its shorthand and its files. The whole story is played with it by the page for strangers
// (examples/aws-simulator), every command of PrivateLink by aws-cli-walk.test.ts.

import { expect, onTestFinished, test } from 'vitest';
import { type Simulator, startSimulator } from '../../src/index.ts';
import { CUSTOMER, VENDOR } from '../lab.ts';
import { type Cli, cliFor } from './cli.ts';
import { awsCli, checkInstalled } from './installed.ts';

const client = awsCli();
// A command takes a second of processor time, and longer on a busy machine.
const patience = 120_000;

interface Stage {
  readonly cli: Cli;
  readonly simulator: Simulator;
}

async function startStage(): Promise<Stage> {
  checkInstalled(client);
  const simulator = await startSimulator();
  onTestFinished(() => simulator.close());
  return { cli: cliFor(simulator.endpoint), simulator };
}

test.runIf(client.runs)(
  'when the aws CLI lists pages, they are cut and go on',
  async () => {
    const { cli, simulator } = await startStage();
    const loadBalancer = [...simulator.world.loadBalancers.values()][0]?.id ?? '';
    const { ServiceConfiguration: service } = await cli(
      VENDOR,
      'ec2 create-vpc-endpoint-service-configuration --no-acceptance-required',
      '--network-load-balancer-arns',
      loadBalancer,
      '--tag-specifications',
      'ResourceType=vpc-endpoint-service,Tags=[{Key=Name,Value=two words},{Key=empty,Value=""}]',
    );
    expect(service).toMatchObject({
      AcceptanceRequired: false,
      Tags: [
        { Key: 'Name', Value: 'two words' },
        { Key: 'empty', Value: '' },
      ],
    });
    const named = `--service-id ${service.ServiceId}`;
    const allowed = [...Array(8).keys()].map(
      (number) => `arn:aws:iam::${900_000_000_000 + number}:root`,
    );
    const permissions = 'ec2 modify-vpc-endpoint-service-permissions --add-allowed-principals';
    await cli(VENDOR, `${permissions} ${allowed.join(' ')} ${named}`);
    const list = `ec2 describe-vpc-endpoint-service-permissions ${named} --page-size 5`;
    const first = await cli(VENDOR, `${list} --max-items 6`);
    const rest = await cli(VENDOR, `${list} --starting-token ${first.NextToken}`);
    const principals = [...first.AllowedPrincipals, ...rest.AllowedPrincipals];
    expect(first.AllowedPrincipals).toHaveLength(6);
    expect(principals.map(({ Principal }) => Principal)).toEqual(allowed);
  },
  patience,
);

test.runIf(client.runs)(
  'when the aws CLI is refused, it prints AWS’s own words',
  async () => {
    const { cli } = await startStage();
    const serviceName = 'com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0';
    const look = `ec2 describe-vpc-endpoint-services --service-names ${serviceName}`;
    const role = `arn:aws:iam::${VENDOR}:role/none`;
    const assume = `sts assume-role --role-session-name cli --role-arn ${role}`;
    const [hidden, dry, denied] = await Promise.all([
      cli.outcome(CUSTOMER, look),
      cli.outcome(CUSTOMER, 'ec2 describe-vpcs --dry-run'),
      cli.outcome(CUSTOMER, assume),
    ]);
    expect(hidden.stderr).toContain('An error occurred (InvalidServiceName) when calling the ');
    // Old versions put the number of retries before the colon.
    expect(hidden.stderr).toContain(`: The Vpc Endpoint Service '${serviceName}' does not exist`);
    expect(dry.stderr).toContain('(DryRunOperation) when calling the DescribeVpcs operation');
    expect(dry.stderr).toContain(': Request would have succeeded, but DryRun flag is set.');
    expect(denied.stderr).toContain('(AccessDenied) when calling the AssumeRole operation');
    // 254 is "the service answered with an error", 255 in old versions of the CLI.
    for (const { code } of [hidden, dry, denied]) expect([254, 255]).toContain(code);
  },
  patience,
);

test.runIf(client.runs)(
  'when the aws CLI changes records, they are kept',
  async () => {
    const { cli, simulator } = await startStage();
    const zone = [...simulator.world.hostedZones.values()][0]?.id ?? '';
    const record = { Type: 'TXT', TTL: 60, ResourceRecords: [{ Value: '"a & <b>"' }] };
    const ResourceRecordSet = { Name: 'a.vendor.example', ...record };
    const batch = JSON.stringify({ Changes: [{ Action: 'CREATE', ResourceRecordSet }] });
    const change = `route53 change-resource-record-sets --hosted-zone-id ${zone}`;
    await cli(VENDOR, change, '--change-batch', batch);
    const [again, records] = await Promise.all([
      cli.outcome(VENDOR, change, '--change-batch', batch),
      cli(VENDOR, `route53 list-resource-record-sets --hosted-zone-id ${zone}`),
    ]);
    expect(again.stderr).toContain('(InvalidChangeBatch)');
    expect(again.stderr).toContain('but it already exists');
    expect(records.ResourceRecordSets).toContainEqual({ Name: 'a.vendor.example.', ...record });
  },
  patience,
);
