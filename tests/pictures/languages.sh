#!/bin/sh
# languages.sh WIDTHxHEIGHT FOLDER [TAG...]
#
# The kiosk's screens in every language that has words (or those named), as
# real pictures: FOLDER/TAG-{picker,consent,choice,keyboard,last,ticket}.png,
# and then a sheet of all languages for each, FOLDER/sheet-SCREEN.png. A language
# is walked alone, second in a list of two, from the welcome to its ticket,
# which is in the language, too.
#
# Needs what shot.sh needs, and ImageMagick's montage.
set -eu
if [ $# -lt 2 ]; then
	sed -n '2,/^$/s/^# \{0,1\}//p' "$0" >&2
	exit 2
fi
size=$1 folder=$2
shift 2
: "${BUILD:=build/debug}"
here=$(dirname "$0")
[ $# -gt 0 ] || set -- $(ls translations/kiosk.*.po |
	sed 's/.*kiosk\.\(.*\)\.po/\1/')

mkdir -p "$folder"
homes=$(mktemp -d)
trap 'rm -rf "$homes"' EXIT
chmod 755 "$homes"

# The agency's home, with no language but English and this one.
home_for() {
	"$BUILD/foyer" demo new --home "$homes/$1" >/dev/null
	sed -i -e "s/^drafts = .*/drafts = $1/" \
		-e 's/^\[kiosk\]/&\nticket_language = chosen/' \
		"$homes/$1/foyer.ini"
	printf '[printer]\naddress = file:%s/ticket.png\n' \
		"$homes/$1" >>"$homes/$1/foyer.ini"
	[ "$(id -u)" != 0 ] || chown -R 65534:65534 "$homes/$1"
}

# The welcome, the list of languages, by myself, not here before, this language,
# consent, keep it, can wait, go on to the name; back, finish, print.
walk() {
	own=2
	[ "$1" != en ] || own=1
	SHOT_KEYS="\\r >picker $own 1 1 1 >consent 1 1 >choice 1 1 >keyboard \
		\\033 2 >review 1 >last" \
		sh "$here/shot.sh" "$size" "$folder/$1.png" \
		"$PWD/$BUILD/foyer-kiosk" --home "$homes/$1"
	mv "$homes/$1/ticket.png" "$folder/$1-ticket.png"
	rm "$folder/$1.png"
}

for tag; do
	echo "$tag"
	home_for "$tag"
	walk "$tag"
done
for screen in picker consent choice keyboard review last ticket; do
	shape=400x225
	[ $screen != ticket ] || shape=240x460
	set --
	for picture in "$folder"/*-$screen.png; do
		tag=$(basename "$picture" "-$screen.png")
		set -- "$@" -label "$tag" "$picture"
	done
	montage -font "$(fc-match -f '%{file}' 'DejaVu Sans')" \
		-background white -geometry $shape+3+3 -tile 6x "$@" \
		+dither -colors 16 "PNG8:$folder/sheet-$screen.png"
done
