// The setup as a change request: what a person who has to approve it wants to know, in Markdown.

import { leastPrivilege, guardRail, type Policy } from './policies.ts';
import { unknownClients, unknownNetwork } from './placeholders.ts';
import { resolvedName, type Placeholder, type Setup, type SetupModel } from './model.ts';
import { code, jsonText, markdown } from './text.ts';

export function renderChangeRequest(model: SetupModel): Setup {
  const placeholders = [...unknownNetwork(model), ...unknownClients(model)];
  return {
    files: [{ name: 'change-request.md', content: document(model, placeholders) }],
    steps: [
      {
        actor: 'customer',
        action: 'Fill in what only you can know, and have the change approved.',
        command: null,
      },
    ],
    placeholders,
  };
}

function document(model: SetupModel, placeholders: readonly Placeholder[]): string {
  const sections = [
    `# Change request: a private connection to ${markdown(model.title)}`,
    summary(model),
    section('What is connected', table(facts(model))),
    section('What is made in our account', list(made(model))),
    section('Who may use it', list(clients(model))),
    section('How the name is resolved', list(names(model))),
    ...(placeholders.length > 0 ? [section('To be filled in', unknowns(placeholders))] : []),
    section(
      'Permissions for whoever makes it',
      'No more than it takes; they can be taken back afterwards.',
      json(leastPrivilege(model)),
    ),
    section('Guard rails of the organisation', ...guardRails(model)),
    section('How it is done', list(order(model))),
    section('How it is checked', list(checks(model))),
    section('How it is undone', list(rollback(model))),
  ];
  return `${sections.join('\n\n')}\n`;
}

function section(title: string, ...parts: string[]): string {
  return [`## ${title}`, ...parts].join('\n\n');
}

function summary({ customerName, accountId, region }: SetupModel): string {
  return (
    `${markdown(customerName)} connects a VPC of its account ${code(accountId)} ` +
    `in ${code(region)} ` +
    'to the service over AWS PrivateLink: traffic stays in the network of AWS, connections are ' +
    'opened from our side only, and the vendor cannot reach into the VPC.'
  );
}

function facts(model: SetupModel): [string, string][] {
  const { serviceRegion, vpcId, subnetIds, zoneIds } = model;
  const name = resolvedName(model);
  return [
    ['Account of the vendor', code(model.vendorAccountId)],
    ['Service name', code(model.serviceName)],
    ['Region of the service', code(serviceRegion ?? model.region)],
    ['Our account', code(model.accountId)],
    ['Region of the endpoint', code(model.region)],
    ['VPC', code(vpcId ?? 'VPC_ID')],
    ['Zones, by id', zoneIds.length > 0 ? zoneIds.map(code).join(', ') : 'any two'],
    [
      'Subnets, one a zone',
      subnetIds.length > 0 ? subnetIds.map(code).join(', ') : code('SUBNET_IDS'),
    ],
    ['Ports', model.ports.map((port) => code(`tcp/${port}`)).join(', ')],
    ['Name on the TLS certificate', name === null ? 'to be asked from the vendor' : code(name)],
  ];
}

function made(model: SetupModel): string[] {
  const { proofRole, dns } = model;
  const name = resolvedName(model);
  const zone = code((name ?? '').replace(/^\*\./, ''));
  return [
    `One interface VPC endpoint, ${code(model.name)}, with a network interface ` +
      'in each subnet. It is billed by the hour and zone, and by traffic.',
    ...(model.securityGroupIds.length > 0
      ? [`No security group: it gets ${model.securityGroupIds.map(code).join(', ')}.`]
      : [`One security group, ${code(model.name)}.`]),
    ...(name !== null && (dns === 'hosted-zone' || dns === 'profile')
      ? [`One private hosted zone for ${zone}, with one alias record.`]
      : []),
    ...(proofRole
      ? [
          `One role without any permission, ${code(proofRole.roleName)}. ` +
            `${code(proofRole.trustedPrincipal)} may assume it with the external id ` +
            `${code(proofRole.externalId)}, which proves whose account it is, and nothing else.`,
        ]
      : []),
  ];
}

function clients(model: SetupModel): string[] {
  const { clientCidrs, securityGroupIds, roleNames } = model;
  const from = clientCidrs.length > 0 ? clientCidrs : ['CLIENT_CIDR'];
  const ports = model.ports.join(', ');
  return [
    securityGroupIds.length > 0
      ? `Whom the security groups named above let in, which have to allow TCP ${ports}.`
      : `Clients from ${from.map(code).join(', ')}, on TCP ${ports}.`,
    'PrivateLink does not encrypt by itself: clients speak TLS, and check the name above.',
    ...(roleNames.length > 0
      ? [
          `Only ${roleNames.map((role) => code(role)).join(', ')} of our account ` +
            'can make the endpoint.',
        ]
      : []),
  ];
}

