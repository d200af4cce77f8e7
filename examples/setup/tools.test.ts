// Setups used by the tools that they are written for, unmodified: Terraform with the AWS provider
// and the `aws` command line over the simulated AWS, cfn-lint, and the CDK.

import { spawnSync } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases } from '../../packages/api/test/domain/setup/cases.ts';
import { renderSetup } from '../../packages/api/src/domain/setup/render.ts';
import { openProxy, type Proxy } from './proxy.ts';
import {
  openShell,
  run,
  type Ended,
  type Shell,
  type Wanted,
} from '../../packages/sdk/test/aws/shell.ts';
import { openStage, PRIVATE_NAME, type Stage } from '../../packages/sdk/test/aws/stage.ts';

const isLong = process.env['SALLYPORT_TEST_LONG'] === '1';
const skipped = {
  terraform: missing('terraform', ['version']),
  aws: missing('aws', ['--version']),
  cfnLint: missing('cfn-lint', ['--version']),
  npm: missing('npm', ['--version']),
};
for (const [tool, why] of Object.entries(skipped)) {
  if (why) process.stderr.write(`Skipping setups by ${tool}: ${why}.\n`);
}

let stage: Stage;
let shell: Shell;
beforeAll(async () => {
  if (!isLong) return;
  stage = await openStage();
  shell = await openShell(stage, '555555555552');
}, 60_000);
afterAll(async () => {
  await shell?.close();
  await stage?.close();
});

describe.skipIf(skipped.terraform)('Terraform', () => {
  let proxy: Proxy;
  beforeAll(async () => {
    // The provider asks it of every endpoint; an interface endpoint has none (EC2 API reference).
    const DescribePrefixLists =
      '<DescribePrefixListsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">' +
      '<requestId>none</requestId><prefixListSet/></DescribePrefixListsResponse>';
    proxy = await openProxy(stage.simulator.endpoint, { DescribePrefixLists });
  });
  afterAll(() => proxy?.close());

  it('when it is applied once, the name is on; again, there is nothing to do', async ({ skip }) => {
    const terraform = await workspace({ format: 'terraform' });
    const init = await terraform('init', '-input=false');
    if (init.code !== 0) skip(`the provider is not to be had: ${init.output.slice(-300)}`);
    const formatted = await terraform('fmt', '-check', '-recursive');
    expect(formatted).toEqual({ code: 0, signal: null, output: '' });
    proxy.calls.length = 0;
    succeeded(await terraform('apply', '-auto-approve', '-input=false'));
    // To change an endpoint makes it pending for a moment, for which the provider does not wait.
    await expect.poll(endpoints).toMatchObject([{ State: 'available', PrivateDnsEnabled: true }]);
    expect(proxy.calls.filter((call) => /^(Create|Modify|Authorize)/.test(call))).toEqual([
      'CreateSecurityGroup',
      'AuthorizeSecurityGroupIngress',
      'CreateVpcEndpoint',
      'ModifyVpcEndpoint',
    ]);
    await changesNothing(terraform);
    succeeded(await terraform('destroy', '-auto-approve', '-input=false'));
    expect(await endpoints()).toEqual([]);
  }, 180_000);

  it('when a hub resolves the name, its zone has it, and goes with the endpoint', async ({
    skip,
  }) => {
    const terraform = await workspace({ format: 'terraform', dns: 'hosted-zone' });
    const init = await terraform('init', '-input=false');
    if (init.code !== 0) skip(`the provider is not to be had: ${init.output.slice(-300)}`);
    succeeded(await terraform('apply', '-auto-approve', '-input=false'));
    await expect.poll(endpoints).toMatchObject([{ State: 'available', PrivateDnsEnabled: false }]);
    expect(zonesOfTheName()).toHaveLength(1);
    await changesNothing(terraform);
    succeeded(await terraform('destroy', '-auto-approve', '-input=false'));
    expect(zonesOfTheName()).toEqual([]);
  }, 240_000);

  type Terraform = (...args: string[]) => Promise<Ended>;

  async function workspace(wanted: Wanted): Promise<Terraform> {
    const folder = await shell.setup(wanted);
    const own = { AWS_ENDPOINT_URL: proxy.url, CHECKPOINT_DISABLE: '1' };
    const env = { ...shell.environment, ...terraformSettings(), ...own };
    return (...args) => run(['terraform', ...args, '-no-color'], { cwd: folder, env });
  }

  /** Its exit code is 2 when something would be changed. */
  async function changesNothing(terraform: Terraform): Promise<void> {
    succeeded(await terraform('plan', '-detailed-exitcode', '-input=false'));
  }
});

