#!/bin/sh
# shot.sh WIDTHxHEIGHT OUT.png PROGRAM...
#
# A real picture of a program: runs it in foot, full screen, on a headless sway
# of that size in pixels, waits until the picture is still, and keeps it.
# SHOT_KEYS holds keys to press first, each as printf(1) writes it and parted
# by blanks ("2 \r \033[B"); after each the picture is waited for again. A word
# >NAME among them keeps what is seen then as OUT-NAME.png beside OUT.png.
# SHOT_SCRIPT names a file of sh that leads the program instead, by
# `press KEY`, `keep NAME`, `await_still` and `$runtime/run/old.png`, which is
# what is seen. The cell is 17x42 pixels (74x16 cells on 1280x720) unless SHOT_FONT and SHOT_LINE
# say otherwise: 12 and 24 make a desk of 182x29.
#
# Needs sway, foot and grim, and the program relay beside the tests.
set -eu
if [ $# -lt 3 ]; then
	sed -n '2,/^$/s/^# \{0,1\}//p' "$0" >&2
	exit 2
fi
size=$1 out=$2
shift 2
: "${SHOT_KEYS:=}" "${SHOT_FONT:=28}" "${SHOT_LINE:=42}"
: "${SHOT_RELAY:=${BUILD:-build/debug}/tests/pictures/relay}"

runtime=$(mktemp -d)
sway=
finish() {
	[ -z "$sway" ] || kill "$sway" 2>/dev/null || :
	[ -z "$sway" ] || wait "$sway" 2>/dev/null || :
	# The program has lost its terminal; it may be writing its last lines.
	[ -z "$sway" ] || sleep 0.3
	rm -rf "$runtime"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

# sway refuses root, so root becomes nobody, and the program with it.
chmod 755 "$runtime"
mkdir -m 700 "$runtime/run"
user=
if [ "$(id -u)" = 0 ]; then
	chown 65534:65534 "$runtime/run"
	user="setpriv --reuid=65534 --regid=65534 --clear-groups"
fi
become() {
	exec $user env HOME="$runtime/run" XDG_RUNTIME_DIR="$runtime/run" \
		XDG_CACHE_HOME="$runtime/run" WLR_BACKENDS=headless \
		WLR_RENDERER=pixman WLR_LIBINPUT_NO_DEVICES=1 \
		LC_ALL=C.UTF-8 "$@"
}
run() {
	(become "$@")
}

mkfifo -m 666 "$runtime/keys"
cp "$SHOT_RELAY" "$runtime/relay"
{
	printf '#!/bin/sh\nexec "%s/relay" "%s/keys"' "$runtime" "$runtime"
	for word; do
		printf " '%s'" "$(printf %s "$word" | sed "s/'/'\\\\''/g")"
	done
	echo
} >"$runtime/command"
chmod 755 "$runtime/command" "$runtime/relay"

cat >"$runtime/foot.ini" <<END
font=DejaVu Sans Mono:pixelsize=$SHOT_FONT
line-height=${SHOT_LINE}px
pad=0x0 center
[csd]
preferred=none
[cursor]
blink=no
[colors]
background=0f141f
END
cat >"$runtime/sway.conf" <<END
output HEADLESS-1 resolution $size
output HEADLESS-1 background #000000 solid_color
default_border none
exec foot -F -c $runtime/foot.ini $runtime/command
END
become sway -c "$runtime/sway.conf" >"$runtime/log" 2>&1 &
sway=$!

give_up() {
	echo "shot.sh: $1" >&2
	tail -5 "$runtime/log" >&2
	exit 3
}

tries=0
until display=$(ls "$runtime/run" 2>/dev/null | grep -x 'wayland-[0-9]'); do
	tries=$((tries + 1))
	kill -0 "$sway" 2>/dev/null && [ $tries -lt 100 ] ||
		give_up "sway did not start"
	sleep 0.1
done

picture() {
	run WAYLAND_DISPLAY="$display" grim -t png "$runtime/run/$1.png"
}
same() {
	cmp -s "$runtime/run/$1.png" "$runtime/run/$2.png"
}

# Still: three pictures in a row are the same, and not the one from before
# foot came.
await_still() {
	tries=0 alike=0
	while [ $alike -lt 2 ]; do
		tries=$((tries + 1))
		[ $tries -lt 60 ] || give_up "the picture never came to rest"
		sleep 0.2
		picture new
		if same new old && ! same new blank; then
			alike=$((alike + 1))
		else
			alike=0
		fi
		mv "$runtime/run/new.png" "$runtime/run/old.png"
	done
}

picture blank
await_still
press() {
	printf "$1" 1<>"$runtime/keys"
	await_still
}
keep() {
	cp "$runtime/run/old.png" "${out%.png}-$1.png"
}
if [ -n "${SHOT_SCRIPT:-}" ]; then
	. "$SHOT_SCRIPT"
fi
for key in $SHOT_KEYS; do
	case $key in
	'>'*) keep "${key#>}" ;;
	*) press "$key" ;;
	esac
done
cp "$runtime/run/old.png" "$out"