function names(model: SetupModel): string[] {
  const name = resolvedName(model);
  if (name === null) {
    return ["Clients use the endpoint's own name, which public DNS resolves to private addresses."];
  }
  const shown = code(name);
  const profile = code(model.profileId ?? 'PROFILE_ID');
  const vpcs = [model.vpcId ?? 'VPC_ID', ...model.dnsVpcIds].map(code).join(', ');
  const isShadowed = `Inside, public DNS is not asked for ${shown} any more; nothing else changes.`;
  switch (model.dns) {
    case 'endpoint':
      return [
        `AWS resolves ${shown} to the endpoint, in its VPC only. It is switched ` +
          'on after the vendor has let the endpoint in; before, AWS refuses it.',
        'The VPC needs `enableDnsSupport` and `enableDnsHostnames`.',
        isShadowed,
      ];
    case 'profile':
      return [
        `A private hosted zone resolves ${shown}. The Route 53 Profile ${profile} ` +
          'brings it to every VPC that is associated with it.',
        isShadowed,
      ];
    case 'hosted-zone':
      return [
        `A private hosted zone resolves ${shown} in ${vpcs}. VPCs of other accounts ` +
          'are associated with it, or forward the name to Resolver endpoints of ' +
          'this VPC.',
        isShadowed,
      ];
    default:
      return [];
  }
}

function unknowns(placeholders: readonly Placeholder[]): string {
  return list(
    placeholders.map(({ name, meaning, command }) => {
      const how = command === null ? '' : ` ${code(command)}`;
      return `${code(name)}: ${meaning}${how}`;
    }),
  );
}

function guardRails(model: SetupModel): string[] {
  const { vendorAccountId, serviceRegion, region } = model;
  const owner = code(vendorAccountId);
  return [
    'A service control policy that only lets endpoints of known owners be ' +
      `made has to name ${owner} beside ${code('amazon')}. Such a statement, ` +
      'with the exception in it:',
    json(guardRail(model)),
    list([
      `One that limits Regions has to let ${code('ec2:CreateVpcEndpoint')} through ` +
        `in ${code(region)}.`,
      ...(serviceRegion === null
        ? []
        : [
            `The service is in ${code(serviceRegion)}: nothing may deny ` +
              `${code('vpce:AllowMultiRegion')}, ` +
              `or ${code('ec2:VpceServiceRegion')} other than ${code(region)}.`,
          ]),
      ...(model.proofRole
        ? [`None may deny ${code('sts:AssumeRole')} of the role by another account.`]
        : []),
    ]),
  ];
}

function order(model: SetupModel): string[] {
  const isLate = model.dns === 'endpoint' && resolvedName(model) !== null;
  const who =
    model.acceptance === 'manual'
      ? 'A person of the vendor lets it in: agree on a time.'
      : 'The vendor lets it in by itself, within seconds.';
  return [
    'The endpoint and what it needs are made. Nothing uses it yet.',
    who,
    ...(isLate ? ['The private name is switched on: from then on clients use the endpoint.'] : []),
  ];
}

function checks(model: SetupModel): string[] {
  const name = resolvedName(model);
  const port = String(model.ports[0] ?? 443);
  const look =
    `aws ec2 describe-vpc-endpoints --region ${model.region} ` +
    `--filters Name=service-name,Values=${model.serviceName}`;
  const host = name?.replace(/^\*\./, 'any.') ?? 'DNS_NAME';
  const greet = `openssl s_client -connect ${host}:${port} -servername ${host} </dev/null`;
  return [
    `The endpoint is ${code('available')}: ${code(look)}`,
    `From a client, ${code(`getent hosts ${host}`)} shows addresses of the subnets.`,
    `From a client, ${code(greet)} shows the certificate.`,
  ];
}

function rollback(model: SetupModel): string[] {
  const { region, dns } = model;
  const gone = `aws ec2 delete-vpc-endpoints --region ${region} --vpc-endpoint-ids VPC_ENDPOINT_ID`;
  const name = resolvedName(model);
  const off =
    `aws ec2 modify-vpc-endpoint --region ${region} --vpc-endpoint-id VPC_ENDPOINT_ID ` +
    '--no-private-dns-enabled';
  return [
    ...(name !== null && dns === 'endpoint'
      ? [`Switch the private name off, and clients are where they were: ${code(off)}`]
      : []),
    ...(name !== null && dns !== 'endpoint'
      ? ['Delete the alias record, and clients are where they were; then the hosted zone.']
      : []),
    `Delete the endpoint: ${code(gone)}`,
    'What was made beside it, the security group say, can go then. Nothing else was changed.',
  ];
}

function json(policy: Policy): string {
  return `\`\`\`json\n${jsonText(policy, 2)}\n\`\`\``;
}

function list(items: readonly string[]): string {
  return items.map((item) => `* ${item}`).join('\n');
}

function table(rows: readonly [string, string][]): string {
  return ['| | |', '|---|---|', ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join(
    '\n',
  );
}
