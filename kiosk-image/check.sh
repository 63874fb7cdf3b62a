#!/bin/sh
# check.sh VARIANT: looks at the finished card as files, as it was written and
# not as it was meant: each script of check/ takes the card apart and compares.
# One line a check; the first that fails ends it with 1.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
VARIANT=$1
OUT=$(cd "${FOYER_IMAGE_OUT:-build/image}/$VARIANT" && pwd)
CACHE=${FOYER_IMAGE_CACHE:-$(dirname "$OUT")/cache}
CARD=$OUT/foyer-$VARIANT.img
[ -s "$CARD" ] || {
	echo "check.sh: $CARD is not there; run make image" >&2
	exit 1
}
SEEN=$(mktemp -d)
trap 'rm -rf "$SEEN"' EXIT
trap 'exit 130' INT TERM
export VARIANT OUT CACHE CARD SEEN
failed=0
for check in "$here"/check/[0-9]*.sh; do
	sh "$check" || failed=1
done
[ "$failed" = 0 ] || {
	echo "check.sh: the card is not what it must be" >&2
	exit 1
}
