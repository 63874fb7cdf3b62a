#!/bin/sh
# lock.sh VARIANT: writes the lock of a variant anew: what its lists ask for
# and all that depends on it, in the newest versions that the mirror has.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
VARIANT=$1 OUT=/nonexistent
. "$here/steps/common.sh"
lock=$here/lock/$VARIANT.lock
mkdir -p "$here/lock"
without=$(mktemp)
trap 'rm -f "$without" "$lock.new"' EXIT
list without >"$without"
# shellcheck disable=SC2046
sh "$here/resolve.sh" trixie arm64 'main non-free-firmware' $(list packages) |
	awk -v without="$without" '
	BEGIN { while ((getline name <without) > 0) gone[name] = 1 }
	!($1 in gone)' >"$lock.new"
[ -s "$lock.new" ] || fail "nothing was resolved"
diff "$lock" "$lock.new" 2>/dev/null || :
mv "$lock.new" "$lock"
