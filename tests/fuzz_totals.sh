# fuzz_totals.sh, for fuzz.sh and fuzz_keep.sh: how much a target was fuzzed. In
# $kept/totals/NAME and, what of that the repository has, in $kept/committed/NAME
# are lines "EXECUTIONS HUNDREDTHS EDGES", of seconds of a processor; in
# tests/fuzz/totals lines "NAME EXECUTIONS SECONDS EDGES".

# number FILE FIELD; 0: no file.
number()
{
	if [ -e "$1" ]; then cut -d ' ' -f "$2" "$1"; else echo 0; fi
}

# committed NAME FIELD: what the repository has, in seconds; 0: nothing.
committed()
{
	[ -e tests/fuzz/totals ] || { echo 0; return; }
	awk -v name="$1" -v field="$2" '$1 == name { value = $(field + 1) }
		END { printf "%d\n", value }' tests/fuzz/totals
}

# fresh NAME FIELD: what the repository does not have yet.
fresh()
{
	echo $(($(number "$kept/totals/$1" "$2") -
		$(number "$kept/committed/$1" "$2")))
}
