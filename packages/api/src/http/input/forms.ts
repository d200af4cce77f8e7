// What a pattern or a format of the contract asks for, in words, as they go after "must". A test
// fails on one of an input that is not here.

const words: Record<string, string> = {
  '^[0-9]{12}$': 'be an AWS account number: 12 digits',
  '^([1-9]|[12][0-9]|30)s$': 'be `1s` to `30s`: whole seconds, with the `s`',
  '^[A-Za-z_]+(,[A-Za-z_]+)*$': 'be states, with commas and no spaces between them',
  '^vpc-[0-9a-f]{8,17}$': 'be the id of a VPC, such as `vpc-0a1b2c3d4e5f60718`',
  '^subnet-[0-9a-f]{8,17}$': 'be the id of a subnet, such as `subnet-0a1b2c3d4e5f60718`',
  '^sg-[0-9a-f]{8,17}$': 'be the id of a security group, such as `sg-0a1b2c3d4e5f60718`',
  '^vpce-[0-9a-f]+$': 'be the id of a VPC endpoint, such as `vpce-0a1b2c3d4e5f60718`',
  '^vpce-svc-[0-9a-f]{8,17}$':
    "be AWS's id of an endpoint service, such as `vpce-svc-0a1b2c3d4e5f60718`",
  '^rp-[0-9a-z]{8,32}$': 'be the id of a Route 53 Profile, such as `rp-0a1b2c3d4e5f6071`',
  '^Z[A-Z0-9]{1,31}$':
    'be the id of a hosted zone, such as `Z0123456789ABCDEFGHIJ`, without `/hostedzone/`',
  '^[a-z0-9-]+-az[0-9]+$':
    'be the id of an availability zone, such as `use1-az1`, and not its name, `us-east-1a`',
  '^[a-z]{2}(-[a-z]{3,9}){1,2}-[0-9]$': 'be a region of AWS, such as `us-east-1`',
  '^[A-Za-z0-9*._:-]+$': 'be a name of the DNS, such as `api.vendor.example`',
  '^[0-9a-fA-F.:]{2,45}$': 'be an address of IPv4 or IPv6',
  '^[0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2}$': 'be IPv4 addresses, as `10.0.0.0/16`',
  '^(TLS|SSL)v[0-9](\\.[0-9])?$': 'be a version of TLS, such as `TLSv1.3`',
  '^[A-Za-z0-9./_-]{1,40}$':
    'be a protocol of ALPN, such as `h2`: up to 40 letters, digits and `./_-`',
  '^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$':
    'be 1 to 100 letters, digits and `._:-`, and begin with a letter or digit',
  '^[A-Za-z0-9_+=,.@-]{1,64}$':
    'be the name of a role, without its path: 1 to 64 letters, digits and `_+=,.@-`',
  '^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:loadbalancer/net/.{1,100}$':
    'be the ARN of a Network Load Balancer, ' +
    '`arn:aws:elasticloadbalancing:REGION:ACCOUNT:loadbalancer/net/NAME/ID`',
  '^arn:(aws|aws-cn|aws-us-gov):iam::[0-9]{12}:role/.{1,512}$':
    'be the ARN of a role, `arn:aws:iam::ACCOUNT:role/NAME`',
  '^arn:(aws|aws-cn|aws-us-gov):sqs:[a-z0-9-]{1,40}:[0-9]{12}:[A-Za-z0-9_-]{1,80}$':
    'be the ARN of a standard SQS queue, `arn:aws:sqs:REGION:ACCOUNT:NAME`',
  '^(\\*\\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$':
    'be a name of the DNS in lower case, such as `api.vendor.example` or `*.vendor.example`, ' +
    'without a dot at the end; each part of it at most 63 letters, digits and inner hyphens',
};

const formats: Record<string, string> = {
  int32: 'be a whole number of 32 bits',
  'date-time': 'be a time of RFC 3339 with its offset, such as `2027-01-31T12:00:00Z`',
  email: 'be an email address, such as `ops@bank.example`',
};

/** The pattern itself only where nobody has found words: a caller can at least try it. */
export function patternInWords(pattern: string): string {
  return words[pattern] ?? `match ${pattern}`;
}

export function formatInWords(format: string): string {
  return formats[format] ?? `be a valid ${format}`;
}
