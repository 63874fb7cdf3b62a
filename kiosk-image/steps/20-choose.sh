#!/bin/sh
# What the lists name is copied from OUT/all to OUT/picked, with the libraries
# and drivers that it needs; the rest is not in the image.
# reads: @boot-packages @keep @programs @libraries @units @fonts
. "$(dirname "$0")/common.sh"
cd "$OUT/all"
chosen=$OUT/chosen
libraries='usr/lib/aarch64-linux-gnu usr/lib/aarch64-linux-gnu/systemd usr/lib'

# Each list's lines must still find something: a package may have moved it.
listed() {
	list "$1" | while read -r line; do
		find usr etc ! -type d -path "$2$line" | grep . ||
			echo "lists/$1: $line is in no package" >&2
	done
}

needed() {
	xargs -r aarch64-linux-gnu-readelf -d 2>/dev/null |
		sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | sort -u
}

# The path of each library named on standard input, and what its link means.
found() {
	while read -r name; do
		for folder in $libraries; do
			[ -e "$folder/$name" ] || continue
			echo "$folder/$name"
			[ ! -L "$folder/$name" ] ||
				realpath --relative-to=. "$folder/$name"
			continue 2
		done
		fail "nothing brings the library $name"
	done
}

{
	listed keep ''
	listed programs ''
	listed libraries ''
	listed units usr/lib/systemd/system/
	listed fonts 'usr/share/fonts/*/'
} >"$chosen.new" 2>"$OUT/lost"
[ ! -s "$OUT/lost" ] || fail "$(cat "$OUT/lost")"
# A link that a list names stands for what it points to as well.
while read -r path; do
	echo "$path"
	[ ! -L "$path" ] || ! [ -f "$path" ] || realpath --relative-to=. "$path"
done <"$chosen.new" | grep -v '^\.\./' | sort -u >"$chosen"

before=0
while [ "$before" -ne "$(wc -l <"$chosen")" ]; do
	before=$(wc -l <"$chosen")
	needed <"$chosen" | found | sort -u - "$chosen" >"$chosen.new"
	mv "$chosen.new" "$chosen"
done
rm -f "$OUT/lost"

# Of every package of which something was chosen, the copyright file, if only by
# a link to another package's. The first part has the kernel and the firmware.
{
	awk -v chosen="$chosen" '
		BEGIN { while ((getline path <chosen) > 0) wanted[path] = 1 }
		{ name = $1; sub(/^[^ ]* /, "") }
		$0 in wanted { print name }' "$OUT/all.files" | uniq
	list boot-packages | while read -r pattern; do
		cut -d " " -f 1 "$OUT/all.files" | grep -x "$pattern" | uniq
	done
} | sort -u | while read -r name; do
	documents=usr/share/doc/$name
	[ ! -L "$documents" ] || echo "$documents"
	[ ! -e "$documents/copyright" ] ||
		realpath --relative-to=. "$documents/copyright"
done >"$chosen.new"
sort -u -o "$chosen" "$chosen" "$chosen.new"

rm -rf "$PICKED"
mkdir "$PICKED"
# The links of a merged /usr, and the files.
{
	find . -maxdepth 1 -type l
	sed 's|^|./|' "$chosen"
} | cpio --quiet -pdm "$PICKED"
