#!/usr/bin/env bash
# A customer's engineer with nothing but the `aws` CLI, against a running Sallyport and its simulated AWS
# (`pnpm demo --keep`, or `pnpm start` with a grant). Shows who gets in, who does not, and what both see.
#
# Needs: AWS_ENDPOINT_URL (the simulator), SALLYPORT_URL and SALLYPORT_API_KEY_FILE (an operator key),
# and `aws` and `sallyport` as commands. The customer is account 222222222222, with a grant.
set -euo pipefail

: "${AWS_ENDPOINT_URL:?the address of the simulated AWS}"
: "${SALLYPORT_URL:?the address of Sallyport}"
: "${SALLYPORT_API_KEY_FILE:?a file with an operator key}"
endpoint_url=$AWS_ENDPOINT_URL
unset AWS_ENDPOINT_URL AWS_PROFILE AWS_SESSION_TOKEN
export AWS_DEFAULT_REGION=us-east-1 AWS_PAGER='' SALLYPORT_URL SALLYPORT_API_KEY_FILE
customer=222222222222

# The unmodified aws CLI as the root of an account of the simulator.
aws_as() {
  local account=$1
  shift
  AWS_ACCESS_KEY_ID=$account AWS_SECRET_ACCESS_KEY=simulator aws --endpoint-url "$endpoint_url" "$@"
}

# The same as a session of a role in the customer's account.
aws_as_role() {
  local role=$1 key secret token
  shift
  read -r key secret token < <(aws_as "$customer" sts assume-role \
    --role-arn "arn:aws:iam::$customer:role/$role" --role-session-name example \
    --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output text)
  AWS_ACCESS_KEY_ID=$key AWS_SECRET_ACCESS_KEY=$secret AWS_SESSION_TOKEN=$token \
    aws --endpoint-url "$endpoint_url" "$@"
}

# field EXPRESSION: one value of the JSON on standard input, named `it`.
field() { node -e "const it = JSON.parse(require('fs').readFileSync(0, 'utf8')); console.log($1)"; }

refused() { # refused WHO COMMAND...: the command must end with InvalidServiceName
  local who=$1 said
  shift
  if said=$("$@" 2>&1); then
    echo "$who got in, but must not: $said" >&2
    exit 1
  fi
  case $said in
    *InvalidServiceName*) echo "refused  $who: InvalidServiceName" ;;
    *) echo "$who was refused with something else: $said" >&2 && exit 1 ;;
  esac
}

let_in() { # let_in WHO COMMAND...: makes an endpoint, which must be available within 10 seconds
  local who=$1 vpce
  shift
  vpce=$("$@" --query VpcEndpoint.VpcEndpointId --output text)
  sallyport wait connection "$vpce" --timeout 10s >/dev/null
  echo "let in   $who: $vpce is $(sallyport connections get "$vpce" -o json | field it.state)"
}

grant=$(sallyport grants list -o json)
grant_id=$(field "it.items.find((grant) => grant.service.service_name).id" <<<"$grant")
service=$(field "it.items.find((grant) => grant.service.service_name).service.service_name" <<<"$grant")

endpoint_in() { # endpoint_in ACCOUNT: the arguments for an endpoint in the account's own VPC
  local vpc
  vpc=$(aws_as "$1" ec2 describe-vpcs --query 'Vpcs[0].VpcId' --output text)
  echo "ec2 create-vpc-endpoint --vpc-endpoint-type Interface --service-name $service --vpc-id $vpc" \
    "--subnet-ids $(aws_as "$1" ec2 describe-subnets --query 'Subnets[].SubnetId' --output text)"
}

read -r -a in_customer <<<"$(endpoint_in "$customer")"
read -r -a in_stranger <<<"$(endpoint_in 333333333333)"

refused "account 333333333333, which has no grant" aws_as 333333333333 "${in_stranger[@]}"
let_in "account $customer" aws_as "$customer" "${in_customer[@]}"

# Only one role of the account, from now on.
sallyport grants update "$grant_id" --role-names network --if-match '*' >/dev/null
until sallyport principals list --state allowed -o json | grep -q "role/network"; do sleep 0.2; done
until ! sallyport principals list --state removing -o json | grep -q "$customer:root"; do sleep 0.2; done

refused "role intern of account $customer" aws_as_role intern "${in_customer[@]}"
let_in "role network of account $customer" aws_as_role network "${in_customer[@]}"
sallyport grants update "$grant_id" --if-match '*' --file - <<<'{"role_names": []}' >/dev/null
