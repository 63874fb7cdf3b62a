#!/bin/sh
# pinyin.sh: prints, as C for ui/pinyin.c, the characters of each syllable of
# Mandarin, the most used first: simplified ones as pinyin_simp has them, then
# traditional ones as luna_pinyin has them, by how often essay counts them. All
# three are Debian packages of Rime's data (rime-data-pinyin-simp, Apache-2.0;
# rime-data-luna-pinyin and rime-essay, LGPL-3).
set -eu
LC_ALL=C
export LC_ALL
data=${RIME_DATA:-/usr/share/rime-data}

# "CHARACTER SYLLABLE WEIGHT" to "{ "syllable", "characters" },". A character
# is three bytes from U+3400 to U+9FFF, which the fonts have; ü is typed v.
table() {
	printf 'static const struct syllable %s[] = {\n' "$1"
	awk -F '\t' 'length($1) == 3 && $1 >= "\343\220\200" &&
		$1 <= "\351\277\277" && $2 ~ /^[a-z]+$/ { print }' |
		sort -t "$(printf '\t')" -k 2,2 -k 3,3nr -k 1,1 |
		awk -F '\t' '
			$2 != syllable {
				if (syllable) print "\" },"
				syllable = $2
				printf "\t{ \"%s\", \"", syllable
			}
			$1 != last[syllable] { printf "%s", $1 }
			{ last[syllable] = $1 }
			END { print "\" }," }'
	echo '};'
}

table simplified <"$data/pinyin_simp.dict.yaml"

awk -F '\t' 'NR == FNR { count[$1] = $2; next }
	NF >= 2 {
		share = $3 ~ /%$/ ? $3 + 0 : 100
		printf "%s\t%s\t%d\n", $1, $2, count[$1] * share / 100
	}' "$data/essay.txt" "$data/luna_pinyin.dict.yaml" | table traditional
