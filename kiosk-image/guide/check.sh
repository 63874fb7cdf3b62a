#!/bin/sh
# check.sh BUILD: what the guide names is there. Commands and options are those
# of --help, settings those of setting_known.c, keys those of the programs, files
# and links lead somewhere, words of a screen (_so_) stand in the catalogues; a
# section tells what shows it ([tests/whole/wipe]), or is <!-- advice -->; a French
# page has what the English one has, and no line that begins with a sign.
set -eu
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pages=$(ls kiosk-image/README*.md kiosk-image/guide/*.??.md)
: >"$work/found"

complain() { echo "$1: $2" >>"$work/found"; }

# --- what there is ---

for program in foyer foyer-kiosk foyer-desk foyer-flash; do
	[ ! -x "$build/$program" ] || "$build/$program" --help >"$work/$program"
done
mkdir "$work/home"
: >"$work/home/foyer.ini"
"$build/foyer" list --home "$work/home" >"$work/lists"
sed -n 's/.*{ "\([a-z]*\)", \("\([a-z_]*\)"\|NULL\),.*/[\1] \3/p' \
	src/base/setting_known.c >"$work/settings"
cat src/*/*.1 >"$work/manuals"
# Words of screens: what a message gives in each language, a line each.
sed -n 's/^msgid "\(.*\)"$/\1/p' translations/*.en.po >"$work/words.en"
sed -n 's/^msgstr "\(.*\)"$/\1/p' translations/*.fr.po |
	sed 's/\xc2\xa0/ /g' >"$work/words.fr"

# --- what a page names: kind, a tab, what it names ---
# Notes for builders name what they like, and may be in English alone.

names() {
	awk '
	/^## Notes (for builders|pour qui construit)/ { exit }
	function span(text) { print "code\t" text }
	/^```/ { fenced = fenced ? "" : $0; next }
	fenced == "```ini" { next }
	fenced { if ($0 != "") span($0); next }
	{
		line = $0
		gsub(/\302\240/, " ", line)
		gsub(/<!--[^>]*-->/, "", line)
		while (match(line, /`[^`]+`/)) {
			span(substr(line, RSTART + 1, RLENGTH - 2))
			line = substr(line, 1, RSTART - 1) " " substr(line, RSTART + RLENGTH)
		}
		while (match(line, /<kbd>[^<]*<\/kbd>/)) {
			print "key\t" substr(line, RSTART + 5, RLENGTH - 11)
			line = substr(line, 1, RSTART - 1) " " substr(line, RSTART + RLENGTH)
		}
		while (match(line, /\]\([^)]*\)/)) {
			print "link\t" substr(line, RSTART + 2, RLENGTH - 3)
			line = substr(line, 1, RSTART - 1) " " substr(line, RSTART + RLENGTH)
		}
		while (match(line, /\[[A-Za-z0-9_.\/-]+\]/)) {
			print "mark\t" substr(line, RSTART + 1, RLENGTH - 2)
			line = substr(line, 1, RSTART - 1) " " substr(line, RSTART + RLENGTH)
		}
		gsub(/__+/, "", line)
		while (match(line, /_[^_]+_/)) {
			print "words\t" substr(line, RSTART + 1, RLENGTH - 2)
			line = substr(line, RSTART + RLENGTH)
		}
	}' "$1"
}

# Options of "foyer NOUN VERB ..." stand in that verb's line of the help.
known_command() {
	page=$1 span=$2
	set -f
	set -- $span
	set +f
	program=$1
	case $program in
	make)
		grep -qE "(^|[ :])$2( |:|\$)" Makefile tests/*.mk kiosk-image/*.mk \
			kiosk-image/guide/*.mk 2>/dev/null ||
			complain "$page" "no target: $span"
		return ;;
	esac
	[ -f "$work/$program" ] || {
		complain "$page" "no such program: $span"
		return
	}
	help=$(cat "$work/$program")
	case $program:${2:-} in
	foyer-*:[a-z]*)
		grep -qE -e "^  $program $2( |\$)" "$work/$program" || {
			complain "$page" "no such command: $span"
			return
		} ;;
	esac
	if [ "$program" = foyer ] && [ "${2#--}" = "$2" ]; then
		"$build/foyer" "$2" --help >"$work/noun" 2>/dev/null || :
		case $2 in
		doctor | report) verb="$2" ;;
		list)
			verb="$2"
			case ${3:-} in
			'' | -*) ;;
			*) grep -qxF -e "$3" "$work/lists" ||
				complain "$page" "no such list: $span" ;;
			esac ;;
		*) verb="$2 ${3:-}" ;;
		esac
		help=$(grep -hE -e "^  foyer ${verb% }( |\$)" "$work/noun" "$work/foyer") || {
			complain "$page" "no such command: $span"
			return
		}
	fi
	for word in "$@"; do
		case $word in
		--help) ;;
		--*)
			case $help in
			*"$word"*) ;;
			*) complain "$page" "no such option $word: $span" ;;
			esac ;;
		esac
	done
}

# "[kiosk] idle = 60", "idle = 60", "[kiosk]", "idle"
setting() {
	section=$(echo "$2" | sed -n 's/^\(\[[a-z]*\]\).*/\1/p')
	name=$(echo "$2" | sed -e 's/^\[[a-z]*\] *//' -e 's/ *=.*//')
	if [ -n "$section" ]; then
		grep -qE "^\\$section ($name)?\$" "$work/settings" ||
			{ [ -z "$name" ] && grep -qF "$section" "$work/settings"; }
	else
		grep -qE " $name\$" "$work/settings"
	fi
}

