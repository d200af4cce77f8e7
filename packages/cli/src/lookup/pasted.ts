// What somebody pasted: an error of AWS, or what `aws ec2 describe-vpc-endpoints` printed. It finds
// what that is about, and says what AWS means by it.

export interface Pasted {
  endpoints: string[];
  services: string[];
  /** The numbers of AWS accounts that its ARNs have. */
  accounts: string[];
  /** What the text says, in words. */
  explanations: Explanation[];
}

export interface Explanation {
  means: string;
  next: string;
}

interface Rule extends Explanation {
  error: RegExp;
}

/** By the EC2 API reference and the AWS PrivateLink guide; the first that fits explains it. */
const rules: readonly Rule[] = [
  {
    error:
      /InvalidServiceName|VpcEndpointService\.NotFound|Vpc Endpoint Service .* does not exist/i,
    means:
      'AWS says that there is no such service: the name or the Region is wrong, or, and AWS does ' +
      'not tell these apart, the account is not on the allowlist.',
    next: 'Compare the name and the Region, and look whether the account is let in.',
  },
  {
    error:
      /does not support the availability zone|InvalidSubnet.*zone|AvailabilityZone.*not support/i,
    means: 'A subnet of the endpoint is in a zone in which the service is not.',
    next: 'Choose subnets by zone ids (use1-az1), not by names: sallyport setup preflight',
  },
  {
    error: /private-dns-enabled cannot be set|private DNS.*(not verified|can't be enabled|cannot)/i,
    means:
      'Private DNS was asked for before the service has a verified name, or before the endpoint ' +
      'was accepted.',
    next: 'Make the endpoint without private DNS, and turn it on when it is available.',
  },
  {
    error: /conflicting DNS domain/i,
    means: 'Another endpoint or a hosted zone of the VPC has the private name already.',
    next: 'The customer finds it by: aws ec2 describe-vpc-endpoints, and takes one of them away.',
  },
  {
    error: /enableDns(Support|Hostnames)|Enabling private DNS requires/i,
    means: 'DNS support or DNS hostnames are off in the VPC.',
    next: 'The customer turns both on: aws ec2 modify-vpc-attribute',
  },
  {
    error: /VpcEndpointLimitExceeded/,
    means: 'The VPC has as many interface endpoints as its quota allows.',
    next: 'The customer deletes one, or asks AWS for more.',
  },
  {
    error: /UnauthorizedOperation|AccessDenied|not authorized to perform/i,
    means:
      "An IAM or organisation policy of the customer's own forbids it. The vendor cannot mend it.",
    next: 'The customer allows ec2:CreateVpcEndpoint and what goes with it, for this service name.',
  },
  {
    error: /RequestLimitExceeded|Throttling/,
    means: 'AWS was asked too often. It passes.',
    next: 'Try again in a minute.',
  },
  {
    error: /SignatureDoesNotMatch|AuthFailure|InvalidClientTokenId|ExpiredToken/,
    means: "The customer's own credentials are wrong, over, or signed with a clock that is off.",
    next: 'The customer signs in anew: aws sts get-caller-identity',
  },
];

/** What AWS shows of an endpoint in these states. */
const states: Record<string, Explanation> = {
  pendingAcceptance: {
    means: 'The endpoint waits for the vendor to accept it.',
    next: 'See why it is held: its diagnosis.',
  },
  rejected: {
    means: 'The vendor rejected the endpoint.',
    next: 'See by whom and why: its diagnosis.',
  },
  failed: {
    means: 'AWS could not make the endpoint. Its LastError says why.',
    next: 'The customer deletes it and makes it anew.',
  },
  expired: {
    means: 'Nobody accepted the endpoint in time.',
    next: 'The customer deletes it and makes it anew.',
  },
};

export function pastedFrom(text: string): Pasted {
  const endpoints = endpointsIn(text);
  const found = rules.find(({ error }) => error.test(text));
  return {
    endpoints: matchesOf(text, /\bvpce-(?!svc-)[0-9a-f]{8,17}\b/g),
    services: matchesOf(text, /\bvpce-svc-[0-9a-f]{8,17}\b/g),
    accounts: matchesOf(text, /(?<=:)\d{12}(?=:)|(?<="OwnerId": ?")\d{12}(?=")/g),
    explanations: [
      ...(found ? [{ means: found.means, next: found.next }] : []),
      ...endpoints.flatMap(({ State: state, PrivateDnsEnabled: dns }) => [
        ...(typeof state === 'string' && Object.hasOwn(states, state) ? [states[state]!] : []),
        ...(state === 'available' && dns === false ? [PRIVATE_DNS_OFF] : []),
      ]),
    ],
  };
}

const PRIVATE_DNS_OFF: Explanation = {
  means: 'Private DNS is off at the endpoint: its own names work, the private name does not.',
  next: 'The customer turns it on: aws ec2 modify-vpc-endpoint --private-dns-enabled',
};

interface Endpoint {
  VpcEndpointId: string;
  State?: unknown;
  PrivateDnsEnabled?: unknown;
}

/** Also of what `create-vpc-endpoint` printed. */
function endpointsIn(text: string): Endpoint[] {
  try {
    const value = JSON.parse(text) as Record<string, unknown> | null;
    const found = [value?.VpcEndpoints ?? value?.VpcEndpoint ?? value].flat();
    return found.filter(
      (item): item is Endpoint =>
        typeof (item as Partial<Endpoint> | null | undefined)?.VpcEndpointId === 'string',
    );
  } catch {
    return [];
  }
}

/** Each once. */
function matchesOf(text: string, pattern: RegExp): string[] {
  return [...new Set(Array.from(text.matchAll(pattern), ([match]) => match))];
}
