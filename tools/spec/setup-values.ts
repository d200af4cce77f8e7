// Values of the examples of what makes the customer's side of a connection.

export const setupValues: Record<string, unknown> = {
  'SetupFile.name': 'main.tf',
  'SetupFile.content': [
    'provider "aws" {',
    '  region              = "us-east-1"',
    '  allowed_account_ids = ["222222222222"]',
    '}',
    '',
    'variable "vpc_id" {',
    '  description = "The VPC of the endpoint."',
    '  type        = string',
    '}',
    '',
  ].join('\n'),
  'Setup.steps': [
    { actor: 'customer', action: 'Get the provider.', command: 'terraform init' },
    {
      actor: 'customer',
      action: 'Make the endpoint, wait until it is let in, and switch its private name on.',
      command: 'terraform apply -var vpc_id=VPC_ID',
    },
  ],
  'Setup.format': 'terraform',
  'SetupQuestion.format': 'terraform',
  'SetupPlaceholder.name': 'VPC_ID',
  'SetupPlaceholder.command': 'aws ec2 describe-vpcs --region us-east-1',
  meaning: 'The VPC that the endpoint is to be in.',
  vpc_id: 'vpc-0a1b2c3d4e5f60718',
  subnet_ids: ['subnet-0a1b2c3d4e5f60718'],
  security_group_ids: ['sg-0a1b2c3d4e5f60718'],
  client_cidrs: ['10.0.0.0/16'],
  ports: [443],
  dns_vpc_ids: ['vpc-0f1e2d3c4b5a69788'],
  profile_id: 'rp-4987774726example',
};
