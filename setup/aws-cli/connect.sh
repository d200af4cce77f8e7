set -eu

# Connects a VPC with nothing but the aws command line: makes what is missing, waits until the
# vendor has let the endpoint in, and then switches its private DNS on. Run it again to go on, or to
# see that nothing is left to do. What follows can be set in the environment too.
vpc_id=${VPC_ID:-$vpc_id}
subnet_ids=${SUBNET_IDS:-$subnet_ids}
security_group_ids=${SECURITY_GROUP_IDS:-$security_group_ids}
client_cidrs=${CLIENT_CIDRS:-$client_cidrs}
profile_id=${PROFILE_ID:-$profile_id}
dns_vpc_ids=${DNS_VPC_IDS:-$dns_vpc_ids}
wait_seconds=${WAIT_SECONDS:-900}
export AWS_PAGER=''

say() { echo "$*" >&2; }
fail() { say "$*" && exit 1; }
# What it answers, or nothing: the command line says None for what is not there.
value() {
  said=$(aws --region "$region" --output text "$@") || return
  [ "$said" = None ] || printf '%s\n' "$said"
}
ec2() { value ec2 "$@"; }
route53() { value route53 "$@"; }

[ -n "$vpc_id" ] || fail 'Set VPC_ID to the VPC that the endpoint is to be in.'
[ "$dns" != profile ] || [ -n "$profile_id" ] || fail 'Set PROFILE_ID to your Route 53 Profile.'
found=$(value sts get-caller-identity --query Account)
[ "$found" = "$account_id" ] || fail "These credentials are of account $found, not of $account_id."

# Names of zones mean other zones in each account: these are ids. AWS takes one subnet a zone.
if [ -z "$subnet_ids" ]; then
  set -- "Name=vpc-id,Values=$vpc_id"
  zones=$(echo "$zone_ids" | tr ' ' ',')
  [ -z "$zones" ] || set -- "$@" "Name=availability-zone-id,Values=$zones"
  found=$(ec2 describe-subnets --filters "$@" \
    --query 'sort_by(Subnets,&SubnetId)[].[AvailabilityZoneId,SubnetId]')
  subnet_ids=$(printf '%s\n' "$found" | awk 'NF && !seen[$1]++ { print $2 }' | tr '\n' ' ')
fi
[ -n "$subnet_ids" ] || fail "No subnet of $vpc_id is in a zone of the service: $zone_ids"

group_of_name() {
  ec2 describe-security-groups --query 'SecurityGroups[0].GroupId' \
    --filters "Name=vpc-id,Values=$vpc_id" "Name=group-name,Values=$name"
}

open_port() { # open_port GROUP PORT CIDR
  if answer=$(ec2 authorize-security-group-ingress --group-id "$1" --protocol tcp \
    --port "$2" --cidr "$3" 2>&1); then return; fi
  case $answer in *InvalidPermission.Duplicate*) ;; *) fail "$answer" ;; esac
}

if [ -z "$security_group_ids" ]; then
  security_group_ids=$(group_of_name)
  if [ -z "$security_group_ids" ]; then
    security_group_ids=$(ec2 create-security-group --vpc-id "$vpc_id" --group-name "$name" \
      --description 'Who may use the VPC endpoint' --query GroupId)
    say "made     $security_group_ids"
  fi
  [ -n "$client_cidrs" ] ||
    client_cidrs=$(ec2 describe-vpcs --vpc-ids "$vpc_id" --query 'Vpcs[0].CidrBlock')
  for port in $ports; do
    for cidr in $client_cidrs; do open_port "$security_group_ids" "$port" "$cidr"; done
  done
fi

# about QUERY: of the endpoint
about() { ec2 describe-vpc-endpoints --vpc-endpoint-ids "$endpoint" --query "VpcEndpoints[0].$1"; }

endpoint=$(ec2 describe-vpc-endpoints --query 'VpcEndpoints[0].VpcEndpointId' --filters \
  "Name=vpc-id,Values=$vpc_id" "Name=service-name,Values=$service_name" \
  'Name=vpc-endpoint-state,Values=pendingAcceptance,pending,available')
