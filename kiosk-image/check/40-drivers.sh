#!/bin/sh
# The drivers that are needed resolve, those that may not be there do not, and
# every program has its libraries; every language its letters.
. "$(dirname "$0")/common.sh"
tree=$SEEN/tree
version=$(ls "$tree/usr/lib/modules")
resolves() {
	modprobe -d "$tree" -S "$version" --show-depends "$1" >"$SEEN/chain" \
		2>/dev/null || return 1
	sed -n 's/^insmod \([^ ]*\).*/\1/p' "$SEEN/chain" |
		while read -r file; do [ -s "$file" ] || echo "$file"; done |
		grep . >/dev/null && return 1
	return 0
}
for name in $(list modules); do
	resolves "$name" || fail "the driver $name does not resolve"
done
for name in $(list absent-modules); do
	! resolves "$name" || fail "the driver $name may not be there"
done
good "drivers: $(list modules | wc -l) resolve, the banned ones do not"

find "$tree" -type f -size +64c -exec sh -c '
	for file; do [ "$(head -c 4 "$file" | tail -c 3)" != ELF ] ||
		echo "$file"; done' sh {} + >"$SEEN/binaries"
xargs -d '\n' aarch64-linux-gnu-readelf -d <"$SEEN/binaries" 2>/dev/null |
	sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | sort -u |
	while read -r library; do
		find "$tree/usr/lib" -name "$library" | grep -q . ||
			echo "$library"
	done >"$SEEN/lost"
[ ! -s "$SEEN/lost" ] || fail "libraries missing: $(cat "$SEEN/lost")"
xargs -d '\n' aarch64-linux-gnu-readelf -h <"$SEEN/binaries" 2>/dev/null |
	sed -n 's/ *Machine: *//p' | sort -u >"$SEEN/machines"
[ "$(cat "$SEEN/machines")" = AArch64 ] || fail "programs of another machine"
good "libraries: $(wc -l <"$SEEN/binaries") programs and libraries have theirs"

# The families that languages name, in the table of languages.
table=$recipe/../src/text/language.c
{
	sed -n 's/^#define [A-Z]* PLATES(.*"\([A-Z][a-z]*\)")$/Noto Sans \1/p' \
		"$table"
	grep -oE '"Noto (Sans|Naskh)[A-Za-z ,]*"' "$table" |
		tr -d '"' | sed 's/Noto Sans CJK [A-Z]*/Noto Sans CJK/g' |
		tr ',' '\n' | sed 's/^ *//; s/ *$//'
} | grep . | grep -v '^Noto Sans $' | sort -u >"$SEEN/families"
while read -r family; do
	ls "$tree"/usr/share/fonts/*/*/"$(echo "$family" | tr -d ' ')"-Regular.* \
		>/dev/null 2>&1 || fail "no font for $family"
done <"$SEEN/families"
good "letters: $(wc -l <"$SEEN/families") families, for every language on offer"
