#!/bin/sh
# share.sh SHARE VERSION FOYER: lays what the programs read into SHARE, which is
# the /usr/share/foyer of a package. FOYER is the tool of that name for this
# machine.
set -eu
share=$1 version=$2 foyer=$3
# Pictures of screens and notes for translators are for the source's readers.
mkdir "$share/translations"
cp translations/*.po translations/languages.index "$share/translations"
cp -R screens "$share/screens"
rm -rf "$share/screens/sheets"
find "$share" -name '*.md' -delete
rm -f "$share"/screens/pictures/*.png
# The form that a kiosk has if its agency brings none.
mkdir "$share/forms"
"$foyer" form build screens/intake -o "$share/forms/intake.xml" >/dev/null
[ ! -d audio ] || cp -R audio "$share/audio"
# Whose releases a desk box puts on a kiosk's card.
[ ! -d kiosk-image/keys ] || {
	mkdir "$share/kiosk-image"
	cp -R kiosk-image/keys "$share/kiosk-image/keys"
}
echo "$version" >"$share/version"
