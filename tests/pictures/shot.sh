#!/bin/sh
# shot.sh WIDTHxHEIGHT OUT.png COMMAND...
#
# A real picture of a program: runs COMMAND in foot, full screen, on a headless
# sway of that size, waits until the picture is still, and keeps it. Keys to
# send first come from SHOT_KEYS, as printf(1) writes them ("2\r"). The cell is
# 17x42 pixels unless SHOT_FONT and SHOT_LINE say otherwise.
#
# Needs sway, foot and grim; `make pictures` installs them.
set -eu
size=$1 out=$2
shift 2
: "${SHOT_KEYS:=}" "${SHOT_FONT:=28}" "${SHOT_LINE:=42}" "${SHOT_WAIT:=15}"

runtime=$(mktemp -d)
sway=
finish() {
	[ -z "$sway" ] || kill "$sway" 2>/dev/null || :
	[ -z "$sway" ] || wait "$sway" 2>/dev/null || :
	rm -rf "$runtime"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM
chmod 700 "$runtime"

# sway refuses root; whoever runs this as root becomes nobody.
as_user=
if [ "$(id -u)" = 0 ]; then
	chown 65534:65534 "$runtime"
	as_user="setpriv --reuid=65534 --regid=65534 --clear-groups"
fi
run() {
	$as_user env HOME="$runtime" XDG_RUNTIME_DIR="$runtime" \
		XDG_CACHE_HOME="$runtime" WLR_BACKENDS=headless \
		WLR_RENDERER=pixman WLR_LIBINPUT_NO_DEVICES=1 \
		LC_ALL=C.UTF-8 "$@"
}

cat >"$runtime/foot.ini" <<END
font=DejaVu Sans Mono:pixelsize=$SHOT_FONT
line-height=${SHOT_LINE}px
pad=0x0
[csd]
preferred=none
[cursor]
blink=no
END

# The program's keys come through a pipe that script(1) takes for a keyboard,
# so that what it sees is a terminal still.
mkfifo -m 666 "$runtime/keys"
{
	echo '#!/bin/sh'
	printf 'exec'
	for word; do
		printf " '%s'" "$(printf %s "$word" | sed "s/'/'\\\\''/g")"
	done
	echo
} >"$runtime/command"
chmod 755 "$runtime/command"

cat >"$runtime/sway.conf" <<END
output HEADLESS-1 resolution $size
output HEADLESS-1 background #000000 solid_color
default_border none
hide_edge_borders both
exec foot -c $runtime/foot.ini $runtime/command
END
run sway -c "$runtime/sway.conf" >"$runtime/log" 2>&1 &
sway=$!

display() {
	for socket in "$runtime"/wayland-?; do
		[ -S "$socket" ] && basename "$socket" && return
	done
	return 1
}
tries=0
until display >/dev/null; do
	tries=$((tries + 1))
	if [ $tries -gt 100 ] || ! kill -0 "$sway" 2>/dev/null; then
		echo "shot.sh: sway did not start:" >&2
		tail -5 "$runtime/log" >&2
		exit 3
	fi
	sleep 0.1
done
display=$(display)

picture() {
	run WAYLAND_DISPLAY="$display" grim -t png "$1"
}

# Still is: two pictures half a second apart are the same, and not the blank
# one from before the program drew.
still() {
	tries=0
	while [ $tries -lt $((SHOT_WAIT * 2)) ]; do
		tries=$((tries + 1))
		sleep 0.5
		picture "$runtime/new.png"
		if cmp -s "$runtime/new.png" "$runtime/old.png" &&
			! cmp -s "$runtime/new.png" "$runtime/blank.png"; then
			return 0
		fi
		mv "$runtime/new.png" "$runtime/old.png"
	done
	echo "shot.sh: the picture never came to rest" >&2
}
picture "$runtime/blank.png"
still
cp "$runtime/old.png" "$out"
