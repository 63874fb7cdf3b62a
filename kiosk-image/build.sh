#!/bin/sh
# build.sh VARIANT: makes build/image/VARIANT/foyer-VARIANT.img, a step after
# the other. A step that was done with the same scripts and lists, after the
# same steps, is not done again; so what was interrupted goes on where it was.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
VARIANT=$1
base=${FOYER_IMAGE_OUT:-build/image}
mkdir -p "$base/$VARIANT/done"
OUT=$(cd "$base/$VARIANT" && pwd)
CACHE=${FOYER_IMAGE_CACHE:-$(dirname "$OUT")/cache}
FOYER_DEB=${FOYER_IMAGE_DEB:-build/arm64/foyer.deb}
SYSROOT=${FOYER_IMAGE_SYSROOT:-build/arm64/sysroot}
mkdir -p "$CACHE"
[ -e "$here/variants/$VARIANT/settings" ] || {
	echo "build.sh: there is no variant $VARIANT; there are:" \
		"$(ls "$here/variants" | tr '\n' ' ')" >&2
	exit 2
}
[ -e "$FOYER_DEB" ] || {
	echo "build.sh: $FOYER_DEB is not there; run make arm64" >&2
	exit 1
}
FOYER_DEB=$(realpath "$FOYER_DEB") SYSROOT=$(realpath "$SYSROOT")
CACHE=$(cd "$CACHE" && pwd)
export VARIANT OUT CACHE FOYER_DEB SYSROOT SOURCE_DATE_EPOCH

# One number for all that a step reads: its script, what its line "# reads:"
# names (@NAME is a list and the variant's of that name), and what the steps before
# it had read ($2).
what_is_read() {
	{
		echo "$2"
		cd "$here"
		names=$(sed -n "s|^# reads: ||p" "$1" | sed \
			"s|@\([a-z-]*\)|lists/\1 variants/VARIANT/\1|g; s|VARIANT|$VARIANT|g")
		case " $names " in
		*" date "*) echo "$SOURCE_DATE_EPOCH" ;;
		esac
		case " $names " in
		*" programs "*) sha256sum <"$FOYER_DEB" ;;
		esac
		for name in $1 steps/common.sh variants/$VARIANT/settings $names; do
			[ ! -e "$name" ] || find -L "$name" -type f -exec sha256sum {} +
		done | sort -k 2
	} | sha256sum | cut -d " " -f 1
}

seconds() {
	date +%s
}

steps=$(cd "$here" && ls steps/[0-9]*.sh)
count=$(echo "$steps" | wc -l) number=0 before=none begun=$(seconds)
for step in $steps; do
	number=$((number + 1))
	name=$(basename "$step" .sh)
	is=$(what_is_read "$step" "$before")
	before=$is
	stamp=$OUT/done/$name
	if [ "$(cat "$stamp" 2>/dev/null)" = "$is" ]; then
		echo "  IMAGE $VARIANT $number/$count ${name#*-}: as it was"
		continue
	fi
	rm -f "$stamp"
	echo "  IMAGE $VARIANT $number/$count ${name#*-} ..."
	start=$(seconds)
	rm -f "$OUT/failed"
	sh "$here/$step"
	[ ! -e "$OUT/failed" ] || exit 1
	echo "$is" >"$stamp"
	echo "  IMAGE $VARIANT $number/$count ${name#*-}:" \
		"$(($(seconds) - start)) s"
done
echo "  IMAGE $VARIANT done in $(($(seconds) - begun)) s:" \
	"$OUT/foyer-$VARIANT.img"
