#!/bin/sh
# debian-check.sh BUILD: installs the packages of BUILD/packages in a small
# Debian of their own, uses them there, purges them, and says what is left. No
# root is needed; what is downloaded is kept in BUILD/cache.
set -eu
build=$1
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
mkdir -p "$build/cache"
depends=$(for package in "$build"/packages/*.deb; do
	dpkg-deb -f "$package" Depends
done | tr ',' '\n' | sed -e 's/^ *//' -e 's/ .*//' -e '/^foyer/d' -e '/^$/d' |
	sort -u | tr '\n' ',')
mmdebstrap --variant=minbase --skip=essential/unlink \
	--include="${depends}bash-completion" \
	--setup-hook='mkdir -p "$1/var/cache/apt/archives"' \
	--setup-hook="sync-in $build/cache /var/cache/apt/archives" \
	--customize-hook="sync-out /var/cache/apt/archives $build/cache" \
	--customize-hook="sync-in $build/packages /srv" \
	--customize-hook="copy-in kiosk-image/debian/use.sh /srv" \
	--customize-hook='chroot "$1" sh /srv/use.sh' \
	"$suite" /dev/null "$(sh kiosk-image/mirror.sh)"
