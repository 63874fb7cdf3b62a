#!/bin/sh
# p1: what the Pi's firmware reads, and the folder that the agency fills.
# reads: @boards boot variants/VARIANT/boot date
. "$(dirname "$0")/common.sh"
version=$(kernel_version)
boot=$OUT/boot
rm -rf "$boot"
mkdir -p "$boot/foyer"
firmware=$OUT/all/usr/lib/raspi-firmware
cp "$firmware"/bootcode.bin "$firmware"/start*.elf "$firmware"/fixup*.dat \
	"$boot"
list boards | while read -r board; do
	cp "$OUT/all/usr/lib/linux-image-$version/broadcom/$board" "$boot"
done
gzip -9n <"$OUT/all/boot/vmlinuz-$version" >"$boot/kernel8.img"
cp "$OUT/initramfs" "$boot/initramfs"
for file in "$recipe/boot" "$recipe/variants/$VARIANT/boot"; do
	[ ! -d "$file" ] || cp -R "$file/." "$boot"
done
# As src/flash/edition.h reads it.
printf 'variant %s\nversion %s\n' "$VARIANT" \
	"$(cat "$ROOT/usr/share/foyer/version")" >"$boot/version.txt"
find "$boot" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +

part=$OUT/boot.img
rm -f "$part"
truncate -s "${BOOT_SIZE}M" "$part"
mkfs.vfat -F 32 --invariant -n "$FAT_NAME" -i "$FAT_SERIAL" "$part" >/dev/null
cd "$boot"
find . -mindepth 1 -type d | sort | while read -r folder; do
	mmd -i "$part" "::${folder#.}"
done
find . -type f | sort | while read -r file; do
	mcopy -m -i "$part" "$file" "::${file#.}"
done
