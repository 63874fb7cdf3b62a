#!/bin/sh
# Every file: as the manifest says, as the committed list says, and root's.
. "$(dirname "$0")/common.sh"
tree=$SEEN/tree
unsquashfs -o "$root_offset" -quiet -no-progress -d "$tree" "$CARD" \
	>/dev/null || fail "the root cannot be unpacked"
unsquashfs -o "$root_offset" -lln "$CARD" | grep '^[a-z-]\{10\}' |
	awk '$2 != "0/0"' >"$SEEN/foreign"
[ ! -s "$SEEN/foreign" ] || fail "not root's: $(head -n 3 "$SEEN/foreign")"
unsquashfs -o "$root_offset" -s "$CARD" | grep -q 'Xattrs are not stored' ||
	fail "there are extended attributes, and capabilities may be in them"
find "$tree" -perm /6000 >"$SEEN/set"
[ ! -s "$SEEN/set" ] || fail "set-id: $(head -n 3 "$SEEN/set")"
good "files: all are root's; none is set-id or has a capability"

# What is there, in the manifest's own form, without whose it is.
(cd "$tree" && find . -mindepth 1 -printf 'root\t%m\t%y\t%P\t%l\n') \
	>"$SEEN/found"
(cd "$tree" && find . -type f -printf '%P\0' | xargs -0 sha256sum) |
	sed 's/^\([0-9a-f]*\)  /root\t\1\t/' >"$SEEN/sums"
mkdir "$SEEN/boot"
mcopy -s -n -i "$boot" '::*' "$SEEN/boot"
(cd "$SEEN/boot" && find . -type f -printf '%P\0' | xargs -0 sha256sum) |
	sed 's/^\([0-9a-f]*\)  /boot\t\1\t/' >>"$SEEN/sums"
cut -f 1,2,3,6,7 "$manifest" | grep "^root$tab" | sed "s/$tab-\$/$tab/" |
	sort >"$SEEN/said"
sort "$SEEN/found" >"$SEEN/found.sorted"
same "paths, modes or links are not the manifest's" "$SEEN/said" \
	"$SEEN/found.sorted"
awk -F '\t' -v OFS='\t' '$3 == "f" { print $1, $5, $6 }' "$manifest" | sort \
	>"$SEEN/said"
sort "$SEEN/sums" >"$SEEN/found.sorted"
same "hashes are not the manifest's" "$SEEN/said" "$SEEN/found.sorted"
good "manifest: $(wc -l <"$SEEN/said") files have the hash it says"

grep "$tab"nobody"$tab" "$manifest" | cut -f 6 >"$SEEN/nobody" || :
[ ! -s "$SEEN/nobody" ] || fail "nobody's: $(head -n 5 "$SEEN/nobody")"
sh "$recipe/expected.sh" "$manifest" >"$SEEN/short"
same "the card differs from the committed list; if it should, make image-list" \
	"$recipe/expected/$VARIANT" "$SEEN/short"
list absent | while read -r pattern; do
	awk -F '\t' '{ print $1 "/" $6 }' "$manifest" | while read -r path; do
		case $path in
		$pattern) echo "$path ($pattern)" ;;
		esac
	done
done >"$SEEN/banned"
[ ! -s "$SEEN/banned" ] || fail "must not be there: $(cat "$SEEN/banned")"
good "list: each file is a package's or ours, and on the committed list"

built=$(stat -c %Y "$tree/usr/lib/clock-epoch")
find "$tree" -printf '%T@\n' | grep -v "^$built\.0*\$" \
	>"$SEEN/dates" || :
[ ! -s "$SEEN/dates" ] || fail "dates other than the image's"
good "dates: all are $(date -u -d "@$built" "+%F %T"), the image's"

grep -rlF "$recipe" "$tree" >"$SEEN/told" || :
grep -rlF "$OUT" "$tree" >>"$SEEN/told" || :
[ ! -s "$SEEN/told" ] ||
	fail "the building computer's paths are in $(head -n 1 "$SEEN/told")"
good "paths: none of the building computer is on the card"
