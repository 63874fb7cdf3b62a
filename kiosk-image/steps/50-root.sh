#!/bin/sh
# The root as one file that can only be read, and after it the hashes that tell
# whether a block of it is what was built. Everything in it is root's.
# reads: date
. "$(dirname "$0")/common.sh"
rm -f "$OUT/root.img"
env -u SOURCE_DATE_EPOCH mksquashfs "$ROOT" "$OUT/root.img" -quiet \
	-no-progress -comp zstd -Xcompression-level "${FOYER_IMAGE_LEVEL:-15}" \
	-reproducible -all-root -all-time "$SOURCE_DATE_EPOCH" \
	-mkfs-time "$SOURCE_DATE_EPOCH" -no-xattrs
size=$(stat -c %s "$OUT/root.img")
size=$(((size + 4095) / 4096 * 4096))
truncate -s "$size" "$OUT/root.img"
veritysetup format "$OUT/root.img" "$OUT/root.img" --hash-offset="$size" \
	--salt="$SALT" --uuid="$ROOT_UUID" >"$OUT/verity"
# What the start needs to know of it: blocks of data, and the hash over all.
sed -n 's/^Data blocks:[ \t]*//p; s/^Root hash:[ \t]*//p' "$OUT/verity" |
	tr '\n' ' ' >"$OUT/root.hash"
