#!/bin/sh
# languages.sh FOYER README [write]: the table of languages and their states in
# README, between two marker comments, is what FOYER finds; or is written so.
set -eu
foyer=$1 readme=$2
begin='<!-- languages: written by make languages -->'
end='<!-- /languages -->'
folder=$(mktemp -d)
wanted=$folder/readme
trap 'rm -rf "$folder"' EXIT

# A home where nothing is: only what ships counts.
mkdir "$folder/home"
"$foyer" language table --home "$folder/home" >"$folder/table"
awk -v begin="$begin" -v end="$end" -v table="$folder/table" '
	$0 == end { inside = 0 }
	!inside { print }
	$0 == begin {
		inside = 1
		while ((getline line < table) > 0)
			print line
	}' "$readme" >"$wanted"
grep -qxF "$begin" "$readme" && grep -qxF "$end" "$readme" || {
	echo "$readme: the comments around the table of languages are gone" >&2
	exit 1
}
if [ "${3:-}" = write ]; then
	cat "$wanted" >"$readme"
elif ! cmp -s "$wanted" "$readme"; then
	echo "$readme: its table of languages is out of date: make languages" >&2
	exit 1
fi
