#!/bin/sh
# Reports what this machine sees of a connection over AWS PrivateLink: how the name resolves,
# whether TCP connects, what TLS and which certificate answer there and, with the aws CLI, the
# endpoint, its VPC and its security groups. docs/diagnosis.md tells what becomes of it.
#
#   SALLYPORT_URL=https://sallyport.vendor.example \
#   SALLYPORT_OBSERVATION_TOKEN=sallyport_observation_XXXX \
#     sh observe.sh --name api.vendor.example [--port 443] [--endpoint VPCE] [--region us-east-1]
#                   [--resolver 10.0.0.2] [--vantage "bastion"] [--no-tls] [--dry-run]
#
# POSIX shell with curl, awk and sed. What else is there is used: dig or getent, openssl, aws.
# Nothing is changed anywhere, no credential is sent, and the token is in no command line.
# --dry-run prints the report and sends nothing. Only names, addresses and numbers of the expected
# form are taken over.
set -eu
LC_ALL=C
export LC_ALL

fail() {
  printf '%s\n' "observe.sh: $1" >&2
  exit 2
}

name='' port=443 endpoint='' region='' resolver='' vantage='' tls=yes dry=no
while [ $# -gt 0 ]; do
  case $1 in
    --no-tls) tls=no; shift; continue ;;
    --dry-run) dry=yes; shift; continue ;;
    --name | --port | --endpoint | --region | --resolver | --vantage)
      [ $# -ge 2 ] || fail "$1 needs a value." ;;
    *) fail "unknown option $1; the head of this file has them all." ;;
  esac
  case $1 in
    --name) name=$2 ;;
    --port) port=$2 ;;
    --endpoint) endpoint=$2 ;;
    --region) region=$2 ;;
    --resolver) resolver=$2 ;;
    --vantage) vantage=$2 ;;
  esac
  shift 2
done

# is TEXT PATTERN: whether all of the text is of the form, and on one line
is() {
  printf '%s\n' "$1" |
    awk -v form="^($2)\$" 'NR > 1 || $0 !~ form { bad = 1 } END { exit bad }'
}
host_form='[A-Za-z0-9*._-]+'
address_form='[0-9a-fA-F:.]+'
is "$name" "$host_form" || fail '--name must be the name that clients connect to.'
is "$port" '[0-9]+' && [ "$port" -ge 1 ] && [ "$port" -le 65535 ] || fail '--port is 1 to 65535.'
[ -z "$endpoint" ] || is "$endpoint" 'vpce-[0-9a-f]+' || fail '--endpoint looks like vpce-….'
[ -z "$region" ] || is "$region" '[a-z0-9-]+' || fail '--region looks like us-east-1.'
[ -z "$resolver" ] || is "$resolver" "$address_form" || fail '--resolver is an IP address.'
has() { command -v "$1" >/dev/null 2>&1; }
has curl || fail 'curl is needed.'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# list: the lines that come in, as the items of a JSON array of texts
list() { awk 'NF { printf "%s\"%s\"", sep, $0; sep = "," }'; }
# text TEXT: in quotes, or null when it is empty
text() { if [ -n "$1" ]; then printf '"%s"' "$1"; else printf null; fi; }
# no_longer SECONDS COMMAND…: with an end, where there is a way to set one
no_longer() {
  seconds=$1
  shift
  if has timeout; then timeout "$seconds" "$@"; else "$@"; fi
}

observe_dns() {
  outcome=failed server=''
  : >"$work/addresses"
  if has dig; then
    for type in A AAAA; do
      dig +time=3 +tries=2 ${resolver:+"@$resolver"} "$name" "$type" >"$work/dig.$type" 2>&1 || true
      awk -v type="$type" '$3 == "IN" && $4 == type { print $5 }' "$work/dig.$type"
    done | grep -E "^$address_form\$" | head -n 20 >"$work/addresses" || true
    server=$(sed -n 's/^;; SERVER: \([0-9a-fA-F:.]*\)#.*/\1/p' "$work/dig.A" | head -n 1)
    case $(sed -n 's/.*status: \([A-Z]*\),.*/\1/p' "$work/dig.A" | head -n 1) in
      NOERROR) outcome=no_answer ;;
      NXDOMAIN) outcome=no_such_name ;;
      '') grep -qi 'timed out\|no servers' "$work/dig.A" && outcome=timed_out ;;
    esac
  elif has getent; then
    # It tells no resolver, and of a name that it does not find not why.
    getent ahosts "$name" 2>/dev/null | awk '{ print $1 }' | sort -u |
      grep -E "^$address_form\$" | head -n 20 >"$work/addresses" || true
    [ -s "$work/addresses" ] || outcome=no_answer
  fi
  [ ! -s "$work/addresses" ] || outcome=answered
  is "$server" "$address_form" || server=$resolver
  printf '"dns":{"name":"%s","outcome":"%s","addresses":[%s],"resolver":%s}' \
    "$name" "$outcome" "$(list <"$work/addresses")" "$(text "$server")"
}

