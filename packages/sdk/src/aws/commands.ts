// Command lines that a person can paste, of the `aws` CLI and of our own program.

/** `args` as they stand, the region after them. */
export function ec2Command(verb: string, region: string, ...args: string[]): string {
  return ['aws ec2', verb, ...args, `--region ${region}`].join(' ');
}

/** What lists things of a VPC: `describe-subnets`, `describe-vpc-endpoints` … */
export function listInVpc(verb: string, at: { vpcId: string; region: string }): string {
  return ec2Command(verb, at.region, `--filters Name=vpc-id,Values=${at.vpcId}`);
}

/** Of this package. */
export function ownCommand(verb: string, ...args: string[]): string {
  return ['npx @sallyport/sdk', verb, ...args].join(' ');
}