describe.skipIf(skipped.aws)('the aws command line', () => {
  it('when it is killed anywhere and run again, there is one endpoint and name', async () => {
    const folder = await shell.setup({ format: 'aws-cli' });
    const connect = (killed?: AbortSignal) => {
      const env = { ...shell.environment, WAIT_SECONDS: '60' };
      return run(['sh', 'connect.sh'], { cwd: folder, env, ...(killed && { killed }) });
    };
    for (const afterMs of [1_500, 4_000, 6_500]) {
      await connect(AbortSignal.timeout(afterMs));
      expect((await endpoints()).length).toBeLessThan(2);
    }
    succeeded(await connect());
    const [endpoint, ...others] = await endpoints();
    expect(others).toEqual([]);
    expect(endpoint).toMatchObject({ State: 'available', PrivateDnsEnabled: true });
    const again = await connect();
    expect(again.output).not.toContain('made');
    expect(again).toMatchObject({ code: 0, output: expect.stringContaining(PRIVATE_NAME) });
  }, 180_000);

  it('when a hub resolves the name, a hosted zone of the customer has it, once', async () => {
    const folder = await shell.setup({ format: 'aws-cli', dns: 'hosted-zone' });
    const connect = () => run(['sh', 'connect.sh'], { cwd: folder, env: shell.environment });
    succeeded(await connect());
    succeeded(await connect());
    const [endpoint] = await endpoints();
    expect(endpoint).toMatchObject({ State: 'available', PrivateDnsEnabled: false });
    expect(zonesOfTheName()).toHaveLength(1);
  }, 180_000);
});

it.skipIf(skipped.cfnLint)(
  'when cfn-lint reads the templates, it has nothing to say',
  async () => {
    const folder = join(shell.directory, 'templates');
    for (const [name, model] of Object.entries(cases)) {
      await mkdir(join(folder, name), { recursive: true });
      for (const file of renderSetup(model, 'cloudformation').files) {
        await writeFile(join(folder, name, file.name), file.content);
      }
    }
    const all = await readdir(folder, { recursive: true });
    const files = all.filter((name) => name.endsWith('.yaml'));
    expect(files.length).toBeGreaterThan(Object.keys(cases).length);
    const env = shell.environment;
    succeeded(await run(['cfn-lint', ...files], { cwd: folder, env }));
  },
  120_000,
);

it.skipIf(skipped.npm)(
  'when the CDK makes templates of the apps, they are valid',
  async ({ skip }) => {
    const folder = join(shell.directory, 'cdk');
    await mkdir(folder);
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    const packages = ['aws-cdk-lib@2.276.0', 'constructs@10.8.1'];
    const env = { ...process.env, npm_config_ignore_scripts: 'true' };
    const options = { cwd: folder, env };
    const install = await run(['npm', 'install', '--no-audit', '--no-fund', ...packages], options);
    if (install.code !== 0) skip(`the CDK is not to be had: ${install.output.slice(-300)}`);
    const tsc = fileURLToPath(new URL('../../node_modules/.bin/tsc', import.meta.url));
    const names = Object.keys(cases).map((name) => name.replaceAll(' ', '-'));
    for (const [name, model] of Object.entries(cases)) {
      const [app] = renderSetup(model, 'cdk').files;
      await writeFile(join(folder, `${name.replaceAll(' ', '-')}.ts`), filledIn(app!.content));
    }
    const strict = ['--strict', '--skipLibCheck', '--target', 'es2022', '--module', 'nodenext'];
    const sources = names.map((name) => `${name}.ts`);
    succeeded(await run([tsc, ...strict, '--types', '', ...sources], options));
    for (const name of names) {
      const CDK_OUTDIR = join(folder, `out-${name}`);
      const CDK_CONTEXT_JSON = JSON.stringify({ privateDns: 'on' });
      const own = { ...env, CDK_OUTDIR, CDK_CONTEXT_JSON };
      succeeded(await run([process.execPath, `${name}.js`], { cwd: folder, env: own }));
    }
    const made = (await readdir(folder, { recursive: true })).filter((name) => {
      return name.startsWith('out-') && name.endsWith('.template.json');
    });
    expect(made).toHaveLength(names.length);
    if (skipped.cfnLint === null) {
      // W: the CDK's own metadata and rules.
      succeeded(await run(['cfn-lint', '--ignore-checks', 'W', '--', ...made], options));
    }
  },
  280_000,
);

/** As a customer does with what only it can know. */
function filledIn(text: string): string {
  const known = {
    VPC_ID: 'vpc-0a1b2c3d4e5f60718',
    SUBNET_IDS: 'subnet-0a1b2c3d4e5f60718,subnet-0a1b2c3d4e5f60719',
    PROFILE_ID: 'rp-4987774726example',
    CLIENT_CIDR: '10.0.0.0/16',
  };
  return Object.entries(known).reduce((left, [name, value]) => left.replaceAll(name, value), text);
}

function zonesOfTheName(): string[] {
  const zones = [...stage.simulator.world.hostedZones.values()].map(({ name }) => name);
  return zones.filter((name) => name === `${PRIVATE_NAME}.`);
}

async function endpoints() {
  const { VpcEndpoints = [] } = await shell.ec2.describeVpcEndpoints();
  // On the wire a state begins with a small letter, unlike in the SDK's types.
  return VpcEndpoints.filter(({ State }) => !/^delet/i.test(String(State)));
}

function succeeded(ended: Ended): void {
  expect(ended).toEqual({ code: 0, signal: null, output: expect.any(String) });
}

function missing(program: string, args: string[]): string | null {
  if (!isLong) return 'it takes minutes, for which SALLYPORT_TEST_LONG=1 is to be set';
  return spawnSync(program, args).status === 0 ? null : `no \`${program}\` on PATH`;
}

/** Where the user's Terraform finds its providers. */
function terraformSettings(): Record<string, string> {
  const own = Object.entries(process.env).filter(([name]) => /^TF_(CLI_CONFIG|PLUGIN)/.test(name));
  return Object.fromEntries(own) as Record<string, string>;
}
