#!/bin/sh
# Every package of the lock, and our own, is unpacked side by side in OUT/all.
# Nothing of a package is run. OUT/all.files says which package brought a path.
# reads: lock/VARIANT.lock fetch.sh programs
. "$(dirname "$0")/common.sh"
lock=$recipe/lock/$VARIANT.lock
sh "$recipe/fetch.sh" "$lock" "$CACHE"
rm -rf "$OUT/all" "$OUT/all.files"
mkdir "$OUT/all"

# Whoever builds owns what is built; the image's files are made root's when the
# image is written, so no step needs to be root.
unpack() {
	dpkg-deb --fsys-tarfile "$2" >"$OUT/one.tar"
	tar -xpf "$OUT/one.tar" -C "$OUT/all" --no-same-owner \
		--keep-directory-symlink --exclude='./usr/share/man' \
		--exclude='./usr/share/locale' --exclude='./usr/share/info'
	tar -tf "$OUT/one.tar" | sed -n "s|^\./\(.*[^/]\)\$|$1 \1|p"
}

while read -r name _ hash _; do
	unpack "$name" "$CACHE/$hash.deb"
done <"$lock" >"$OUT/all.files"
unpack foyer "$FOYER_DEB" >>"$OUT/all.files"
rm "$OUT/one.tar"
find "$OUT/all" -perm /6000 -exec chmod a-s {} +
