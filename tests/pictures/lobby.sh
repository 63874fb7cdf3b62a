#!/bin/sh
# lobby.sh FOLDER [VARIANT...]
#
# Every screen of the lobby as real pictures, in each of the ways in which it
# must be looked at before it is done: the smallest grid and the largest, in
# English, in the language with the longest words, in one with the widest
# letters and in one that runs from the right, with the largest letters, with
# everything skipped, with a very long name, and in grey. FOLDER/VARIANT-NN.png,
# and two sheets of each variant, FOLDER/sheet-VARIANT.png and the same in grey.
# A variant takes a minute or two.
#
# Needs what shot.sh needs, and ImageMagick.
set -eu
if [ $# -lt 1 ]; then
	sed -n '2,/^$/s/^# \{0,1\}//p' "$0" >&2
	exit 2
fi
folder=$1
shift
: "${BUILD:=build/debug}"
here=$(dirname "$0")

long='Wickramasinghe Jayawardena Mudiyanselage Ranasinghe Bandara de Souza'
long_arabic='عبد الرحمن عبد اللطيف محمد عبد القادر بن عبد العزيز السيد الحسيني'

# variant: grid, language, text size, how it is answered, name
variants='
small-en          60x14  en  100 answered
small-en-skipped  60x14  en  200 skipped
small-en-named    60x14  en  200 answered latin
small-long        60x14  fil 200 answered
small-wide        60x14  ml  200 answered
small-rtl         60x14  ar  200 answered
small-rtl-named   60x14  ar  100 answered arabic
large-en          160x45 en  100 answered
large-long        160x45 fil 200 answered latin
large-rtl         160x45 ar  200 answered
'
[ $# -gt 0 ] || set -- $(echo "$variants" | awk '{ print $1 }')

mkdir -p "$folder"
homes=$(mktemp -d)
trap 'rm -rf "$homes"' EXIT
chmod 755 "$homes"

# VARIANT LANGUAGE PERCENT
home_for() {
	"$BUILD/foyer" demo new --home "$homes/$1" >/dev/null
	sed -i -e "s/^drafts = .*/drafts = $2/" \
		-e "s/^\[kiosk\]/&\ntext_size = $3/" "$homes/$1/foyer.ini"
	printf '[printer]\naddress = file:%s/ticket.png\n' \
		"$homes/$1" >>"$homes/$1/foyer.ini"
	[ "$(id -u)" != 0 ] || chown -R 65534:65534 "$homes/$1"
}

# VARIANT GRID LANGUAGE PERCENT WALK NAME
walk() {
	size=1024x600 SHOT_FONT=28 SHOT_LINE=42 OWN=2 NAME=
	[ $2 = 60x14 ] || { size=1120x1080 SHOT_FONT=12 SHOT_LINE=24; }
	[ $3 != en ] || OWN=1
	case ${6:-} in
	latin) NAME=$long ;;
	arabic) NAME=$long_arabic ;;
	esac
	home_for "$1" "$3" "$4"
	rm -f "$folder/$1"-*.png
	WALK=$5 TICKET=$homes/$1/ticket.png SHOT_SCRIPT=$here/walk.sh
	export SHOT_FONT SHOT_LINE OWN NAME WALK TICKET SHOT_SCRIPT
	sh "$here/shot.sh" $size "$folder/$1.png" \
		"$PWD/$BUILD/foyer-kiosk" --home "$homes/$1"
	rm "$folder/$1.png"
}

for variant; do
	echo "$variant"
	set -- $(echo "$variants" | awk -v name="$variant" '$1 == name')
	walk "$@"
	montage "$folder/$variant"-[0-9]*.png -geometry 480x+4+4 -tile 4x \
		-background grey "$folder/sheet-$variant.png"
	convert "$folder/sheet-$variant.png" -colorspace Gray \
		"$folder/sheet-$variant-grey.png"
done
