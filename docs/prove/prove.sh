#!/bin/sh
# Proves to a Sallyport service that an AWS account is yours, with a POSIX shell, curl and openssl.
# No credential leaves this machine, and none is ever an argument of a program, where `ps` shows it.
#
#   prove.sh 222222222222              by a signature with the credentials of the environment
#   prove.sh --role 222222222222       by the role of the account that trusts the vendor
#   prove.sh --role 222222222222 NAME  by one of another name
#
# SALLYPORT_URL                              where the service is
# SALLYPORT_API_KEY, SALLYPORT_API_KEY_FILE  your key, or the file that has it
# SALLYPORT_AUDIENCE                         its public origin, if that is not SALLYPORT_URL
# AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN
# AWS_REGION                                 whose STS is asked; us-east-1 unless given
set -eu
set +x

die() {
  printf '%s\n' "$*" >&2
  exit 1
}

# call METHOD PATH [BODY]: sends it, and puts status and body into variables.
call() {
  answer=$(
    {
      printf 'header = "authorization: Bearer %s"\n' "$key"
      if [ $# -gt 2 ]; then
        printf 'header = "content-type: application/json"\n'
        printf 'data = "%s"\n' "$(printf %s "$3" | sed 's/["\\]/\\&/g')"
      fi
    } | curl -sS --max-time 60 -X "$1" -w '\n%{http_code}' --config - "$url$2"
  ) || die "$url does not answer."
  status=$(printf %s "$answer" | sed -n '$p')
  body=$(printf %s "$answer" | sed '$d' | tr -d '\n')
}

succeeded() {
  case $status in
  2??) ;;
  *) die "$1: $status $(member detail)" ;;
  esac
}

# The text of a member of the body.
member() {
  printf %s "$body" | sed -n 's/.*"'"$1"'": *"\([^"]*\)".*/\1/p'
}

origin_of() {
  printf %s "$1" | sed 's,^\([a-z]*://[^/]*\).*,\1,' | tr '[:upper:]' '[:lower:]'
}

sha256() {
  openssl dgst -sha256 | sed 's/^.*= *//'
}

hex() {
  od -An -v -tx1 | tr -d ' \n'
}

# The bytes that are written in hex.
unhex() {
  rest=$1
  while [ -n "$rest" ]; do
    printf "\\$(printf %03o $((0x${rest%"${rest#??}"})))"
    rest=${rest#??}
  done
}

# padded NUMBER KEY: 64 bytes of a key in hex, each XORed with the number (RFC 2104).
padded() {
  rest=$2
  left=64
  while [ $left -gt 0 ]; do
    digits=${rest%"${rest#??}"}
    printf "\\$(printf %03o $((0x${digits:-0} ^ $1)))"
    rest=${rest#??}
    left=$((left - 1))
  done
}

# The HMAC-SHA256 of stdin, in hex. By hand, as openssl takes keys in its arguments only.
hmac() {
  secret=$1
  [ ${#secret} -le 128 ] || secret=$(unhex "$secret" | sha256)
  inner=$({ padded 54 "$secret" && cat; } | sha256)
  { padded 92 "$secret" && unhex "$inner"; } | sha256
}

escaped() {
  printf %s "$1" | sed 's/%/%25/g; s/+/%2B/g; s,/,%2F,g; s/=/%3D/g'
}

# Signs GetCallerIdentity with challenge and audience as headers (AWS's Signature Version 4).
sign() {
  date=$(date -u +%Y%m%dT%H%M%SZ)
  scope=${date%T*}/$region/sts/aws4_request
  headers='host;x-sallyport-audience;x-sallyport-challenge'
  query="Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256"
  query="$query&X-Amz-Credential=$(escaped "$AWS_ACCESS_KEY_ID/$scope")"
  query="$query&X-Amz-Date=$date&X-Amz-Expires=300"
  [ -z "$token" ] || query="$query&X-Amz-Security-Token=$(escaped "$token")"
  query="$query&X-Amz-SignedHeaders=$(printf %s "$headers" | sed 's/;/%3B/g')"
  nothing=$(printf '' | sha256)
  hash=$(
    printf 'GET\n/\n%s\nhost:%s\nx-sallyport-audience:%s\nx-sallyport-challenge:%s\n\n%s\n%s' \
      "$query" "sts.$region.$suffix" "$audience" "$challenge" "$headers" "$nothing" | sha256
  )
  signing=$(printf %s "AWS4$AWS_SECRET_ACCESS_KEY" | hex)
  for part in "${date%T*}" "$region" sts aws4_request; do
    signing=$(printf %s "$part" | hmac "$signing")
  done
  signature=$(printf 'AWS4-HMAC-SHA256\n%s\n%s\n%s' "$date" "$scope" "$hash" | hmac "$signing")
}

method=signature
if [ "${1:-}" = --role ]; then
  method=role
  shift
fi
account=${1:-}
role=${2:-}
case $account in
[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]) ;;
*) die "Say which account: prove.sh [--role] <12 digits>." ;;
esac
case $role in
*[!A-Za-z0-9_+=,.@/-]*) die "$role is not the name of a role." ;;
esac
url=${SALLYPORT_URL:?where is the service?}
url=${url%/}
key=${SALLYPORT_API_KEY:-}
[ -n "$key" ] || key=$(cat "${SALLYPORT_API_KEY_FILE:?your key, or SALLYPORT_API_KEY}")
region=${AWS_REGION:-us-east-1}
token=${AWS_SESSION_TOKEN:-}
partition=aws
suffix=amazonaws.com
case $region in
*[!a-z0-9-]*) die "$region is not a region." ;;
cn-*)
  partition=aws-cn
  suffix=amazonaws.com.cn
  ;;
