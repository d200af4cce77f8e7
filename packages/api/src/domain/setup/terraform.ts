// The setup as Terraform: a root module that calls those of setup/terraform with what is known.

import { setupTexts } from '../generated/setup-texts.ts';
import { unknownNetwork } from './placeholders.ts';
import type { Setup, SetupFile, SetupModel } from './model.ts';
import { hcl, oneLine } from './text.ts';

const endpointFolder = 'sallyport-endpoint';
const roleFolder = 'sallyport-proof-role';

export function renderTerraform(model: SetupModel): Setup {
  const placeholders = unknownNetwork(model).filter(({ name }) => name !== 'SUBNET_IDS');
  return {
    files: [
      { name: 'main.tf', content: root(model) },
      ...moduleFiles('terraform/endpoint/', endpointFolder),
      ...(model.proofRole ? moduleFiles('terraform/proof-role/', roleFolder) : []),
    ],
    steps: [
      {
        actor: 'customer',
        action: 'Put your API key into the environment, so that no file and no state has it.',
        command: 'export SALLYPORT_API_KEY=KEY',
      },
      { actor: 'customer', action: 'Get the provider.', command: 'terraform init' },
      {
        actor: 'customer',
        action:
          'Make the endpoint, wait until it is let in, and switch its private name on. ' +
          'Apply again when that took too long: it goes on.',
        command: ['terraform apply', ...placeholders.map(argument)].join(' '),
      },
    ],
    placeholders,
  };
}

function root(model: SetupModel): string {
  const { proofRole } = model;
  const parts = [
    `# ${oneLine(model.title)}: the customer's side, for account ${model.accountId}.`,
    `provider "aws" {
  region              = ${hcl(model.region)}
  allowed_account_ids = [${hcl(model.accountId)}]
}`,
    ...(model.vpcId === null ? [variable('vpc_id', 'The VPC of the endpoint.')] : []),
    ...(needsProfile(model) ? [variable('profile_id', 'The Route 53 Profile.')] : []),
    moduleCall('endpoint', endpointFolder, {
      name: hcl(model.name),
      service_name: hcl(model.serviceName),
      service_region: hcl(model.serviceRegion),
      vpc_id: model.vpcId === null ? 'var.vpc_id' : hcl(model.vpcId),
      availability_zone_ids: hcl(model.zoneIds),
      subnet_ids: hcl(model.subnetIds),
      security_group_ids: hcl(model.securityGroupIds),
      client_cidrs: hcl(model.clientCidrs),
      ports: hcl(model.ports),
      dns: hcl(model.dns),
      private_dns_name: hcl(model.privateDnsName),
      dns_vpc_ids: hcl(model.dnsVpcIds),
      profile_id: needsProfile(model) ? 'var.profile_id' : hcl(model.profileId),
      sallyport_url: hcl(model.sallyportUrl),
    }),
    output('vpc_endpoint_id', 'module.endpoint.vpc_endpoint_id'),
    output('dns_name', 'module.endpoint.dns_name'),
    ...(proofRole
      ? [
          moduleCall('proof_role', roleFolder, {
            role_name: hcl(proofRole.roleName),
            trusted_principal: hcl(proofRole.trustedPrincipal),
            external_id: hcl(proofRole.externalId),
          }),
          output('proof_role_arn', 'module.proof_role.role_arn'),
        ]
      : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

function needsProfile({ dns, profileId }: SetupModel): boolean {
  return dns === 'profile' && profileId === null;
}

function variable(name: string, description: string): string {
  return `variable ${hcl(name)} {\n  description = ${hcl(description)}\n  type        = string\n}`;
}

/** As `terraform fmt` writes it, the equals signs below each other. */
function moduleCall(name: string, folder: string, values: Record<string, string>): string {
  const given = { source: hcl(`./${folder}`), ...leaveOut(values) };
  const width = Math.max(...Object.keys(given).map((key) => key.length));
  const lines = Object.entries(given).map(([key, value]) => `  ${key.padEnd(width)} = ${value}`);
  return `module ${hcl(name)} {\n${lines.join('\n')}\n}`;
}

/** What is as the module has it anyway. */
function leaveOut(values: Record<string, string>): Record<string, string> {
  const said = Object.entries(values).filter(([, value]) => value !== 'null' && value !== '[]');
  return Object.fromEntries(said);
}

function output(name: string, value: string): string {
  return `output ${hcl(name)} {\n  value = ${value}\n}`;
}

function argument({ name }: { name: string }): string {
  return `-var ${name.toLowerCase()}=${name}`;
}

function moduleFiles(prefix: string, folder: string): SetupFile[] {
  const own = Object.entries(setupTexts).filter(([name]) => name.startsWith(prefix));
  return own.map(([name, content]) => ({
    name: `${folder}/${name.slice(prefix.length)}`,
    content,
  }));
}
