#!/bin/sh
# fuzz_keep.sh KEPT PROGRAMS NAME...: takes from KEPT, where fuzz.sh leaves it,
# into tests/fuzz, where every later run begins: what each target adds to the
# totals, and of its corpus what reaches code that nothing there reaches, so
# little of it that the repository stays small. An input there with a name is
# somebody's and stays; others, named by their hash, give way to better ones.
set -eu

kept=$1 programs=$2
shift 2
LARGEST=2048 # bytes of an input
MOST=32      # inputs of a target that have no name
. "$(dirname "$0")/fuzz_totals.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The inputs in a folder that have no name.
nameless()
{
	ls "$1" | grep -E '^[0-9a-f]{40}$' || :
}

# Of the inputs in the folder more, the MOST that reach most of what those in the
# folder base do not, each beyond all smaller ones. libFuzzer tells that of each
# in its notes: how many files, a line, their names, and a line COV each.
choose()
{
	rm -rf "$work/merged" "$work/notes"
	cp -R "$work/base" "$work/merged"
	"$programs/$1" -merge=1 -merge_control_file="$work/notes" \
		"$work/merged" "$work/more" >"$work/said" 2>&1 || return 1
	awk -v more="$work/more/" '
		NR == 1 { files = $1 }
		NR > 2 && NR <= files + 2 { path[NR - 3] = $0 }
		NR > files + 2 && $1 == "COV" && NF > 2 &&
			index(path[$2], more) == 1 {
				print NF - 2, substr(path[$2], length(more) + 1)
			}' "$work/notes" |
		sort -k 1,1rn -k 2 | sed -n "1,${MOST}s/.* //p" >"$work/chosen"
}

# What is new beside all that is there; where that is too many, the best of both.
keep_corpus()
{
	there=tests/fuzz/corpus/$1
	rm -rf "$work/base" "$work/more"
	mkdir -p "$there" "$work/more"
	cp -R "$there" "$work/base"
	find "$kept/corpus/$1" -type f -size -$((LARGEST + 1))c \
		-exec cp {} "$work/more" \;
	choose "$1" || return 1
	if [ $(($(nameless "$there" | wc -l) +
		$(wc -l <"$work/chosen"))) -gt $MOST ]; then
		for input in $(nameless "$there"); do
			mv "$work/base/$input" "$work/more"
		done
		choose "$1" || return 1
	fi
	give_way
}

# What was chosen comes; what was up for choice and was not, goes.
give_way()
{
	for input in $(nameless "$there"); do
		[ -e "$work/base/$input" ] ||
			grep -qx "$input" "$work/chosen" || rm "$there/$input"
	done
	while read -r input; do
		[ -e "$there/$input" ] || new=$((new + 1))
		cp "$work/more/$input" "$there" || return 1
	done <"$work/chosen"
}

# Whole seconds are taken; what is left of one is the next time's.
keep_totals()
{
	executions=$(fresh "$1" 1) seconds=$(($(fresh "$1" 2) / 100))
	edges=$(number "$kept/totals/$1" 3)
	{
		[ ! -e tests/fuzz/totals ] ||
			awk -v name="$1" '$1 != name' tests/fuzz/totals
		echo "$1 $(($(committed "$1" 1) + executions))" \
			"$(($(committed "$1" 2) + seconds)) $edges"
	} | LC_ALL=C sort >"$work/totals"
	echo "$(($(number "$kept/committed/$1" 1) + executions))" \
		"$(($(number "$kept/committed/$1" 2) + seconds * 100)) $edges" \
		>"$work/committed"
	cp "$work/totals" tests/fuzz/totals
	mv "$work/committed" "$kept/committed/$1"
}

failed=0
mkdir -p "$kept/committed"
printf '%-14s %14s %8s %7s %7s %6s\n' target 'in all' 'CPU s' edges inputs new
for name; do
	[ -e "$kept/totals/$name" ] || continue
	new=0
	if ! keep_corpus "$name"; then
		failed=1
		echo "$name: its corpus was not looked through:"
		tail -n 3 "$work/said"
	fi
	keep_totals "$name"
	printf '%-14s %14d %8d %7d %7d %6d\n' "$name" "$(committed "$name" 1)" \
		"$(committed "$name" 2)" "$(committed "$name" 3)" \
		"$(ls "tests/fuzz/corpus/$name" | wc -l)" $new
done
exit $failed
