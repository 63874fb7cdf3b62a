#!/bin/sh
# pdf.sh PAGE.md OUT.pdf: a page of the guide on letter paper. What shows a claim
# stands in small letters.
set -eu
lang=en
case $1 in *.fr.md) lang=fr ;; esac
title=$(sed -n 's/^# //p;/^# /q' "$1")
{
	printf '<!doctype html><html lang="%s"><meta charset="utf-8">' "$lang"
	printf '<title>%s</title>' "$title"
	printf '<body class="%s">' "$(basename "$1" ".$lang.md")"
	cmark-gfm --unsafe -e table -e tasklist -e strikethrough "$1" |
		sed -e 's|\[\([A-Za-z0-9_.-]*/[A-Za-z0-9_./-]*\)\]|<small>\1</small>|g' \
			-e 's|\[\([A-Z][A-Z]*\(\.md\)*\)\]|<small>\1</small>|g' \
			-e 's|____*|<span class="blank"></span>|g'
} | weasyprint -q -s "$(dirname "$0")/page.css" -u "$(dirname "$1")/" - "$2"
