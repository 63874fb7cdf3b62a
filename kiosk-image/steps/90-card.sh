#!/bin/sh
# The card: a table of three parts, and each at its place. A variant may have a
# fourth between the second and the third, of zeros.
# reads: none
. "$(dirname "$0")/common.sh"
card=$OUT/foyer-$VARIANT.img
mib=1048576
root=$(stat -c %s "$OUT/root.img")
root=$(((root + mib - 1) / mib))
rm -f "$card"
truncate -s "$(((ROOT_START + root) * mib))" "$card"
{
	cat <<END
label: dos
label-id: 0x$DISK
start=${BOOT_START}MiB, size=${BOOT_SIZE}MiB, type=c
start=${DATA_START}MiB, size=${DATA_SIZE}MiB, type=83
start=${ROOT_START}MiB, size=${root}MiB, type=83
END
	[ -z "${VAULT_SIZE:-}" ] ||
		echo "start=${VAULT_START}MiB, size=${VAULT_SIZE}MiB, type=83"
} | sfdisk -q --no-reread --no-tell-kernel "$card"
place() {
	[ ! -e "$1" ] ||
		dd if="$1" of="$card" bs=1M seek="$2" conv=notrunc,sparse status=none
}
place "$OUT/boot.img" "$BOOT_START"
place "$OUT/data.img" "$DATA_START"
place "$OUT/root.img" "$ROOT_START"
