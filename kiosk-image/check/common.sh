# Sourced by every check; check.sh sets CARD, OUT, CACHE, VARIANT and SEEN, a
# folder for what is taken out of the card.
. "$(dirname "$0")/../steps/common.sh"
mib=1048576
manifest=$OUT/foyer-$VARIANT.manifest
tab=$(printf '\t')

# Ends the checks of this script; says what is wrong and how to look.
fail() {
	echo "  FAIL $VARIANT ${0##*/}: $*" >&2
	exit 1
}

good() {
	echo "  ok   $VARIANT $*"
}

# same WHAT EXPECTED FOUND: two files.
same() {
	diff -u "$2" "$3" >"$SEEN/difference" || {
		head -n 40 "$SEEN/difference" >&2
		fail "$1"
	}
}

boot=$CARD@@$((BOOT_START * mib))
root_offset=$((ROOT_START * mib))
