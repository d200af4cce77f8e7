#!/usr/bin/env bash
# Where an error is, with the aws CLI.
url=${SIMULATOR:-http://127.0.0.1:4566}
export AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=
export AWS_ACCESS_KEY_ID=333333333333 AWS_SECRET_ACCESS_KEY=simulator

# A refused call: the code is on standard error, the exit code is 254 (255 in old versions).
aws --endpoint-url "$url" ec2 describe-vpc-endpoint-services \
  --service-names com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0 2>&1 |
  grep -o 'InvalidServiceName'

# A batch that is answered: the exit code is 0 whatever became of its items.
aws --endpoint-url "$url" ec2 delete-vpc-endpoints --vpc-endpoint-ids vpce-0123456789abcdef0 \
  --query 'Unsuccessful[0].Error.Code' --output text
