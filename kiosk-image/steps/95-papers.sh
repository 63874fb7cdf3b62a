#!/bin/sh
# The papers of the card: a manifest of every file, with whose it is and its
# hash, and what software it is made of (SPDX 2.3).
# reads: @made tree variants/VARIANT/tree paper.awk sbom.sh lock/VARIANT.lock date
. "$(dirname "$0")/common.sh"
manifest=$OUT/foyer-$VARIANT.manifest
sbom=$OUT/foyer-$VARIANT.spdx
version=$(kernel_version)

# mode, type, path and link of every file of a folder, named as in the image
files_of() {
	(cd "$1" && find . -mindepth 1 -printf "%m\t%y\t%P\t%l\t%s\n" |
		sort -t "$(printf '\t')" -k 3)
}
hashes_of() {
	(cd "$1" && find . -type f -printf '%P\0' | sort -z |
		xargs -0 sha256sum)
}

# Whose each file is: a package's; the recipe's, from its trees; or made here.
{
	awk '{ name = $1; sub(/^[^ ]* /, ""); print name "\t" $0 }' \
		"$OUT/all.files"
	for tree in "$recipe/tree" "$recipe/variants/$VARIANT/tree"; do
		[ ! -d "$tree" ] || (cd "$tree" &&
			find . ! -type d -printf 'recipe\t%P\n')
	done
} >"$OUT/owners"
list made >"$OUT/made"
{
	files_of "$ROOT" | sed 's/^/root\t/'
	files_of "$OUT/boot" | sed 's/^/boot\t/'
} >"$OUT/listed"
{
	hashes_of "$ROOT" | sed 's/^/root  /'
	hashes_of "$OUT/boot" | sed 's/^/boot  /'
} >"$OUT/hashes"
awk -f "$recipe/paper.awk" -v kernel="$version" -v owners="$OUT/owners" \
	-v hashes="$OUT/hashes" -v made="$OUT/made" "$OUT/listed" >"$manifest"
rm -f "$OUT/owners" "$OUT/made" "$OUT/listed" "$OUT/hashes"
sh "$recipe/sbom.sh" "$manifest" >"$sbom"
