#!/bin/sh
# repro.sh VARIANT: builds the card twice from nothing, programs and all, each
# time from a copy of the source in another folder, and compares every byte of
# card, manifest and bill of software. Only downloaded packages are shared.
# The copies and the cards go to build/image/repro, and away when they are alike.
set -eu
variant=$1
source=$(cd "$(dirname "$0")/.." && pwd)
base=$source/build/image/repro
: "${SOURCE_DATE_EPOCH:?make image-repro sets it}"
rm -rf "$base"
for run in first second-time; do
	copy=$base/$run/foyer
	mkdir -p "$copy"
	(cd "$source" && git ls-files -z | xargs -0 tar -cf -) |
		tar -xf - -C "$copy"
done
for run in first second-time; do
	copy=$base/$run/foyer
	echo "  REPRO $variant $run"
	env -u CCACHE_BASEDIR CCACHE_DISABLE=1 MAKEFLAGS= MAKELEVEL= \
		make --no-print-directory -C "$copy" image VARIANT="$variant" \
		>"$base/$run.log" 2>&1 || {
		tail -n 20 "$base/$run.log" >&2
		exit 1
	}
done
alike=1
for kind in img manifest spdx; do
	name=build/image/$variant/foyer-$variant.$kind
	first=$base/first/foyer/$name second=$base/second-time/foyer/$name
	(cd "$(dirname "$first")" && sha256sum "$(basename "$first")")
	cmp "$first" "$second" || alike=0
done
[ "$alike" = 1 ] || {
	diff "$base"/first/foyer/build/image/"$variant"/*.manifest \
		"$base"/second-time/foyer/build/image/"$variant"/*.manifest |
		head -n 20 >&2
	echo "repro.sh: the two are not alike; both are in $base" >&2
	exit 1
}
rm -rf "$base"
echo "  REPRO $variant: two builds from nothing, alike to the last bit"
