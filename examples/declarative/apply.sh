#!/usr/bin/env bash
# Has everything be as desired-state.json declares. Run it as often as you like: what is so already
# is left alone. Needs `jq`, and SALLYPORT_URL and SALLYPORT_API_KEY for the command line.
set -euo pipefail
cd "$(dirname "$0")"

jq -c '.[]' "${1:-desired-state.json}" | while read -r declaration; do
  path=$(jq -r .path <<<"$declaration")
  jq .body <<<"$declaration" | sallyport api PUT "$path" --input - >/dev/null
  echo "$path"
done