# dial SECONDS ADDRESS: whether and how fast it connects. telnet:// sends nothing of its own; that
# curl then waits until its time is over is no failure of the connection.
dial() {
  code=0
  took=$(curl -sS --noproxy '*' -m "$1" -w '%{time_connect}' -o /dev/null "telnet://$2:$port" \
    </dev/null 2>"$work/curl") || code=$?
  took=$(printf '%s' "${took:-0}" | tr ',' '.')
  connected=$(printf '%s' "$took" | awk '{ print ($1 > 0) ? "yes" : "no" }')
}

# One connection to each address: most are there at once, and those that are not get their time.
observe_tcp() {
  sep=''
  printf '"tcp":['
  while read -r address; do
    case $address in *:*) at="[$address]" ;; *) at=$address ;; esac
    dial 1 "$at"
    [ "$connected" = yes ] || [ "$code" -ne 28 ] || dial 5 "$at"
    ms=$(printf '%s' "$took" | awk '{ printf "%d", $1 * 1000 + 0.5 }')
    outcome=failed
    if [ "$connected" = yes ]; then outcome=connected
    elif [ "$code" -eq 28 ]; then outcome=timed_out
    elif grep -qi 'unreachable\|no route' "$work/curl"; then outcome=unreachable
    elif [ "$code" -eq 7 ]; then outcome=refused
    fi
    [ "$outcome" = connected ] || ms=null
    printf '%s{"address":"%s","port":%s,"outcome":"%s","latency_ms":%s}' \
      "$sep" "$address" "$port" "$outcome" "$ms"
    sep=','
    [ "$outcome" != connected ] || printf '%s\n' "$at" >>"$work/connected"
  done <"$work/addresses"
  printf ']'
}

# With the first address that TCP connected to.
observe_tls() {
  at=$(head -n 1 "$work/connected")
  no_longer 10 openssl s_client -connect "$at:$port" -servername "$name" -alpn h2,http/1.1 \
    -showcerts </dev/null >"$work/tls" 2>"$work/tls.errors" || true
  version=$(sed -n 's/^New, \([A-Za-z0-9.]*\), Cipher is .*/\1/p' "$work/tls" | head -n 1)
  is "$version" '(TLS|SSL)v[0-9](\.[0-9])?' || version=''
  alpn=$(sed -n 's/^ALPN protocol: //p' "$work/tls" | head -n 1)
  is "$alpn" '[A-Za-z0-9./_-]+' || alpn=''
  outcome=failed
  if [ -n "$version" ]; then outcome=negotiated
  elif grep -qi 'refused\|alert' "$work/tls.errors"; then outcome=refused
  fi
  printf '"tls":{"server_name":"%s","outcome":"%s","version":%s,"alpn":%s}' \
    "$name" "$outcome" "$(text "$version")" "$(text "$alpn")"
}

observe_certificate() {
  openssl x509 -noout -enddate -subject -ext subjectAltName <"$work/tls" >"$work/certificate" \
    2>/dev/null || return 1
  names=$(tr ',' '\n' <"$work/certificate" | sed -n 's/^ *DNS:\([A-Za-z0-9*._-]*\) *$/\1/p' |
    head -n 100 | list)
  # notAfter=Jun 30 08:00:00 2027 GMT
  expires=$(sed -n 's/^notAfter=//p' "$work/certificate" | awk '{
    month = (index("JanFebMarAprMayJunJulAugSepOctNovDec", $1) + 2) / 3
    printf "%04d-%02d-%02dT%sZ", $4, month, $2, $3 }')
  is "$expires" '[0-9]+-[0-9]+-[0-9]+T[0-9]+:[0-9]+:[0-9]+Z' || expires=''
  # The name is not judged here: the report has the names.
  case $(sed -n 's/.*Verify return code: \([0-9]*\).*/\1/p' "$work/tls" | head -n 1) in
    0 | 10) trusted=true ;;
    '') trusted=null ;;
    *) trusted=false ;;
  esac
  printf ',"certificate":{"names":[%s],"expires_at":%s,"trusted":%s}' \
    "$names" "$(text "$expires")" "$trusted"
}

