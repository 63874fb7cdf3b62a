# Completion of foyer, foyer-kiosk, foyer-desk, foyer-vault and foyer-flash in
# bash. It knows no word of theirs: every noun, verb, option and choice is read
# from the --help of the program that is being typed.

# The usage of $1 with the words behind it: what --help says after them, the
# lines in which it goes on, and what is in "usage: ".
_foyer_usage()
{
	local name="$*" line usage=
	while IFS= read -r line; do
		case $line in
		"  $name" | "usage: $name") usage+=" " ;;
		"  $name "* | "usage: $name "*) usage+=" ${line#*"$name "}" ;;
		"        "*[\[-]*) [[ -z $usage ]] || usage+=" $line" ;;
		*) [[ -z $usage ]] || break ;;
		esac
	done <<<"$_foyer_help"
	printf '%s\n' "$usage"
}

# The usage of noun $1 where no verb stands behind it; nothing if one must.
_foyer_bare()
{
	local line
	while IFS= read -r line; do
		[[ $line != "  foyer $1 ["* ]] || printf '%s\n' "${line#"  foyer $1 "}"
	done <<<"$_foyer_help"
}

# The words that --help has behind $1: nouns, or verbs of a noun.
_foyer_behind()
{
	local name="$*" line word
	while IFS= read -r line; do
		[[ $line == "  $name "* ]] || continue
		word=${line#"  $name "}
		word=${word%% *}
		[[ $word == [a-z]* ]] && printf '%s\n' "$word"
	done <<<"$_foyer_help"
}

# The kinds of the record, for noun $1; every noun that has some, without it.
_foyer_kinds()
{
	local line noun kinds inside=
	while IFS= read -r line; do
		[[ $line != "What the record holds"* ]] || inside=1
		[[ -n $inside && $line =~ ^\ \ [a-z] ]] || continue
		read -r noun kinds <<<"$line"
		[[ $noun != "${_foyer_words[0]}" ]] || return 0
		if [[ $# = 0 ]]; then
			printf '%s\n' "$noun"
		elif [[ $noun = "$1" ]]; then
			printf '%s\n' "$kinds"
		fi
	done <<<"$_foyer_help"
}

# What a usage in $1 lets follow the word $2: its options and its words in small
# letters, or the choices that an option $2 has. `?` says that a file's name or
# words of one's own are asked for.
_foyer_offers()
{
	local text=$1 before=$2 token last= parts part
	text=${text//\[/ [ }
	text=${text//\]/ ] }
	text=${text//.../ }
	for token in $text; do
		if [[ $last == "$before" && $before == -* && $token != [][-]* &&
			$token != "|" ]]; then
			case $token in
			*[A-Z]*) echo "?" ;;
			*) printf '%s\n' ${token//|/ } ;;
			esac
			return
		fi
		last=$token
	done
	last=
	for token in $text; do
		IFS="|" read -ra parts <<<"$token"
		for part in "${parts[@]}"; do
			case $part in
			-?*) printf '%s\n' "$part" ;;
			*[!a-z0-9-]* | "") ;;
			*) [[ $last == -* ]] || printf '%s\n' "$part" ;;
			esac
		done
		last=$token
	done
}

_foyer()
{
	local _foyer_help usage offers noun=
	local current=${COMP_WORDS[COMP_CWORD]} before=
	local -a _foyer_words=("${COMP_WORDS[@]:0:COMP_CWORD}")
	local program=${1##*/}
	_foyer_help=$("$1" --help 2>/dev/null)
	[[ $COMP_CWORD -lt 2 ]] || before=${COMP_WORDS[COMP_CWORD - 1]}
	_foyer_words[0]=$program
	# --names-fd N may stand before the noun.
	if [[ ${_foyer_words[1]} == --names-fd ]]; then
		[[ ${#_foyer_words[@]} -gt 2 ]] || return 0
		_foyer_words=("$program" "${_foyer_words[@]:3}")
		[[ ${#_foyer_words[@]} -gt 1 ]] || before=
	fi
	usage=$(_foyer_usage "$program")
	case $program in
	foyer) _foyer_of_noun ;;
	foyer-flash) _foyer_of_verb ;;
	*) offers=$(_foyer_offers "$usage --help --version" "$before") ;;
	esac
	[[ $offers != "?" ]] || offers=
	COMPREPLY=($(compgen -W "$offers" -- "$current"))
}

# foyer NOUN VERB: sets offers.
_foyer_of_noun()
{
	local verbs verb
	noun=${_foyer_words[1]-}
	if [[ ${#_foyer_words[@]} = 1 ]]; then
		offers="$(_foyer_behind foyer) $(_foyer_kinds)"
		offers+=" --names-fd --help --version"
		return
	fi
	verbs=$(_foyer_behind foyer "$noun")
	[[ -z $(_foyer_kinds "$noun") ]] || verbs+=" $(_foyer_behind foyer NOUN)"
	verb=${_foyer_words[2]-}
	if [[ -z $verb || " ${verbs//$'\n'/ } " != *" $verb "* ]]; then
		usage=$(_foyer_bare "$noun")
		offers=$(_foyer_offers "$usage --help" "$before")
		[[ ${#_foyer_words[@]} != 2 ]] || offers+=" $verbs"
	else
		usage=$(_foyer_usage foyer "$noun" "$verb")
		[[ -n $usage ]] || usage=$(_foyer_usage foyer NOUN "$verb")
		offers=$(_foyer_offers "$usage --help" "$before")
		[[ $usage != *KIND* || $offers == "?" ]] ||
			offers+=" $(_foyer_kinds "$noun")"
	fi
}

# foyer-flash VERB: sets offers.
_foyer_of_verb()
{
	if [[ ${#_foyer_words[@]} = 1 ]]; then
		offers="$(_foyer_behind foyer-flash) --help --version"
	else
		usage=$(_foyer_usage foyer-flash "${_foyer_words[1]}")
		offers=$(_foyer_offers "$usage --help" "$before")
	fi
}

complete -o default -F _foyer foyer foyer-kiosk foyer-desk foyer-vault foyer-flash
