#!/bin/sh
# The lock, the bill of software and the manifest say the same.
. "$(dirname "$0")/common.sh"
lock=$recipe/lock/$VARIANT.lock
sbom=$OUT/foyer-$VARIANT.spdx
# name version hash, of what the bill names
awk '/^PackageName: / { name = $2 }
	/^PackageVersion: / { version = $2 }
	/^PackageChecksum: / { print name, version, $3 }' "$sbom" |
	grep -v '^foyer ' | sort >"$SEEN/billed"
while read -r name version hash _; do
	echo "$name $version $hash"
done <"$lock" | sort >"$SEEN/locked"
comm -23 "$SEEN/billed" "$SEEN/locked" >"$SEEN/lost"
[ ! -s "$SEEN/lost" ] || fail "billed, not locked: $(cat "$SEEN/lost")"
cut -f 4 "$manifest" | grep -vxE -- '-|recipe|made|nobody' | sort -u |
	while read -r name; do
		grep -q "^PackageName: $name\$" "$sbom" || echo "$name"
	done >"$SEEN/lost"
[ ! -s "$SEEN/lost" ] || fail "on the card, not billed: $(cat "$SEEN/lost")"
for line in 'SPDXVersion: SPDX-2.3' 'DataLicense: CC0-1.0' \
	'SPDXID: SPDXRef-DOCUMENT'; do
	grep -qxF "$line" "$sbom" || fail "the bill lacks $line"
done
awk '/^PackageLicenseDeclared: LicenseRef/ { print $2 }' "$sbom" | sort \
	>"$SEEN/used"
awk '/^LicenseID: / { print $2 }' "$sbom" | sort >"$SEEN/given"
same "licences named and given" "$SEEN/used" "$SEEN/given"
while read -r name _ hash _; do
	[ "$(sha256sum <"$CACHE/$hash.deb")" = "$hash  -" ] ||
		fail "the cache's $name is not what the lock says"
done <"$lock"
good "papers: lock, bill ($(wc -l <"$SEEN/billed") packages and ours) and" \
	"manifest agree"