# ec2 ARGUMENTS…: what the aws CLI says, one word a line; it fails when the aws CLI does
ec2() {
  no_longer 30 aws ${region:+--region "$region"} --output text ec2 "$@" \
    >"$work/ec2" 2>/dev/null || return 1
  tr '\t' '\n' <"$work/ec2"
}
flag() {
  case $1 in
    True | true) printf true ;;
    False | false) printf false ;;
    *) printf null ;;
  esac
}
attribute() {
  flag "$(ec2 describe-vpc-attribute --vpc-id "$vpc" --attribute "$1" --query "$2.Value")"
}

observe_network() {
  query='VpcEndpoints[0]'
  vpc=$(ec2 describe-vpc-endpoints --vpc-endpoint-ids "$endpoint" --query "$query.VpcId")
  is "$vpc" 'vpc-[0-9a-f]+' || return 0
  on=$(ec2 describe-vpc-endpoints --vpc-endpoint-ids "$endpoint" --query "$query.PrivateDnsEnabled")
  subnets=$(ec2 describe-vpc-endpoints --vpc-endpoint-ids "$endpoint" --query "$query.SubnetIds")
  # shellcheck disable=SC2086 # Each subnet is a word of its own.
  zones=$(ec2 describe-subnets --subnet-ids $subnets --query 'Subnets[].AvailabilityZoneId' |
    grep -E '^[a-z0-9-]+-az[0-9]+$' | sort -u | list)
  printf ',"network":{"vpc_id":"%s","availability_zone_ids":[%s],"private_dns_enabled":%s' \
    "$vpc" "$zones" "$(flag "$on")"
  printf ',"dns_support":%s,"dns_hostnames":%s}' \
    "$(attribute enableDnsSupport EnableDnsSupport)" \
    "$(attribute enableDnsHostnames EnableDnsHostnames)"
  groups=$(ec2 describe-vpc-endpoints --vpc-endpoint-ids "$endpoint" \
    --query "$query.Groups[].GroupId" | grep -E '^sg-[0-9a-f]+$')
  [ -n "$groups" ] || return 0
  printf ',"security_groups":{"ids":[%s],"port":%s,"ingress":"%s","egress":"unknown"}' \
    "$(printf '%s\n' "$groups" | list)" "$port" "$(ingress)"
}

# Whether any rule lets the port in, from wherever: `closed` only when none does.
ingress() {
  rule='SecurityGroups[].IpPermissions[]'
  rule="$rule."'join(`:`,[IpProtocol,to_string(FromPort),to_string(ToPort)])'
  # shellcheck disable=SC2086 # Each group is a word of its own.
  if ! ec2 describe-security-groups --group-ids $groups --query "$rule" >"$work/rules"; then
    printf unknown
    return 0
  fi
  awk -F: -v port="$port" '
    $1 == "-1" || ($1 == "tcp" && $2 + 0 <= port && port <= $3 + 0) { open = 1 }
    END { printf "%s", open ? "open" : "closed" }' "$work/rules"
}

: >"$work/connected"
{
  printf '{"vantage":"%s",' "$(printf '%s' "${vantage:-$(uname -n)}" |
    tr -c 'A-Za-z0-9 ._:/@-' '?' | cut -c 1-200)"
  observe_dns
  printf ','
  observe_tcp
  if [ "$tls" = yes ] && [ -s "$work/connected" ] && has openssl; then
    printf ','
    observe_tls
    observe_certificate || true
  fi
  if [ -n "$endpoint" ] && has aws; then observe_network || true; fi
  printf '}'
} >"$work/report"

if [ "$dry" = yes ]; then
  cat "$work/report"
  echo
  exit 0
fi
token=${SALLYPORT_OBSERVATION_TOKEN:-}
is "$token" 'sallyport_observation_[0-9A-Za-z]+' || fail 'SALLYPORT_OBSERVATION_TOKEN has no token.'
is "${SALLYPORT_URL:-}" 'https?://[^ ]+' || fail 'SALLYPORT_URL must be the address of the service.'
code=0
{
  printf '{"token":"%s","observation":' "$token"
  cat "$work/report"
  printf '}'
} | curl -sS -o "$work/answer" -w '%{http_code}' --max-time 30 -H 'Content-Type: application/json' \
  --data-binary @- "${SALLYPORT_URL%/}/v1/observations" >"$work/status" || code=$?
[ "$code" -eq 0 ] || fail "The service could not be reached (curl: $code)."
if [ "$(cat "$work/status")" = 201 ]; then
  echo 'Reported. Now: sallyport diagnose '"${endpoint:-VPCE}"
else
  fail "The service did not take it ($(cat "$work/status")): $(tr -d '\000-\037' <"$work/answer")"
fi
