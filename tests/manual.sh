#!/bin/sh
# manual.sh PAGE PROGRAM: the manual page is sound, and it names every verb and
# option that the program's --help does.
set -eu
page=$1 program=$2

mandoc -Tlint -Wwarning "$page"
# Bold is a letter, a backspace and the letter again.
text=$(mandoc -Tascii "$page" | sed 's/.\x08//g' | tr -s ' \n' '  ')
missing=$("$program" --help |
	sed -n -e 's/^  foyer \([a-z]* [a-z]*\) .*/\1/p' \
		-e 's/--[a-z][a-z-]*/\n&\n/gp' |
	grep -E '^(--[a-z-]+|[a-z]+ [a-z]+)$' | sort -u |
	while read -r word; do
		case $text in
		*"$word"*) ;;
		*) echo "$page: --help has $word, and the page has it not" ;;
		esac
	done)
[ -z "$missing" ] || { echo "$missing" >&2; exit 1; }
