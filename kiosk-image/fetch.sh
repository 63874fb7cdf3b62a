#!/bin/sh
# fetch.sh LOCK CACHE: sees that each package of a lock lies in the cache with
# the hash that the lock says, and downloads what is missing. A file is named
# CACHE/HASH.deb: two locks share what they have in common, and what stands
# under its name was whole.
set -eu
here=$(dirname "$0")
lock=$1 cache=$2
mkdir -p "$cache"
missing=$(mktemp)
trap 'rm -f "$missing"' EXIT
while read -r name version hash path; do
	[ -e "$cache/$hash.deb" ] || echo "$name $version $hash $path"
done <"$lock" >"$missing"
count=$(wc -l <"$missing")
[ "$count" -gt 0 ] || exit 0

mirror=$(sh "$here/mirror.sh") updates=
if grep -q ' pool/updates/' "$missing"; then
	updates=$(sh "$here/mirror.sh" pool/updates/)
fi
echo "  FETCH $count packages of $lock"
done=0
while read -r name version hash path; do
	part="$cache/$hash.part.$$"
	case $path in
	pool/updates/*) from=$updates ;;
	*) from=$mirror ;;
	esac
	/usr/lib/apt/apt-helper -o APT::Sandbox::User=root -qq download-file \
		"$from/$path" "$part" "SHA256:$hash" </dev/null || {
		rm -f "$part" "$part.FAILED"
		echo "fetch.sh: $name $version cannot be had from this machine's" \
			"mirror. If the mirror has a newer one, write the lock" \
			"anew (make lock-update) and look at what changed." >&2
		exit 3
	}
	mv "$part" "$cache/$hash.deb"
	done=$((done + 1))
	[ $((done % 50)) -ne 0 ] || echo "  FETCH $done of $count"
done <"$missing"
