#!/bin/sh
# The drivers that lists/modules names and those they depend on, by the kernel
# package's own word, and nothing else.
# reads: @modules
. "$(dirname "$0")/common.sh"
version=$(ls "$OUT/all/usr/lib/modules")
from=$OUT/all/usr/lib/modules/$version
to=$PICKED/usr/lib/modules/$version
depmod -b "$OUT/all" "$version"
rm -rf "$to"
mkdir -p "$to"

depends() {
	modprobe -d "$OUT/all" -S "$version" --show-depends "$1" ||
		fail "lists/modules: $1 is no driver of $version"
}
list modules | while read -r name; do
	depends "$name"
done | sed -n 's|^insmod .*/'"$version"'/\([^ ]*\).*|\1|p' | sort -u \
	>"$OUT/modules"
(cd "$from" && cpio --quiet -pdm "$to" <"$OUT/modules")
cp "$from/modules.builtin" "$from/modules.builtin.modinfo" \
	"$from/modules.order" "$to"
depmod -b "$PICKED" "$version"
