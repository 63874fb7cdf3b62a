#!/bin/sh
# package.sh BUILD VERSION EPOCH FOYER PROGRAM...: the tree of what is
# installed, in BUILD/root, and a Debian package of it, BUILD/foyer.deb, without
# maintainer scripts, dated EPOCH. FOYER is the tool of that name for this
# machine; BUILD/sysroot.files says which package a library is of.
set -eu
build=$1 version=$2 epoch=$3 foyer=$4
shift 4
root=$build/root
share=$root/usr/share/foyer
rm -rf "$root"
umask 022
mkdir -p "$root/usr/bin" "$share" "$root/usr/share/doc/foyer"

for program; do
	aarch64-linux-gnu-strip -o "$root/usr/bin/$program" "$build/$program"
	page=$(echo src/*/"$program".1)
	section=$root/usr/share/man/man1
	mkdir -p "$section"
	gzip -9n <"$page" >"$section/$program.1.gz"
done

sh kiosk-image/share.sh "$share" "$version" "$foyer"
cp LICENSE "$root/usr/share/doc/foyer/copyright"

# The packages of the libraries that the programs are linked with, of the two
# they open when there is a sound card, and of the keyboards.
libraries=$({
	for program; do
		aarch64-linux-gnu-readelf -d "$build/$program" |
			sed -n 's/.*(NEEDED).*\[\(lib.*\)\]/\1/p'
	done
	echo libasound.so.2
	echo libespeak-ng.so.1
} | sort -u)
packages=$(for library in $libraries; do
	awk -v l="$library" '$1 == l { print $2; found = 1; exit }
		END { if (!found) exit 1 }' "$build/sysroot.files" || {
		echo "package.sh: no package of the sysroot has $library" >&2
		exit 1
	}
done | sort -u | sed 's/$/, /' | tr -d '\n')

mkdir "$root/DEBIAN"
cat >"$root/DEBIAN/control" <<END
Package: foyer
Version: $version
Architecture: arm64
Maintainer: Foyer <foyer@localhost>
Installed-Size: $(du -sk --apparent-size "$root/usr" | cut -f 1)
Depends: ${packages}xkb-data
Section: misc
Priority: optional
Description: lobby kiosk and intake station
 A newcomer answers in their own language; a paper ticket carries the sealed
 answers to the agency's record.
END
(cd "$root" && find usr -type f | LC_ALL=C sort | xargs -d '\n' md5sum) \
	>"$root/DEBIAN/md5sums"
find "$root" -exec touch -h -d "@$epoch" {} +
SOURCE_DATE_EPOCH=$epoch dpkg-deb --build --root-owner-group \
	--threads-max=1 -Zzstd "$root" "$build/foyer.deb" >/dev/null
rm -rf "$root/DEBIAN"
touch -d "@$epoch" "$root"
