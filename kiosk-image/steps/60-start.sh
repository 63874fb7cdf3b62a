#!/bin/sh
# The initramfs: one static program, the drivers of the card and of the root,
# and what it must find there.
# reads: @start-modules notices date
. "$(dirname "$0")/common.sh"
version=$(kernel_version)
start=$OUT/start
rm -rf "$start"
mkdir -p "$start/modules" "$start/dev" "$start/proc" "$start/sys" "$start/new"
cp "$OUT/init/init" "$start/init"
cp -R "$recipe/notices" "$start"

# Unpacked, in the order in which they are to be loaded.
drivers() {
	list "$1" | while read -r name; do
		modprobe -d "$ROOT" -S "$version" --show-depends "$name" ||
			fail "lists/$1: $name is not among lists/modules"
	done | sed -n 's/^insmod \([^ ]*\).*/\1/p' | awk '!seen[$0]++' |
		while read -r path; do
			name=$(basename "$path" .xz)
			xz -dc "$path" >"$start/modules/$name"
			echo "$name"
		done
}
drivers start-modules >"$start/modules/list"
echo "$DISK $(cat "$OUT/root.hash") $SALT" >"$start/root"

find "$start" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
(cd "$start" && find . | sort |
	cpio --quiet --reproducible -R 0:0 -o -H newc) |
	zstd -q -19 -T1 >"$OUT/initramfs"
