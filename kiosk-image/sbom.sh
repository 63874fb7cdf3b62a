#!/bin/sh
# sbom.sh MANIFEST: prints what the card is made of, as SPDX 2.3 says it: each
# package of the lock that has a file on the card, with its hash, its name for
# scanners and its copyright file.
. "$(dirname "$0")/steps/common.sh"
manifest=$1
lock=$recipe/lock/$VARIANT.lock
version=$(cat "$ROOT/usr/share/foyer/version")
date=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)
print=$(sha256sum <"$manifest" | cut -c 1-16)

# The kernel and the firmware are on the first part, under other names.
used=$({
	awk -F '\t' '$4 !~ /^(-|recipe|made|nobody)$/ { print $4 }' "$manifest"
	list boot-packages | while read -r pattern; do
		cut -d " " -f 1 "$lock" | grep -x "$pattern"
	done
} | sort -u)

identifier() {
	printf %s "$1" | tr -c 'A-Za-z0-9.-' -
}

# name, version, hash, source, architecture
package() {
	id=SPDXRef-$(identifier "$1")
	copyright=$OUT/all/usr/share/doc/$1/copyright
	cat <<-END

	PackageName: $1
	SPDXID: $id
	PackageVersion: $2
	PackageSupplier: ${6:-Organization: Debian}
	PackageDownloadLocation: NOASSERTION
	FilesAnalyzed: false
	PackageChecksum: SHA256: $3
	PackageSourceInfo: <text>built from $4</text>
	PackageLicenseConcluded: NOASSERTION
	END
	if [ -e "$copyright" ]; then
		echo "PackageLicenseDeclared: LicenseRef-$(identifier "$1")"
	else
		echo "PackageLicenseDeclared: NOASSERTION"
	fi
	echo "PackageCopyrightText: NOASSERTION"
	[ -n "${6:-}" ] || echo "ExternalRef: PACKAGE-MANAGER purl" \
		"pkg:deb/debian/$1@$(printf %s "$2" | sed 's/+/%2B/g; s/:/%3A/g')?arch=$5&distro=trixie"
	echo "Relationship: SPDXRef-card CONTAINS $id"
	[ -e "$copyright" ] || return 0
	echo "LicenseID: LicenseRef-$(identifier "$1")" >>"$OUT/licences"
	{
		printf 'ExtractedText: <text>'
		sed 's/<\/\{0,1\}text>//g' "$copyright"
		printf '</text>\n\n'
	} >>"$OUT/licences"
}

: >"$OUT/licences"
cat <<END
SPDXVersion: SPDX-2.3
DataLicense: CC0-1.0
SPDXID: SPDXRef-DOCUMENT
DocumentName: foyer-$VARIANT-$version
DocumentNamespace: https://spdx.org/spdxdocs/foyer-$VARIANT-$version-$print
Creator: Tool: foyer-kiosk-image
Created: $date

PackageName: foyer-$VARIANT-card
SPDXID: SPDXRef-card
PackageVersion: $version
PackageDownloadLocation: NOASSERTION
FilesAnalyzed: false
PackageLicenseConcluded: NOASSERTION
PackageLicenseDeclared: NOASSERTION
PackageCopyrightText: NOASSERTION
Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-card
END
for name in $used; do
	if [ "$name" = foyer ]; then
		package foyer "$version" "$(sha256sum <"$FOYER_DEB" |
			cut -d ' ' -f 1)" "foyer $version" arm64 \
			'NOASSERTION'
		continue
	fi
	line=$(awk -v name="$name" '$1 == name' "$lock")
	[ -n "$line" ] || fail "$name is on the card and not in the lock"
	set -- $line
	fields=$(dpkg-deb -f "$CACHE/$3.deb" Source Architecture)
	source=$(echo "$fields" | sed -n 's/^Source: //p')
	package "$1" "$2" "$3" "${source:-$1}" \
		"$(echo "$fields" | sed -n 's/^Architecture: //p')"
done
echo
cat "$OUT/licences"
rm "$OUT/licences"