code() {
	case $2 in
	foyer\ * | foyer-[a-z]* | make\ *) known_command "$1" "$2" ;;
	build/*) ;;
	*/) grep -qF "\"${2%/}\"" src/card/part.c ||
		complain "$1" "a card has no folder $2" ;;
	--*) cat "$work"/foyer* | grep -qF -e "$2" ||
		complain "$1" "no such option: $2" ;;
	*)
		# A setting, a file here, or a word of the manuals.
		setting "$1" "$2" || [ -e "$2" ] ||
			sed 's/\\&//g; s/\\-/-/g' "$work/manuals" | grep -qF -e "${2%% = *}" ||
			complain "$1" "not a setting, a file or in a manual: $2" ;;
	esac
}

key() {
	case $2 in
	?) grep -qF "{ '$2', \"" src/desk/*.c ||
		complain "$1" "the desk has no key $2" ;;
	*) grep -qw -e "$2" src/kiosk/foyer-kiosk.1 src/desk/foyer-desk.1 ||
		complain "$1" "no manual has the key $2" ;;
	esac
}

for page in $pages; do
	lang=$(echo "$page" | sed -n 's/.*\.\(en\|fr\)\.md$/\1/p')
	names "$page" | sort -u >"$work/names"
	while IFS='	' read -r kind name; do
		case $kind in
		code) code "$page" "$name" ;;
		key) key "$page" "$name" ;;
		link)
			case $name in
			http*) ;;
			*.en.md) [ "$lang" != fr ] ||
				grep -qF "${name%.en.md}.fr.md" "$page" ||
				complain "$page" "leads to an English page: $name" ;;
			esac
			case $name in
			http*) ;;
			*) [ -e "$(dirname "$page")/$name" ] ||
				complain "$page" "leads nowhere: $name" ;;
			esac ;;
		mark) [ -e "$name" ] || [ -e "$name.c" ] ||
			complain "$page" "nothing shows it: [$name]" ;;
		# "We are …" is the beginning of what it says.
		words) awk -v said="${name% …}" -v whole="$name" '
				$0 == whole { found = 1 }
				said != whole && index($0, said) == 1 { found = 1 }
				END { exit !found }' "$work/words.${lang:-en}" ||
			complain "$page" "no screen says: $name" ;;
		esac
	done <"$work/names"
	# A section has a mark, or is advice.
	awk -v page="$page" '
		function done() {
			if (heading != "" && !marked && !advice)
				print page ": nothing shows what stands under: " heading
		}
		/^## / { done(); heading = $0; marked = advice = 0 }
		/^<!-- advice -->/ { advice = 1 }
		/\[[A-Za-z0-9_.-]+\/[A-Za-z0-9_.\/-]+\]|\[(README.md|LICENSE)\]/ { marked = 1 }
		END { done() }' "$page" >>"$work/found"
	# So has each row of a table with a column of them.
	awk -v page="$page" '
		/^\|.*(Shown by|Montré par) \|$/ { rows = 1; next }
		!/^\|/ { rows = 0 }
		rows && !/^\|---/ && !/\[[A-Za-z0-9_.\/-]+\]/ {
			print page ": nothing shows this row: " $0
		}' "$page" >>"$work/found"
done

# Of the project's own README, its commands.
{
	names README.md | sed -n 's/^code	\(foyer .*\|make .*\)/\1/p'
	sed -n 's/^    \(foyer[a-z-]* .*\|make .*\)/\1/p' README.md
} | sort -u | while read -r span; do
	known_command README.md "$span"
done

# --- the example of foyer.ini ---

# It is taken as it stands, and has every setting of the lobby.
for guide in kiosk-image/README*.md; do
	awk '/^```/ { inside = $0 == "```ini"; next } inside' "$guide" \
		>"$work/home/foyer.ini"
	"$build/foyer" doctor --home "$work/home" --lang en >"$work/doctor"
	grep -q "^OK  *settings: every line" "$work/doctor" || {
		complain "$guide" "foyer.ini as in the example is not taken:"
		grep -A3 "settings:" "$work/doctor" >>"$work/found"
	}
	grep -E "\[(agency|kiosk|keys|printer|speech|languages|hours)\]" \
		"$work/settings" | while read -r section name; do
		awk -v section="$section" -v name="$name" '
			/^\[/ { inside = index($0, section) == 1 }
			inside && $1 == name { found = 1 }
			END { exit !found }' "$work/home/foyer.ini" ||
			complain "$guide" "the example lacks $section $name"
	done
done

# --- both languages say the same ---

# What does not depend on the language: headings, lists, tables, and what each
# section names.
shape() {
	awk '
	/^## Notes (for builders|pour qui construit)/ { exit }
	function flush(	i, n, list) {
		n = split(named, list, "\n")
		for (i = 1; i < n; i++)
			print list[i] | "sort"
		close("sort")
		named = ""
	}
	{
		line = $0
		while (match(line, /`[^`]+`|<kbd>[^<]*<\/kbd>|\[[^\]]*\]\([^)]*\)|\[[A-Za-z0-9_.\/-]+\]|<!--[^>]*-->/)) {
			name = substr(line, RSTART, RLENGTH)
			sub(/\.(en|fr)\.md/, "", name)
			sub(/^\[[^\]]*\]\(/, "](", name)
			named = named "  " name "\n"
			line = substr(line, RSTART + RLENGTH)
		}
	}
	/^#/ { flush(); print $1 }
	/^[0-9]+\. / { print "1." }
	/^- \[ \]/ { print "- [ ]"; next }
	/^- / { print "-" }
	/^\|/ { print "table of", gsub(/\|/, "|") - 1 }
	END { flush() }' "$1"
}

for page in kiosk-image/README.md kiosk-image/guide/*.en.md; do
	french=${page%.md}
	french=${french%.en}.fr.md
	[ -f "$french" ] || { complain "$page" "has no French page"; continue; }
	shape "$page" >"$work/en"
	shape "$french" >"$work/fr"
	diff "$work/en" "$work/fr" >"$work/differ" || {
		complain "$french" "differs from the English page (<) in:"
		head -n 6 "$work/differ" >>"$work/found"
	}
	sed -n 1,6p "$french" | tr '\n>' '  ' | tr -s ' ' |
		grep -q 'personne ne l’a encore relue' ||
		complain "$french" "does not say that it was not reviewed"
done
for page in kiosk-image/guide/*.fr.md; do
	[ -f "${page%.fr.md}.en.md" ] || complain "$page" "has no English page"
done

# --- French signs stay with their words ---

for page in kiosk-image/README.fr.md kiosk-image/guide/*.fr.md; do
	sed -f kiosk-image/guide/french.sed "$page" | cmp -s - "$page" ||
		complain "$page" "signs that a line may part from their words:
 sed -i -f kiosk-image/guide/french.sed $page"
	awk '/^```/ { inside = !inside } !inside' "$page" |
		grep -E '^[ >]*(»|[:;?!] )|«$' >"$work/parted" ||
		continue
	complain "$page" "a line begins with a sign: $(head -n 1 "$work/parted")"
done

cat "$work/found" >&2
[ ! -s "$work/found" ]
