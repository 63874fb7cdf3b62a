#!/bin/sh
# tables.sh FOYER [write]: what the guide's tables say is what the form, its
# translation and the two sheets beside this script say; or is written so. A
# table stands between <!-- table NAME --> and <!-- /table -->.
set -eu
foyer=$1
here=kiosk-image/guide
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Whoever changes the form looks over what the guide says of each question.
sum=$(cksum <screens/intake/survey.csv | cut -d' ' -f1)
head -n 1 $here/purposes.tsv | grep -q " $sum\$" || {
	echo "$here/purposes.tsv: the form has changed: look its lines over," \
		"then write $sum into the first" >&2
	exit 1
}

"$foyer" form strings screens/intake >"$work/en.po"
cp translations/intake.fr.po "$work/fr.po"

# words LANG: what a visitor reads, a line a text: its place, a tab, the words.
words() {
	awk -v own="$([ "$1" = en ] && echo msgid || echo msgstr)" '
		/^msgctxt/ { place = $2; gsub(/"|intake:/, "", place) }
		$1 == own && place {
			sub(/^[a-z]+ "/, ""); sub(/"$/, "")
			print place "\t" $0
			place = ""
		}' "$work/$1.po"
}

# Every question of the form, with what it is for.
questions() {
	words "$1" | awk -F '\t' -v lang="$1" '
	BEGIN {
		split(lang == "en" ? \
		"all\teveryone\tticket\twho has an old ticket\tasked\teveryone but for appointments and papers\tyes\tafter a yes to B1\turgent\twho needs something today\town\tafter a yes, sponsors not\tnew\tafter a yes, at a first visit\tsponsored\trefugees who may have a sponsor\tneed\tif picked in F1\tkeep\tafter a yes to B2\tcontact\twho may be reached\tmore\tonly who goes on at X1\tmorenew\tonly who goes on at X1, at a first visit\tmoredig\tif picked in F1, or who goes on at X1" : \
		"all\ttout le monde\tticket\tqui a un ancien billet\tasked\ttout le monde, sauf rendez-vous et papiers\tyes\taprès un oui à B1\turgent\tqui a besoin de quelque chose aujourd’hui\town\taprès un oui, pas les parrains\tnew\taprès un oui, à une première visite\tsponsored\tréfugiés qui ont peut-être un parrain\tneed\tsi choisi à F1\tkeep\taprès un oui à B2\tcontact\tqui accepte d’être joint\tmore\tseulement qui continue à X1\tmorenew\tseulement qui continue à X1, première visite\tmoredig\tsi choisi à F1, ou qui continue à X1", \
			parts, "\t")
		for (i = 1; i in parts; i += 2)
			when[parts[i]] = parts[i + 1]
		print lang == "en" ? "| | Words on the screen | Asked of | What for |" : \
			"| | Mots à l’écran | À qui | Pourquoi |"
		print "|---|---|---|---|"
	}
	FNR == NR {
		if (FNR > 1) {
			asked[$1] = when[$2]
			purpose[$1] = lang == "en" ? $3 : $4
		}
		next
	}
	$1 ~ /^\/data\/.*:label$/ {
		name = $1
		sub(/:label$/, "", name); sub(/.*\//, "", name)
		if (!(name in purpose) || !asked[name]) {
			print "purposes.tsv: " name " has no line, or an unknown second column" >"/dev/stderr"
			bad = 1
		}
		print "| " name " | " $2 " | " asked[name] " | " purpose[name] " |"
		delete purpose[name]
	}
	END {
		for (name in purpose) {
			print "purposes.tsv: the form does not ask " name >"/dev/stderr"
			bad = 1
		}
		exit bad
	}' $here/purposes.tsv -
}

# The questions that fit on paper, with a box for each choice. Paper is read over
# a shoulder: what must stay silent is not on it.
form() {
	words "$1" | LC_ALL=C awk -F '\t' -v lang="$1" '
	# A short choice stays in one line.
	function whole(text) {
		if (length(text) < 48)
			gsub(/ /, "\\&nbsp;", text)
		return text
	}
	BEGIN {
		split("A3 A4 A5 B1 B2 C1 C2 D1 D2 D4_date D4_age D6_adults D6_children E1 E2 F1 G3 G3_detail G4", order, " ")
		blank = "______________________________"
		split("B1/MORE A4/YES_TICKET C1/UNSAFE C1/PRIV needs/SAF needs/MEN", left, " ")
		for (i in left)
			off[left[i]] = 1
	}
	NR == FNR {
		split($0, cells, ",")
		if (cells[1] ~ /^select_/) {
			sub(/^select_[a-z]+ /, "", cells[1])
			list[cells[2]] = cells[1]
		}
		next
	}
	$1 ~ /^choices\/.*:label$/ {
		split($1, path, "/")
		sub(/:label$/, "", path[3])
		if (!(path[2] "/" path[3] in off))
			boxes[path[2]] = boxes[path[2]] " ☐&nbsp;" whole($2) "&emsp;"
	}
	$1 ~ /^\/data\/.*:label$/ {
		name = $1
		sub(/:label$/, "", name); sub(/.*\//, "", name)
		label[name] = $2
	}
	END {
		print lang == "en" ? "| | Question | Your answer |" : \
			"| | Question | Votre réponse |"
		print "|---|---|---|"
		for (i = 1; i in order; i++) {
			name = order[i]
			if (!(name in label)) {
				print "tables.sh: the form does not ask " name >"/dev/stderr"
				exit 1
			}
			answer = list[name] ? boxes[list[name]] : blank
			sub(/^ /, "", answer); sub(/&emsp;$/, "", answer)
			print "| " name " | " label[name] " | " answer " |"
		}
	}' screens/intake/survey.csv -
}

# What a kiosk costs in five years: once, or each year five times.
costs() {
	awk -F '\t' -v lang="$1" '
	function row(what, count, each, sum) {
		print "| " what " | " count " | " each " | " sum " |"
	}
	BEGIN {
		en = lang == "en"
		row(en ? "What" : "Quoi", en ? "How many" : "Combien", \
			en ? "Each, about" : "Chacun, environ", \
			en ? "Five years" : "Cinq ans")
		print "|---|---:|---:|---:|"
	}
	/^#/ { next }
	{
		sum = $2 * $3 * ($1 == "yearly" ? 5 : 1)
		row(en ? $4 : $5, $2 ($1 == "yearly" ? \
			(en ? " a year" : " par an") : ""), $3, sum)
		total += sum
		if ($4 ~ /^Hours/)
			hours += sum
	}
	END {
		row(en ? "**Things to buy**" : "**Achats**", "", "", total - hours)
		row(en ? "**Hours of work**" : "**Heures de travail**", "", "", hours)
		row("**Total**", "", "", total)
		row(en ? "**A month**" : "**Par mois**", "", "", \
			sprintf("%.0f", total / 60))
	}' $here/costs.tsv
}

# The ten steps, as the program tells them.
tour() {
	mkdir -p "$work/$1"
	printf '[desk]\nlanguage = %s\n' "$1" >"$work/$1/foyer.ini"
	echo "| | $([ "$1" = en ] && echo Step || echo Étape) |"
	echo "|---:|---|"
	"$foyer" demo tour --home "$work/$1" |
		sed "s/^ *\([0-9]*\) */| \1 | /; s/$/ |/"
}

status=0
for page in $here/*.??.md; do
	lang=${page%.md} lang=${lang##*.}
	for table in questions form costs tour; do
		grep -q "^<!-- table $table -->\$" "$page" || continue
		"$table" "$lang" >"$work/table"
		[ "$lang" != fr ] || sed -i -f "$here/french.sed" "$work/table"
		awk -v begin="<!-- table $table -->" -v table="$work/table" '
			$0 == "<!-- /table -->" { inside = 0 }
			!inside { print }
			$0 == begin {
				inside = 1
				while ((getline line <table) > 0)
					print line
			}' "$page" >"$work/page"
		if [ "${2:-}" = write ]; then
			cat "$work/page" >"$page"
		elif ! cmp -s "$work/page" "$page"; then
			echo "$page: its table \"$table\" is out of date:" \
				"make guide-tables" >&2
			status=1
		fi
	done
done
exit $status
