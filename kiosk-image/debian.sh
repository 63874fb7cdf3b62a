#!/bin/sh
# debian.sh BUILD VERSION EPOCH: Debian packages of the programs in BUILD, for
# this machine's release and kind of processor, in BUILD/packages; dated EPOCH.
# They have no maintainer scripts: nothing runs when one is installed. What the
# programs read is a package of its own, so that a kiosk can be without `foyer`,
# which opens tickets. Whoever builds them is named as other Debian tools have it,
# by DEBFULLNAME and DEBEMAIL.
set -eu
build=$1 version=$2 epoch=$3
here=kiosk-image/debian
maintainer="${DEBFULLNAME:-Foyer} <${DEBEMAIL:-foyer@example.org}>"
roots=$build/roots
rm -rf "$roots" "$build/packages"
mkdir -p "$roots" "$build/packages"
umask 022

# root PACKAGE FOLDER: makes a folder in a package and prints it.
root() {
	mkdir -p "$roots/$1/usr/$2"
	echo "$roots/$1/usr/$2"
}

# program PACKAGE PROGRAM: with its page and its completion.
program() {
	strip --strip-unneeded -R .comment -R .note \
		-o "$(root "$1" bin)/$2" "$build/$2"
	gzip -9n <"$(echo src/*/"$2".1)" >"$(root "$1" share/man/man1)/$2.1.gz"
	ln -s ../../foyer/completion.bash \
		"$(root "$1" share/bash-completion/completions)/$2"
}

# page FILE.md OUT.html: a page of the guide, its links to others made good.
page() {
	lang=en
	case $1 in *.fr.md) lang=fr ;; esac
	mkdir -p "$(dirname "$2")"
	{
		printf '<!doctype html>\n<html lang="%s"><meta charset="utf-8">' \
			$lang
		printf '<title>%s</title>\n' "$(sed -n 's/^# //p;/^# /q' "$1")"
		cmark-gfm --unsafe -e table -e tasklist -e strikethrough "$1" |
			sed 's|\(href="[^":]*\)\.md\(["#]\)|\1.html\2|g'
	} >"$2"
}

program foyer foyer
program foyer foyer-flash
program foyer-kiosk foyer-kiosk
program foyer-desk foyer-desk
program foyer-desk foyer-vault
for desk in foyer-kiosk foyer-desk; do
	cp "$here/$desk.rules" \
		"$(root $desk lib/udev/rules.d)/70-$desk.rules"
done

share=$(root foyer-data share/foyer)
sh kiosk-image/share.sh "$share" "$version" "$build/foyer"
cp src/office/completion.bash "$share/completion.bash"

html=$(root foyer-doc share/doc/foyer-doc/html)
for source in README.md CHANGELOG.md kiosk-image/*.md kiosk-image/guide/*.md; do
	page "$source" "$html/${source%.md}.html"
done
grep -o '](screens/[^)]*)' README.md | tr -d ']()' | sort -u |
	while read -r picture; do
		mkdir -p "$html/$(dirname "$picture")"
		cp "$picture" "$html/$picture"
	done
cp $here/doc-base "$(root foyer-doc share/doc-base)/foyer-guide"

# The libraries of a package's programs, in Debian's words.
libraries() {
	work=$build/shlibs
	mkdir -p "$work/debian"
	printf 'Source: foyer\n\nPackage: foyer\nArchitecture: any\n' \
		>"$work/debian/control"
	find "$PWD/$roots/$1/usr/bin" -type f 2>/dev/null | (cd "$work" &&
		xargs -r dpkg-shlibdeps -O) | sed 's/^shlibs:Depends=//'
}

changelog() {
	printf 'foyer (%s) unstable; urgency=medium\n\n' "$version"
	printf '  * What changed is told in CHANGELOG.html of foyer-doc.\n\n'
	printf ' -- %s  %s\n' "$maintainer" \
		"$(LC_ALL=C date -u -d "@$epoch" '+%a, %d %b %Y %H:%M:%S +0000')"
}

# A package's paragraph of control, with what only building it tells.
control() {
	awk -v RS= -v package="$1" '$2 == package' $here/control | sed \
		-e "s/^Architecture: any/Architecture: $(dpkg --print-architecture)/" \
		-e "s/\${shlibs}/$(libraries "$1")/" \
		-e "s/\${version}/$version/" -e '/^Depends:$/d' \
		-e "s/^Architecture:/Source: foyer\nVersion: $version\n&/" \
		-e "s/^Section:/Maintainer: $maintainer\n\
Installed-Size: $(du -sk --apparent-size "$roots/$1/usr" | cut -f 1)\n\
Priority: optional\n&/"
}

for package in $(sed -n 's/^Package: //p' $here/control); do
	doc=$(root "$package" "share/doc/$package")
	cp $here/copyright "$doc/copyright"
	changelog | gzip -9n >"$doc/changelog.gz"
	mkdir "$roots/$package/DEBIAN"
	control "$package" >"$roots/$package/DEBIAN/control"
	(cd "$roots/$package" && find usr -type f | LC_ALL=C sort |
		xargs -d '\n' md5sum >DEBIAN/md5sums)
	find "$roots/$package" -exec touch -h -d "@$epoch" {} +
	SOURCE_DATE_EPOCH=$epoch dpkg-deb --build --root-owner-group \
		--threads-max=1 -Zxz "$roots/$package" "$build/packages" \
		>/dev/null
done
rm -rf "$roots" "$build/shlibs"
ls "$build/packages" | sed "s|^|$build/packages/|"
