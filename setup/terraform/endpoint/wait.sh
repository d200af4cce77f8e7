#!/bin/sh
# Waits until the vendor has let the endpoint in, and fails at once when that cannot be any more.
# Needs curl, and in the environment SALLYPORT_URL, SALLYPORT_API_KEY and VPC_ENDPOINT_ID.
set -eu

: "${SALLYPORT_URL:?the address of the vendor's Sallyport}"
: "${SALLYPORT_API_KEY:?export it: the key that your invite was redeemed for}"
: "${VPC_ENDPOINT_ID:?the id of the endpoint}"
deadline=$(($(date +%s) + ${WAIT_SECONDS:-900}))

# ask PATH: the body, and then a line with the status; 000 when nobody answers. The key goes in by
# standard input, as everybody on the machine can read arguments.
ask() {
  printf 'header = "Authorization: Bearer %s"\n' "$SALLYPORT_API_KEY" |
    curl -sS --max-time 40 --config - --write-out '\n%{http_code}' \
      "${SALLYPORT_URL%/}/v1/connections/$VPC_ENDPOINT_ID$1" 2>/dev/null || printf '\n000'
}

# member NAME: a text member of the JSON on standard input. Inside of texts quotes are escaped.
member() { sed -n "s/.*\"$1\":\"\\([^\"]*\\)\".*/\\1/p" | head -n 1; }

fail() {
  echo "$1" >&2
  ask /diagnosis | member summary >&2
  exit 1
}

said=''
while :; do
  left=$((deadline - $(date +%s)))
  if [ "$left" -lt 1 ]; then left=1; elif [ "$left" -gt 25 ]; then left=25; fi
  answer=$(ask "?wait=${left}s&wait_for=available")
  status=$(printf '%s\n' "$answer" | tail -n 1)
  case $status in
    200)
      state=$(printf '%s\n' "$answer" | member state)
      case $state in
        available) exit 0 ;;
        rejected | failed | expired | deleting | deleted)
          fail "$VPC_ENDPOINT_ID is $state, and never comes back: mend that, and replace it." ;;
      esac
      hold=$(printf '%s\n' "$answer" | member hold_action)
      if [ -n "$hold" ] && [ "$hold" != "$said" ]; then echo "$VPC_ENDPOINT_ID waits: $hold" >&2; fi
      said=$hold
      ;;
    # The vendor looks every few seconds; it has not seen the endpoint yet.
    404) ;;
    400 | 401 | 403)
      echo "$SALLYPORT_URL refuses ($status): $(printf '%s\n' "$answer" | member detail)" >&2
      exit 1
      ;;
    *) sleep 5 ;;
  esac
  if [ "$(date +%s)" -ge "$deadline" ]; then
    fail "$VPC_ENDPOINT_ID is not let in yet. Apply again to go on waiting."
  fi
done