us-gov-*) partition=aws-us-gov ;;
esac
if [ $method = signature ]; then
  : "${AWS_ACCESS_KEY_ID:?are there no credentials? Or prove it by --role}"
  : "${AWS_SECRET_ACCESS_KEY:?}"
fi

call GET "/v1/accounts/$account"
if [ "$status" = 404 ]; then
  call POST /v1/accounts "{\"account_id\":\"$account\",\"partition\":\"$partition\"}"
fi
succeeded "The account cannot be claimed"
id=$(member id)
call POST "/v1/accounts/$id/challenges"
succeeded "There is no challenge"
challenge_id=$(member id)
challenge=$(member challenge)
audience=$(member audience)
case $challenge$audience in
*[!A-Za-z0-9_.:/-]*) die "The challenge has characters that no challenge has." ;;
esac
# Whoever passes on the challenge of another service could use our answer there.
if [ "$(origin_of "$audience")" != "$(origin_of "${SALLYPORT_AUDIENCE:-$url}")" ]; then
  die "The challenge is for $audience, which is not the service at $url; nothing was signed."
fi
if [ $method = role ]; then
  proof="\"method\":\"role\""
  [ -z "$role" ] || proof="$proof,\"role_name\":\"$role\""
else
  sign
  proof="\"region\":\"$region\",\"access_key_id\":\"$AWS_ACCESS_KEY_ID\",\"amz_date\":\"$date\""
  proof="$proof,\"signature\":\"$signature\""
  [ -z "$token" ] || proof="$proof,\"session_token\":\"$token\""
fi
call POST "/v1/accounts/$id/proofs" "{\"challenge_id\":\"$challenge_id\",$proof}"
succeeded "The proof was not taken"
operation=$(member id)
tries=300
while [ "$(member state)" = running ]; do
  [ $tries -gt 0 ] || die "The proof is still being checked: operation $operation."
  tries=$((tries - 1))
  sleep 1
  call GET "/v1/operations/$operation"
  succeeded "The operation cannot be read"
done
[ "$(member state)" = succeeded ] || die "$(member message)"
call GET "/v1/accounts/$id"
succeeded "The account cannot be read"
printf 'Account %s is %s.\n' "$account" "$(member standing)"
