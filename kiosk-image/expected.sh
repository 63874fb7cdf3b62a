#!/bin/sh
# expected.sh MANIFEST: the manifest in the form in which it is committed, to
# be read by people: part, mode, type, owner, path, link. Without hashes, which
# every new version changes; folders of data that hold very many files are one
# line with their number, our own data one line without.
sed 's|modules/[0-9][^/\t]*|modules/KERNEL|g' "$1" | awk -F '\t' '
	BEGIN {
		data = "^usr/share/(X11|alsa|common-licenses|libhangul|libinput)/"
		data = data "|^usr/lib/aarch64-linux-gnu/espeak-ng-data/"
		data = data "|^var/cache/fontconfig/"
	}
	$6 ~ /^usr\/share\/(foyer|doc)\/./ {
		split($6, name, "/")
		once["root data usr/share/" name[3] "/*"]
		next
	}
	$6 ~ data {
		if ($3 != "d") {
			sub(/\/[^\/]*$/, "/*", $6)
			many[$1 " " $2 " " $3 " " $4 " " $6]++
		}
		next
	}
	{ print $1, $2, $3, $4, $6 ($7 == "-" ? "" : " -> " $7) }
	END {
		for (line in once)
			print line
		for (line in many)
			print line " (" many[line] ")"
	}' | LC_ALL=C sort
