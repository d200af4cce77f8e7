// Names that are AWS's own, in AWS's form (EC2 API reference, unless said otherwise).

/**
 * An AWS account number: 12 digits.
 * @pattern ^[0-9]{12}$
 */
export type AccountNumber = string;

/**
 * A region of AWS, such as `us-east-1`.
 * @pattern ^[a-z]{2}(-[a-z]{3,9}){1,2}-[0-9]$
 */
export type Region = string;

/**
 * AWS's id of the VPC endpoint, `vpce-…`.
 * @pattern ^vpce-[0-9a-f]+$
 */
export type VpcEndpointId = string;

/**
 * AWS's id of the endpoint service, `vpce-svc-…`.
 * @pattern ^vpce-svc-[0-9a-f]+$
 */
export type ServiceId = string;

/**
 * The name of an endpoint service that customers put into their endpoint:
 * `com.amazonaws.vpce.<region>.<service id>`.
 * @pattern ^(cn\.)?com\.amazonaws\.vpce\.[a-z0-9-]+\.vpce-svc-[0-9a-f]+$
 */
export type ServiceName = string;

/**
 * The global id of an availability zone, such as `use1-az1`. Names like `us-east-1a` mean another
 * zone in each account, so they are never used.
 * @pattern ^[a-z0-9-]+-az[0-9]+$
 */
export type AvailabilityZoneId = string;

/**
 * The ARN of a Network Load Balancer.
 * @pattern ^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:loadbalancer/net/.{1,100}$
 */
export type LoadBalancerArn = string;

/**
 * An entry of an allowlist as AWS has it: the ARN of an account's root, role or user, `*`, or the
 * unique id that AWS shows in place of a role or user that was deleted.
 * @minLength 1
 * @maxLength 2048
 */
export type PrincipalArn = string;

/**
 * The name of an IAM role, without its path.
 * @minLength 1
 * @maxLength 576
 */
export type RoleName = string;

/**
 * The ARN of a role to assume.
 * @pattern ^arn:(aws|aws-cn|aws-us-gov):iam::[0-9]{12}:role/.{1,512}$
 */
export type RoleArn = string;

/**
 * The ARN of a standard SQS queue.
 * @pattern ^arn:(aws|aws-cn|aws-us-gov):sqs:[a-z0-9-]{1,40}:[0-9]{12}:[A-Za-z0-9_-]{1,80}$
 */
export type QueueArn = string;

/**
 * Route 53's id of a hosted zone, without `/hostedzone/`.
 * @pattern ^Z[A-Z0-9]{1,31}$
 */
export type HostedZoneId = string;

/**
 * The id under which AWS support finds a call.
 * @minLength 1
 */
export type AwsRequestId = string;
