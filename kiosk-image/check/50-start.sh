#!/bin/sh
# What the Pi's firmware reads: the settings to the letter, the boards, the
# kernel and the start.
. "$(dirname "$0")/common.sh"
found=$SEEN/boot
for file in config.txt cmdline.txt; do
	wanted=$recipe/variants/$VARIANT/boot/$file
	[ -e "$wanted" ] || wanted=$recipe/boot/$file
	same "$file" "$wanted" "$found/$file"
done
for line in arm_64bit=1 upstream_kernel=1 kernel=kernel8.img \
	'initramfs initramfs'; do
	grep -qxF "$line" "$found/config.txt" || fail "config.txt lacks $line"
done
! grep -qE '^(dtparam|dtoverlay)' "$found/config.txt" ||
	fail "config.txt asks for trees of another kernel"
! grep -q 'console=tty[AS]\|debug\|init=\|systemd\.' "$found/cmdline.txt" ||
	fail "cmdline.txt opens a way in"
[ "$(wc -l <"$found/cmdline.txt")" = 1 ] || fail "cmdline.txt is one line"
good "config.txt and cmdline.txt: to the letter"

for file in bcm2711-rpi-4-b.dtb bcm2837-rpi-3-a-plus.dtb \
	bcm2837-rpi-3-b-plus.dtb bcm2837-rpi-zero-2-w.dtb bootcode.bin \
	start.elf start4.elf fixup.dat fixup4.dat kernel8.img initramfs; do
	[ -s "$found/$file" ] || fail "$file is missing"
done
# An arm64 kernel says ARMd at byte 56; a tree of a board begins with d00dfeed.
[ "$(gzip -dc "$found/kernel8.img" | head -c 60 | tail -c 4)" = ARMd ] ||
	fail "kernel8.img is no arm64 kernel"
for board in "$found"/*.dtb; do
	[ "$(od -An -tx1 -N4 "$board" | tr -d ' ')" = d00dfeed ] ||
		fail "${board##*/} is no tree of a board"
done
good "boot files: four boards and QEMU's, firmware, kernel, start"
zstd -qdc "$found/initramfs" | cpio --quiet -t >"$SEEN/start"
! grep -E '(^|/)(sh|bash|dash|busybox)$' "$SEEN/start" || fail "the start has a shell"
good "start: $(grep -c '\.ko$' "$SEEN/start") drivers, one program, no shell"
