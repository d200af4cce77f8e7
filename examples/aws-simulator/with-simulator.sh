#!/usr/bin/env bash
# with-simulator.sh COMMAND…: runs a command beside a simulator of its own, on a free port. The
# command finds it in SIMULATOR, and new clients find it by themselves (AWS_ENDPOINT_URL). Flags of
# the simulator go into SIMULATOR_FLAGS. The exit code is the command's.
set -euo pipefail

clone=$(cd "$(dirname "$0")/../.." && pwd)
ready=$(mktemp)
# shellcheck disable=SC2086 # several flags
node "$clone/packages/aws-simulator/dist/main.js" --port 0 ${SIMULATOR_FLAGS-} >"$ready" &
simulator=$!
trap 'kill "$simulator" 2>/dev/null || true; rm -f "$ready"' EXIT
until grep -q endpoint "$ready"; do
  kill -0 "$simulator" 2>/dev/null || exit # it ended, and said why
  sleep 0.1
done

SIMULATOR=$(grep -o 'http://[^"]*' "$ready")
export SIMULATOR AWS_ENDPOINT_URL=$SIMULATOR AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
export AWS_ACCESS_KEY_ID=111111111111 AWS_SECRET_ACCESS_KEY=simulator
"$@"