if [ -z "$endpoint" ]; then
  set --
  [ -z "$service_region" ] || set -- --service-region "$service_region"
  # shellcheck disable=SC2086
  endpoint=$(ec2 create-vpc-endpoint --vpc-endpoint-type Interface --service-name "$service_name" \
    --vpc-id "$vpc_id" --subnet-ids $subnet_ids --security-group-ids $security_group_ids "$@" \
    --no-private-dns-enabled --client-token "sallyport-$$-$(date +%s)" \
    --tag-specifications "ResourceType=vpc-endpoint,Tags=[{Key=Name,Value=$name}]" \
    --query VpcEndpoint.VpcEndpointId)
  say "made     $endpoint"
fi

wait_until_available() {
  deadline=$(($(date +%s) + wait_seconds))
  while :; do
    state=$(about State)
    case $state in
      [Aa]vailable) return ;;
      [Pp]ending | [Pp]endingAcceptance) ;;
      *) fail "$endpoint is $state and never comes back: delete it, and ask the vendor why." ;;
    esac
    if [ "$(date +%s)" -ge "$deadline" ]; then
      fail "$endpoint is $state still. Ask $sallyport_url why; run this again to go on."
    fi
    sleep 2
  done
}

# private_dns on|off: only one of endpoint and hosted zone can have the name in a VPC.
private_dns() {
  wanted=--no-private-dns-enabled is_so=False
  [ "$1" = off ] || wanted=--private-dns-enabled is_so=True
  found=$(about PrivateDnsEnabled)
  if [ "$found" = "$is_so" ]; then return; fi
  ec2 modify-vpc-endpoint --vpc-endpoint-id "$endpoint" "$wanted" >/dev/null
  wait_until_available
}

wait_until_available
say "let in   $endpoint"

# zone_of_vpc VPC: of this account; what AWS makes for private DNS of endpoints is of another.
zone_of_vpc() {
  own="Name=='$zone.' && Owner.OwningAccount=='$account_id'"
  route53 list-hosted-zones-by-vpc --vpc-id "$1" --vpc-region "$region" \
    --query "HostedZoneSummaries[?$own].HostedZoneId | [0]"
}

resolve_by_zone() {
  zone=${private_dns_name#\*.}
  zone_id=$(zone_of_vpc "$vpc_id")
  if [ -z "$zone_id" ]; then
    zone_id=$(route53 create-hosted-zone --name "$zone" --vpc "VPCRegion=$region,VPCId=$vpc_id" \
      --caller-reference "sallyport-$$-$(date +%s)" \
      --hosted-zone-config "Comment=$name,PrivateZone=true" --query HostedZone.Id)
    zone_id=${zone_id#/hostedzone/}
    say "made     $zone_id for $zone"
  fi
  for vpc in $dns_vpc_ids; do
    found=$(zone_of_vpc "$vpc")
    [ -n "$found" ] || route53 associate-vpc-with-hosted-zone \
      --hosted-zone-id "$zone_id" --vpc "VPCRegion=$region,VPCId=$vpc" >/dev/null
  done
  target=$(about 'DnsEntries[0].DnsName')
  target_zone=$(about 'DnsEntries[0].HostedZoneId')
  route53 change-resource-record-sets --hosted-zone-id "$zone_id" --change-batch "{\"Changes\":[{
    \"Action\":\"UPSERT\",\"ResourceRecordSet\":{\"Name\":\"$private_dns_name\",\"Type\":\"A\",
    \"AliasTarget\":{\"DNSName\":\"$target\",\"HostedZoneId\":\"$target_zone\",
    \"EvaluateTargetHealth\":false}}}]}" >/dev/null
}

share_by_profile() {
  arn="arn:$partition:route53:::hostedzone/$zone_id"
  found=$(value route53profiles list-profile-resource-associations --profile-id "$profile_id" \
    --query "ProfileResourceAssociations[?ResourceArn=='$arn'].Id | [0]")
  [ -n "$found" ] || value route53profiles associate-resource-to-profile --name "$name" \
    --profile-id "$profile_id" --resource-arn "$arn" >/dev/null
}

answer=$(about 'DnsEntries[0].DnsName')
if [ -n "$private_dns_name" ] && [ "$dns" != none ]; then
  case $dns in
    endpoint) private_dns on ;;
    hosted-zone)
      private_dns off
      resolve_by_zone
      ;;
    profile)
      private_dns off
      resolve_by_zone
      share_by_profile
      ;;
  esac
  answer=$private_dns_name
fi
say "ready    $answer"
echo "$endpoint"
