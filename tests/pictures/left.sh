#!/bin/sh
# left.sh: what foot itself has in its memory of a visit that is over. A visitor
# at the real kiosk in foot writes words, takes some back, and starts over; each
# word is looked for when the first screen is back. What the kiosk itself says in
# cells is there before and then, so that it is seen that a word would be found. Keys come by a pipe and not
# through the compositor, and pictures of words are not looked for: what is typed
# comes to foot as such.
#
# Needs what shot.sh needs, and that a program may look into another.
set -eu
build=$(cd "${BUILD:-build/debug}" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
chmod 755 "$folder"

"$build/foyer" demo new --home "$folder/home" >"$folder/log"
mkdir "$folder/sheets"
cat >"$folder/sheets/survey.csv" <<END
type,name,label::English (en),appearance
text,q0,What is word 0?,
text,q1,What is word 1?,
note,check,Check your answers.,review
END
cat >"$folder/sheets/settings.csv" <<END
form_title,form_id,version,default_language
Short,short,1,English (en)
END
"$build/foyer" form build "$folder/sheets" -o "$folder/home/forms/short.xml" \
	>>"$folder/log"
sed -i 's/^form = .*/form = short/' "$folder/home/foyer.ini"
[ "$(id -u)" != 0 ] || chown -R 65534 "$folder/home"

# shot.sh reads this as its own: it has sway's process, whose child foot is.
cat >"$folder/script" <<'END'
terminal=$(ps -o pid= --ppid "$sway" -C foot | tail -1)
look() {
	"$LEFT" $terminal "$@" || give_up "foot: not as it has to be"
}
press '\r'
press 'Zqkwpxvb'
echo "while a visitor writes:"
look Delete
for key in 1 2 3 4 5 6 7 8; do press '\177'; done
press 'Zqmmtrls'
press '\t'
press 'Zqvvhhgj'
press '\033[20~'
press '2'
echo "when the first screen is back:"
look Press Zqkwpxvb Zqmmtrls Zqvvhhgj
END
LEFT=$build/tests/pictures/left SHOT_SCRIPT=$folder/script BUILD=$build \
	sh "$(dirname "$0")/shot.sh" 1024x600 "$folder/out.png" \
	"$build/foyer-kiosk" --home "$folder/home"
