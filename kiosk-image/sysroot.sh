#!/bin/sh
# sysroot.sh lock: prints the lock of what the programs are compiled against:
#   Debian's -dev packages for arm64 and the libraries they stand for.
# sysroot.sh make LOCK CACHE DIR: lays those packages out in DIR, so that a
#   compiler finds headers and libraries in it (--sysroot) and an emulator runs
#   what was linked with them (-L). Nothing of the packages is run. DIR.files
#   says which package each library came from.
set -eu
here=$(dirname "$0")
suite=trixie architecture=arm64

wanted='libc6-dev libncurses-dev libsqlite3-dev libxml2-dev libicu-dev
	libsodium-dev nettle-dev libqrencode-dev libpango1.0-dev libcairo2-dev
	libgettextpo-dev libxkbcommon-dev libhangul-dev libcsv-dev libinih-dev
	libjansson-dev libzbar-dev libjpeg-dev zlib1g-dev libopusfile-dev
	libspeexdsp-dev libespeak-ng-dev libasound2-dev libcmocka-dev
	libvterm-dev xkb-data libzstd-dev libblkid-dev libzip-dev libseccomp-dev
	libxlsxwriter-dev libevdev-dev'
# Of what these depend on, what is neither linked nor read by a compiler.
unused='^(perl|python|lib(py|perl|gtk|gdk|pam|systemd-shared|magick.*-(dev|head)))'
used='^(lib|zlib1g|nettle-dev|linux-libc-dev|xkb-data|x11proto|uuid-dev)'

case $1 in
lock)
	# shellcheck disable=SC2086
	sh "$here/resolve.sh" $suite $architecture main $wanted |
		grep -E "$used" | grep -vE "$unused"
	;;
make)
	lock=$2 cache=$3 dir=$4
	rm -rf "$dir" "$dir.files"
	# Trixie's /usr is merged; a few packages still say /lib.
	mkdir -p "$dir/usr/lib"
	ln -s usr/lib "$dir/lib"
	while read -r name _ hash _; do
		# Static libraries are big, and only the C library's are linked.
		static='--exclude=*.a'
		[ "$name" != libc6-dev ] || static=--no-wildcards
		dpkg-deb --fsys-tarfile "$cache/$hash.deb" >"$dir.tar"
		tar -xf "$dir.tar" -C "$dir" --keep-directory-symlink \
			--exclude='./usr/share/[a-oq-zA-WYZ]*' --exclude=./etc \
			--exclude=./usr/bin --exclude=./usr/sbin \
			--exclude=./usr/share/python3 "$static"
		tar -tf "$dir.tar" |
			sed -n "s|.*/\(lib[^/]*\.so\.[^/]*\)\$|\1 $name|p"
	done <"$lock" >"$dir.files.new"
	rm -f "$dir.tar"
	mv "$dir.files.new" "$dir.files"
	;;
esac
