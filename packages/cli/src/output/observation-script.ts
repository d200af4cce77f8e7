// The script that a customer runs where its clients are: POSIX shell, with what is there of `dig`,
// `getent`, `openssl` and `curl`. It prints what it sends, and sends nothing else.

export interface Asked {
  url: string;
  token: string;
  /** A name of letters, digits, dots and dashes alone: it goes into the script as it is. */
  name: string;
  port: number;
  endpoint: string;
  expires: string;
}

export function observationScript({ url, token, name, port, endpoint, expires }: Asked): string {
  return `#!/bin/sh
# What this machine sees of ${endpoint}: DNS, TCP, TLS. It sends that to
# ${url}, once, until ${expires}, and prints it before.
# NAME and PORT are what your clients connect to: change them where that is something else.
NAME=\${NAME:-${name}}
PORT=\${PORT:-${port}}
URL='${url}'
TOKEN='${token}'
${BODY}`;
}

const BODY = String.raw`
set -u
case $NAME in
*[!A-Za-z0-9_.-]* | NAME_OF_THE_ENDPOINT)
  echo 'Set NAME to the host that clients use.' >&2
  exit 2
  ;;
esac
has() { command -v "$1" >/dev/null 2>&1; }
within() { if has timeout; then timeout "$@"; else shift; "$@"; fi; }
list() { awk 'NF { printf "%s\"%s\"", sep, $1; sep = "," }'; }

# DNS, by the resolver of this machine.
if has getent; then found=$(within 10 getent ahosts "$NAME" | awk '{ print $1 }' | sort -u)
elif has dig; then found=$(within 10 dig +short "$NAME" A "$NAME" AAAA | grep -v '\.$')
else
  found=$(within 10 nslookup "$NAME" 2>/dev/null |
    awk '/^Name:/ { on = 1 } on && /^Address/ { print $NF }')
fi
addresses=$(printf '%s\n' "$found" | grep -E '^[0-9a-fA-F:.]+$' | list)
if [ -n "$addresses" ]; then outcome=answered; else outcome=failed; fi
dns='{"name":"'$NAME'","outcome":"'$outcome'","addresses":['$addresses'],"resolver":null}'

# TCP and TLS, to the first address.
first=$(printf '%s\n' "$found" | grep -E '^[0-9a-fA-F:.]+$' | head -n 1)
tcp= tls=
if [ -n "$first" ] && has openssl; then
  case $first in *:*) target="[$first]:$PORT" ;; *) target="$first:$PORT" ;; esac
  talk=$(within 10 openssl s_client -connect "$target" -servername "$NAME" </dev/null 2>&1)
  case $talk in
  *CONNECTED*) connected=connected ;;
  *refused*) connected=refused ;;
  *unreachable* | *'No route'*) connected=unreachable ;;
  *) connected=timed_out ;;
  esac
  tcp=',"tcp":[{"address":"'$first'","port":'$PORT',"outcome":"'$connected'","latency_ms":null}]'
  version=$(printf '%s\n' "$talk" | grep -oE 'TLSv1(\.[0-9])?' | head -n 1)
  if [ "$connected" = connected ]; then
    if printf '%s\n' "$talk" | grep -qE 'Cipher is [A-Z0-9]' && [ -n "$version" ]; then
      tls='"outcome":"negotiated","version":"'$version'"'
    else
      tls='"outcome":"failed","version":null'
    fi
    tls=',"tls":{"server_name":"'$NAME'",'$tls',"alpn":null}'
  fi
fi
host=$(hostname 2>/dev/null | tr -cd 'A-Za-z0-9_.-')
report='{"vantage":"'$host'","dns":'$dns$tcp$tls'}'
printf 'Sending to %s:\n%s\n' "$URL" "$report" >&2
printf '{"token":"%s","observation":%s}' "$TOKEN" "$report" |
  curl -fsS -X POST "$URL/v1/observations" -H 'Content-Type: application/json' \
    --data-binary @- >/dev/null &&
  echo 'Sent. Thank you.' >&2
`;
