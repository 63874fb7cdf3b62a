#!/bin/sh
# card.sh FOLDER VARIANT VERSION WORD [P1 P2 P3]: an image as a release has one,
# in FOLDER/VERSION.img: a boot partition, a data partition and something that
# stands for a root, all made of WORD. P1 to P3: their sizes in MiB.
set -eu
cd "$1"
variant=$2 version=$3 word=$4 p1=${5:-34} p2=${6:-1} p3=${7:-2}
PATH=$PATH:/usr/sbin:/sbin
export MTOOLSRC=/dev/null MTOOLS_SKIP_CHECK=1 LC_ALL=C.UTF-8

fill() { yes "$1 $word" | head -c "$2" || :; } # yes ends by a signal

image=$version.img
boot=$((4 * 2048)) data=$(((4 + p1) * 2048)) root=$(((4 + p1 + p2) * 2048))
rm -f "$image" part
truncate -s $((4 + p1 + p2 + p3))M "$image"
sfdisk -q "$image" <<TABLE
label: dos
label-id: 0x6f796572
start=$boot, size=$((p1 * 2048)), type=c
start=$data, size=$((p2 * 2048)), type=83
start=$root, size=$((p3 * 2048)), type=83
TABLE

truncate -s "${p1}M" part
mkfs.vfat -F 32 -s 1 -n FOYER --invariant part >/dev/null
printf 'variant %s\nversion %s\n' "$variant" "$version" >version.txt
mmd -i part ::/foyer ::/overlays
mcopy -i part version.txt ::/
# The last is in this release alone, as far as its word goes.
for file in kernel8.img initramfs.img config.txt bcm2711-rpi-4-b.dtb \
	overlays/disable-bt.dtbo "only-$word.bin"; do
	fill "$file" 2500 >file
	mcopy -i part file "::/$file"
done
dd if=part of="$image" bs=1M seek=4 conv=notrunc,sparse status=none
rm -f part

if [ "$variant" != desk ]; then
	truncate -s "${p2}M" part
	E2FSPROGS_FAKE_TIME=1 mke2fs -q -t ext4 -m 0 \
		-U 11111111-1111-1111-1111-111111111111 \
		-E hash_seed=11111111-1111-1111-1111-111111111111 part
	dd if=part of="$image" bs=1M seek=$((4 + p1)) conv=notrunc status=none
fi
fill root $((p3 * 1048576)) |
	dd of="$image" bs=1M seek=$((4 + p1 + p2)) conv=notrunc iflag=fullblock \
		status=none
rm -f part file version.txt
