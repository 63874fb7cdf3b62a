#!/bin/sh
# fuzz.sh MINUTES KEPT PROGRAMS NAME...: fuzzes each target for so many minutes
# of a processor, by turns, and prints a table. What is in KEPT adds up from run
# to run: corpus/NAME and, of each target, a line of totals; what broke a target
# lies in found/NAME. It begins with what the repository keeps in tests/fuzz, and
# its totals are counted in; fuzz_keep.sh takes more there. A signal ends it as
# the last minute would. It fails where an input broke a target, and where a
# target broke without one or never ran.
set -eu

minutes=$1 kept=$2 programs=$3
shift 3
SLICE=60  # s by the clock, after which the next target has its turn
PATIENCE=3 # slices that end in a finding, after which a target rests
. "$(dirname "$0")/fuzz_totals.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$kept/totals"

# Sets spent to the processor's time of all children so far, in hundredths of a
# second: of this shell's, so it is not to be asked in another.
look_at_clock()
{
	times >"$work/times"
	spent=$(awk 'NR == 2 { gsub(/[ms]/, " "); printf "%d\n",
		100 * (60 * ($1 + $3) + $2 + $4) }' "$work/times")
}

# The last number behind a word in what the target said; 0: it said none.
said()
{
	sed -n "s/.*$1 *\([0-9][0-9]*\).*/\1/p" "$work/said" | tail -n 1 |
		grep . || echo 0
}

# Turns of a target that broke do not say how many inputs it was given, but
# each line begins with that.
executions()
{
	last=$(sed -n 's/^#\([0-9]*\).*/\1/p' "$work/said" | tail -n 1)
	final=$(said stat::number_of_executed_units:)
	[ "$final" -gt 0 ] && echo "$final" || echo "${last:-0}"
}

# add FILE EXECUTIONS HUNDREDTHS EDGES
add()
{
	echo "$(($(number "$1" 1) + $2)) $(($(number "$1" 2) + $3)) $4" \
		>"$1.new"
	mv "$1.new" "$1"
}

slice()
{
	look_at_clock
	before=$spent broke=0
	"$programs/$1" -max_total_time=$SLICE \
		-print_final_stats=1 -rss_limit_mb=2500 -timeout=100 \
		-artifact_prefix="$kept/found/$1/" "$kept/corpus/$1" \
		$(seeds "$1") >"$work/said" 2>&1 || broke=1
	look_at_clock
	cost=$((spent - before)) count=$(executions) edges=$(said cov:)
	add "$kept/totals/$1" "$count" "$cost" "$edges"
	add "$work/$1.now" "$count" "$cost" "$edges"
	if [ $broke = 1 ] && [ $stop = 0 ]; then
		echo x >>"$work/$1.broke"
		grep -q "Test unit written to" "$work/said" ||
			echo x >>"$work/$1.idle"
		cp "$work/said" "$kept/found/$1/said"
	fi
}

seeds()
{
	[ ! -d "tests/fuzz/corpus/$1" ] || echo "tests/fuzz/corpus/$1"
}

# Keeps of a corpus the least that covers as much.
minimise()
{
	mkdir "$work/least"
	if "$programs/$1" -merge=1 "$work/least" \
		"$kept/corpus/$1" $(seeds "$1") >"$work/said" 2>&1; then
		rm -rf "$kept/corpus/$1"
		cp -R "$work/least" "$kept/corpus/$1"
	fi
	rm -rf "$work/least"
}

# turns NAME broke: those of this run that broke it; idle: without an input that
# did.
turns()
{
	cat "$work/$1.$2" 2>/dev/null | wc -l
}

ran()
{
	[ "$(number "$work/$1.now" 1)" -gt 0 ] && [ "$(turns "$1" idle)" = 0 ]
}

is_done()
{
	[ "$(number "$work/$1.now" 2)" -ge $((minutes * 6000)) ] ||
		[ "$(turns "$1" broke)" -ge $PATIENCE ]
}

findings()
{
	find "$kept/found/$1" -type f ! -name said ! -name 'slow-unit-*' | wc -l
}

table()
{
	printf '%-14s %12s %8s %7s %8s %6s %14s %8s\n' target executions \
		'CPU s' edges findings broken 'in all' 'CPU s'
	for name; do
		printf '%-14s %12d %8d %7d %8d %6d %14d %8d\n' "$name" \
			"$(number "$work/$name.now" 1)" \
			$(($(number "$work/$name.now" 2) / 100)) \
			"$(number "$kept/totals/$name" 3)" \
			"$(findings "$name")" \
			"$(turns "$name" idle)" \
			$(($(committed "$name" 1) + $(fresh "$name" 1))) \
			$(($(committed "$name" 2) + $(fresh "$name" 2) / 100))
	done
}

stop=0
trap 'stop=1' INT TERM HUP
for name; do
	mkdir -p "$kept/corpus/$name" "$kept/found/$name"
done
busy=1
while [ $busy = 1 ] && [ $stop = 0 ]; do
	busy=0
	for name; do
		if [ $stop = 0 ] && ! is_done "$name"; then
			busy=1
			slice "$name"
			! is_done "$name" || minimise "$name"
		fi
	done
done
table "$@"
found=0 idle=0
for name; do
	found=$((found + $(findings "$name")))
	if ! ran "$name"; then
		idle=1
		echo "$name was not fuzzed, or broke without an input that" \
			"does it: $kept/found/$name/said"
	fi
done
[ $found = 0 ] || echo "what broke them: $kept/found"
[ $found = 0 ] && [ $idle = 0 ]
