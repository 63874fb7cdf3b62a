#!/bin/sh
# What maintainer scripts would have done, and what is ours: the tree of the
# recipe and of the variant, accounts, programs of the start, prepared tables.
# reads: @passwd @group @wanted @masked tree variants/VARIANT/tree init notices date
. "$(dirname "$0")/common.sh"
rm -rf "$ROOT"
cp -a "$PICKED" "$ROOT"
cd "$ROOT"
for tree in "$recipe/tree" "$recipe/variants/$VARIANT/tree"; do
	[ ! -d "$tree" ] || cp -R "$tree/." .
done
# The parts of the card are known by the number of its table.
find etc -type f \( -name "*.mount" -o -name "*.service" \) \
	-exec sed -i "s|@DISK@|$DISK|g" {} +
mkdir -p boot data dev home proc root run sys tmp var/lib var/cache var/tmp \
	etc/systemd/system
chmod 0700 root
chmod 1777 tmp var/tmp
ln -sfn ../run var/run
ln -sfn ../proc/self/mounts etc/mtab
: >etc/machine-id

# Nobody has a password, and none can be given.
list passwd >etc/passwd
list group >etc/group
sed 's/^\([^:]*\):.*/\1:!*:1::::::/' etc/passwd >etc/shadow
sed 's/^\([^:]*\):.*/\1:!*::/' etc/group >etc/gshadow
chmod 0400 etc/shadow etc/gshadow

# Units that start of themselves, and those that nothing may start.
list wanted | while read -r target unit; do
	mkdir -p "etc/systemd/system/$target.wants"
	path=$(ls "etc/systemd/system/$unit" "usr/lib/systemd/system/$unit" \
		2>/dev/null | head -n 1)
	[ -n "$path" ] || fail "lists/wanted: there is no unit $unit"
	ln -s "/$path" "etc/systemd/system/$target.wants/$unit"
done
list masked | while read -r unit; do
	ln -s /dev/null "etc/systemd/system/$unit"
done
ln -sfn multi-user.target usr/lib/systemd/system/default.target

# The two programs of the start that the running system calls, too.
sh "$recipe/init/make.sh" "$OUT/init"
mkdir -p usr/lib/foyer
cp "$OUT/init/notice" "$OUT/init/clock" usr/lib/foyer
cp -R "$recipe/notices" usr/lib/foyer

# Tables that would be made at the first start, by the release's own programs.
# Each is the same whoever makes it: times are the image's.
emulate() {
	program=$1
	shift
	qemu-aarch64-static -L "$OUT/all" "$OUT/all/$program" "$@"
}
# By udevadm: what systemd-hwdb writes holds the paths of the building computer.
emulate usr/bin/udevadm hwdb --update --root="$ROOT" --strict 2>/dev/null
mv etc/udev/hwdb.bin usr/lib/udev
rm -rf usr/lib/udev/hwdb.d
find . -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
mkdir -p var/cache/fontconfig
emulate usr/bin/fc-cache --sysroot="$ROOT" -s
rm -f var/cache/fontconfig/CACHEDIR.TAG

: >usr/lib/clock-epoch
: >etc/.updated
: >var/.updated
find . -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
