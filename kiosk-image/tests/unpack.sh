#!/bin/sh
# unpack.sh CARD PROBE FOLDER: what the firmware of a Pi would take from a
# card's first part goes to FOLDER, for QEMU to start: kernel, initramfs with
# the probe behind it, cmdline.txt and the device trees.
set -eu
card=$1 probe=$2 folder=$3
# The first part's place, in the table of the card.
start=$(sfdisk --json "$card" | sed -n 's/.*"start": *\([0-9]*\).*/\1/p' |
	head -n 1)
part="$card@@$((start * 512))"
mkdir -p "$folder/probe"
mcopy -n -i "$part" ::kernel8.img "$folder/kernel"
mcopy -n -i "$part" ::initramfs "$folder/initramfs"
mcopy -n -i "$part" ::cmdline.txt ::bcm2837-rpi-3-b.dtb "$folder"
# The kernel unpacks one archive after the other, each from a multiple of four.
size=$(stat -c %s "$folder/initramfs")
truncate -s "$(((size + 3) / 4 * 4))" "$folder/initramfs"
cp "$probe" "$folder/probe/probe"
(cd "$folder/probe" && echo probe | cpio --quiet -o -H newc) \
	>>"$folder/initramfs"
