#!/bin/sh
# one.sh [WORD...] TEST: runs a test, with the words before it (valgrind), and
# prints all it said at once, so that tests may run beside each other.
for last; do :; done
said=$(mktemp)
started=$(date +%s)
"$@" >"$said" 2>&1
status=$?
(
	flock 9
	echo "== $last ($(($(date +%s) - started)) s)"
	cat "$said"
	[ $status = 0 ] || echo "** $last failed with status $status"
) 9>"${TMPDIR:-/tmp}/foyer-tests.lock"
rm -f "$said"
[ $status = 0 ]
