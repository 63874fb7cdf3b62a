#!/bin/sh
# Nobody can log in, nothing listens, and no secret came with the card.
. "$(dirname "$0")/common.sh"
etc=$SEEN/tree/etc
[ -d "$etc" ] || fail "the root was not unpacked"
awk -F : '$2 != "!*"' "$etc/shadow" "$etc/gshadow" >"$SEEN/open"
[ ! -s "$SEEN/open" ] || fail "not locked: $(cat "$SEEN/open")"
[ "$(cut -d : -f 1 "$etc/passwd" | sort)" = \
	"$(cut -d : -f 1 "$etc/shadow" | sort)" ] ||
	fail "passwd and shadow do not name the same people"
awk -F : '$2 != "x" || $7 != "/usr/sbin/nologin"' "$etc/passwd" >"$SEEN/open"
[ ! -s "$SEEN/open" ] || fail "a shell: $(cat "$SEEN/open")"
[ "$(stat -c %a "$etc/shadow")" = 400 ] || fail "shadow can be read"
good "accounts: all locked, none has a shell"

[ ! -s "$etc/machine-id" ] || fail "there is a machine-id"
if grep -rIlE 'BEGIN [A-Z ]*PRIVATE KEY' "$SEEN/tree" "$SEEN/boot"; then
	fail "there is a private key"
fi
good "secrets: no machine-id, no key, no seed"

units="$etc/systemd/system $SEEN/tree/usr/lib/systemd/system"
find $units -name '*.socket' -type f -printf '%f\n' | sort >"$SEEN/sockets"
list sockets | sort >"$SEEN/expected"
same "socket units" "$SEEN/expected" "$SEEN/sockets"
if find $units -type f -name '*.socket' -exec grep -HE \
	'^Listen[A-Za-z]*=([0-9]|\[|.*:[0-9])|^Accept=yes' {} + ; then
	fail "a socket unit listens on the network"
fi
list masked | while read -r unit; do
	[ "$(readlink "$etc/systemd/system/$unit")" = /dev/null ] ||
		fail "$unit is not masked"
done
good "sockets: $(list sockets | wc -l) units, of the list, none of a network"

# What a unit or a rule names must be there.
find $units -type f -exec sed -n 's/^Exec[A-Za-z]*=[-@:+!]*\([^ ]*\).*/\1/p' {} + |
	sort -u | while read -r program; do
	case $program in
	/*) [ -x "$SEEN/tree$program" ] ;;
	*) [ -x "$SEEN/tree/usr/bin/$program" ] ||
		[ -x "$SEEN/tree/usr/sbin/$program" ] ;;
	esac || echo "$program"
done >"$SEEN/lost"
[ ! -s "$SEEN/lost" ] || fail "units start what is not there: $(cat "$SEEN/lost")"
cat "$etc"/udev/rules.d/* "$SEEN"/tree/usr/lib/udev/rules.d/* |
	grep -oE '(GROUP|OWNER)="[a-z0-9-]+"' | cut -d '"' -f 2 | sort -u |
	while read -r name; do
		grep -q "^$name:" "$etc/group" || echo "$name"
	done >"$SEEN/lost"
[ ! -s "$SEEN/lost" ] || fail "rules name groups that are not there: $(cat "$SEEN/lost")"
good "units and rules: what they name is there"
