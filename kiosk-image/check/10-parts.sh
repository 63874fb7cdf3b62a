#!/bin/sh
# The table of the card, its sizes, and that the root is what was built.
. "$(dirname "$0")/common.sh"
[ "$(sfdisk -d "$CARD" | sed -n 's/^label-id: 0x//p')" = "$DISK" ] ||
	fail "the number of the disk is not $DISK"
starts=$(sfdisk -d "$CARD" | sed -n 's/.*start= *\([0-9]*\), size= *\([0-9]*\), type=\(.*\)/\1 \2 \3/p')
sector=2048
set -- $starts
[ "$1 $2 $3" = "$((BOOT_START * sector)) $((BOOT_SIZE * sector)) c" ] ||
	fail "the first part: $1 $2 $3"
[ "$4 $5 $6" = "$((DATA_START * sector)) $((DATA_SIZE * sector)) 83" ] ||
	fail "the second part: $4 $5 $6"
[ "$7 $9" = "$((ROOT_START * sector)) 83" ] || fail "the third part: $7 $9"
[ "${10:-} ${11:-}" = "${VAULT_SIZE:+$((VAULT_START * sector))} ${VAULT_SIZE:+$((VAULT_SIZE * sector))}" ] ||
	fail "the fourth part: ${10:-} ${11:-}"
good "table: the parts are where they belong"

read -r blocks hash <"$OUT/root.hash" || :
tail -c +$((root_offset + 1)) "$CARD" >"$SEEN/root.img"
veritysetup verify "$SEEN/root.img" "$SEEN/root.img" "$hash" \
	--hash-offset=$((blocks * 4096)) || fail "the root is damaged"
mtype -i "$boot" ::initramfs >"$SEEN/initramfs"
zstd -qdc "$SEEN/initramfs" | (cd "$SEEN" && cpio --quiet -id root)
[ "$(cat "$SEEN/root")" = "$DISK $blocks $hash  $SALT" ] ||
	fail "the start does not ask for this root"
rm "$SEEN/root"
good "root: every block has its hash, and the start asks for that one"

tail -c +$((DATA_START * mib + 1)) "$CARD" | head -c $((DATA_SIZE * mib)) \
	>"$SEEN/data.img"
if [ -n "${DATA_UUID:-}" ]; then
	e2fsck -fn "$SEEN/data.img" >/dev/null 2>&1 || fail "the second part"
	[ "$(debugfs -R 'ls -p /' "$SEEN/data.img" 2>/dev/null |
		cut -d / -f 6 | grep . | sort | tr '\n' ' ')" = \
		'. .. lost+found ' ] || fail "the second part is not empty"
	good "data: whole and empty"
else
	[ -z "$(tr -d '\0' <"$SEEN/data.img" | head -c 1)" ] ||
		fail "the second part is not empty"
	good "data: zeros, for the box to make its own"
fi

card=$(stat -c %s "$CARD") root=$((card - root_offset))
[ "$card" -le $((CARD_LIMIT * 1000000)) ] || fail "the card has $card bytes"
[ "$root" -le $((ROOT_LIMIT * 1000000)) ] || fail "the root has $root bytes"
good "sizes: card $((card / 1000000)) MB of $CARD_LIMIT, root" \
	"$((root / 1000000)) MB of $ROOT_LIMIT"
