#!/usr/bin/env bash
# A vendor lets a customer in and parts with it again: with the aws CLI, version 1 or 2.
set -euo pipefail

url=${SIMULATOR:-http://127.0.0.1:4566}
export AWS_DEFAULT_REGION=us-east-1 AWS_SECRET_ACCESS_KEY=simulator AWS_PAGER=
unset AWS_PROFILE AWS_SESSION_TOKEN
vendor() { AWS_ACCESS_KEY_ID=111111111111 aws --endpoint-url "$url" --output text "$@"; }
customer() { AWS_ACCESS_KEY_ID=222222222222 aws --endpoint-url "$url" --output text "$@"; }

wait_for() { # wait_for WANTED COMMAND…: repeats the command until it prints what is wanted
  local wanted=$1 seen='' tries=60
  shift
  until [ "$seen" = "$wanted" ]; do
    [ $((tries -= 1)) -gt 0 ] || { echo "waited for $wanted, and it is $seen" >&2; return 1; }
    seen=$("$@")
  done
}

# 1. The vendor makes a service of a load balancer and allows the customer's account.
balancer=$(vendor elbv2 describe-load-balancers --names api-1 \
  --query 'LoadBalancers[0].LoadBalancerArn')
created=$(vendor ec2 create-vpc-endpoint-service-configuration \
  --network-load-balancer-arns "$balancer" --private-dns-name api.vendor.example \
  --query 'ServiceConfiguration.[ServiceId, ServiceName,
    PrivateDnsNameConfiguration.Name, PrivateDnsNameConfiguration.Value]')
read -r id name label value <<<"$created"
vendor ec2 modify-vpc-endpoint-service-permissions --service-id "$id" \
  --add-allowed-principals arn:aws:iam::222222222222:root >/dev/null

# 2. The vendor proves that it owns the private name: a TXT record, and a verification.
zone=$(vendor route53 list-hosted-zones --query 'HostedZones[0].Id')
change=$(vendor route53 change-resource-record-sets --hosted-zone-id "$zone" \
  --query ChangeInfo.Id --change-batch '{"Changes": [{"Action": "UPSERT", "ResourceRecordSet": {
    "Name": "'"$label"'.vendor.example", "Type": "TXT", "TTL": 60,
    "ResourceRecords": [{"Value": "\"'"$value"'\""}]}}]}')
vendor route53 wait resource-record-sets-changed --id "$change"
vendor ec2 start-vpc-endpoint-service-private-dns-verification --service-id "$id" >/dev/null
wait_for verified vendor ec2 describe-vpc-endpoint-service-configurations --service-ids "$id" \
  --query 'ServiceConfigurations[0].PrivateDnsNameConfiguration.State'
echo 'the private name is verified'

# 3. The customer sees the service and connects.
customer ec2 describe-vpc-endpoint-services --service-names "$name" \
  --query "ServiceDetails[0].join(' ', ['the customer sees', PrivateDnsName])"
subnet=$(customer ec2 describe-subnets --query 'Subnets[0].[VpcId, SubnetId]')
read -r vpc subnet <<<"$subnet"
endpoint=$(customer ec2 create-vpc-endpoint --vpc-endpoint-type Interface \
  --service-name "$name" --vpc-id "$vpc" --subnet-ids "$subnet" --query VpcEndpoint.VpcEndpointId)

# 4. The vendor sees who asks, and accepts.
vendor ec2 describe-vpc-endpoint-connections --filters "Name=service-id,Values=$id" \
  --query "VpcEndpointConnections[0].join(' ', [VpcEndpointOwner, 'is', VpcEndpointState])"
vendor ec2 accept-vpc-endpoint-connections --service-id "$id" --vpc-endpoint-ids "$endpoint" \
  --query 'Unsuccessful[].Error.Code'
wait_for available customer ec2 describe-vpc-endpoints --vpc-endpoint-ids "$endpoint" \
  --query 'VpcEndpoints[0].State'

# 5. Only now can the customer switch the private name on.
customer ec2 modify-vpc-endpoint --vpc-endpoint-id "$endpoint" --private-dns-enabled >/dev/null
wait_for 'available as api.vendor.example' customer ec2 describe-vpc-endpoints \
  --vpc-endpoint-ids "$endpoint" \
  --query "VpcEndpoints[0].join(' as ', [State, DnsEntries[-1].DnsName])"
echo 'the endpoint is available as api.vendor.example'

# 6. They part. As long as there are connections, the service stays.
vendor ec2 delete-vpc-endpoint-service-configurations --service-ids "$id" \
  --query 'Unsuccessful[0].Error.Code'
vendor ec2 reject-vpc-endpoint-connections --service-id "$id" --vpc-endpoint-ids "$endpoint" \
  --query 'Unsuccessful[].Error.Code'
customer ec2 delete-vpc-endpoints --vpc-endpoint-ids "$endpoint" \
  --query 'Unsuccessful[].Error.Code'
vendor ec2 delete-vpc-endpoint-service-configurations --service-ids "$id" \
  --query 'Unsuccessful[].Error.Code'
echo 'they have parted'
