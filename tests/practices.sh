#!/bin/sh
# practices.sh FOLDER: runs the tests in it, whose functions are called after
# the practices that they show (row_03_...), and prints a line a practice.
set -u
folder=$1
rows=$(for test in "$folder"/*; do
	[ -x "$test" ] && [ -f "$test" ] || continue
	"$test" 2>&1 | sed -n \
		-e 's/^\[ *OK *\] row_\([0-9][0-9]\)_\(.*\)$/\1 shown \2/p' \
		-e 's/^\[ *FAILED *\] row_\([0-9][0-9]\)_\(.*\)$/\1 failed \2/p'
done | sort -u | tr '_' ' ')
echo "$rows"
shown=$(echo "$rows" | awk '
	$2 == "failed" { bad[$1] = 1 }
	$2 == "shown" { good[$1] = 1 }
	END { for (row in good) if (!(row in bad)) n++; print n + 0 }')
echo "practices: $shown of 87 shown"
! echo "$rows" | grep -q '^[0-9]* failed'
