#!/usr/bin/env bash
# Rolls the role workflow over to a version that runs beside the present one:
#
#   CHECK='...' roll.sh DEPLOYMENT BUILD_ID [PERCENT...]
#
# gives it so many percent of the workflows (10, then 50), one step after the other, each for SECONDS_EACH (60), and makes it
# current at last. If the command CHECK fails after a step (an alert fires, say), the version gets nothing any more, and
# what it has begun goes on with the present one. Temporal's own variables say where Temporal is.
set -euo pipefail
deployment=$1 build=$2
shift 2
steps=("$@")
[ ${#steps[@]} -gt 0 ] || steps=(10 50)

# Until the server has seen that the new version's workers ask for the same task queues.
patiently() {
  local tries=1
  until out="$(temporal worker deployment "$@" --deployment-name "$deployment" --build-id "$build" --yes 2>&1)"; do
    if [ $((tries++)) -ge 60 ]; then
      echo "$out" >&2
      return 1
    fi
    sleep 1
  done
}

for percent in "${steps[@]}"; do
  patiently set-ramping-version --percentage "$percent"
  echo "version $build gets $percent percent"
  sleep "${SECONDS_EACH:-60}"
  if ! eval "${CHECK:-true}"; then
    patiently set-ramping-version --delete
    echo "the check failed: version $build gets nothing any more" >&2
    exit 1
  fi
done
patiently set-current-version
echo "version $build is current; the processes of the one before may stop"
