#!/bin/sh
# postgres.sh TEST...: runs tests of the record with their records on a server of
# their own; see tests/support/server.sh.
set -eu
here=$(dirname "$0")
dir=$(mktemp -d)
trap 'sh "$here/support/server.sh" stop "$dir"; rm -rf "$dir"' EXIT
status=0
sh "$here/support/server.sh" start "$dir" || status=$?
if [ $status = 77 ]; then
	echo "skipped: no server"
	exit 0
fi
[ $status = 0 ] || exit $status
for test; do
	FOYER_RECORD=$dir sh "$here/one.sh" "$test" || status=1
done
exit $status
