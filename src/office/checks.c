#include "office/checks.h"

#include <stddef.h>

const char *const checks_always[] = {
	"Would a person who read little at school understand it at once? Where "
	"a plainer word is used every day, write that word.",
	"Is it polite, the way a good office speaks to a stranger of any age, "
	"and the same way throughout?",
	"Does it suit women and men? Say so where the words take one for the "
	"other.",
	"Could a word frighten, shame or take a side: of a party, a faith, a "
	"region, a war, the police?",
	"Is it the language that most people speak, and not that of one region "
	"alone?",
	"Consent: does it say plainly that people may say no and still get "
	"help, who sees the answers, and the one case that must be reported?",
	"Safety: would a person in danger at home pick these answers? Would a "
	"companion who looks on notice nothing?",
	"Months, numbers and dates: are they those that people use?",
	"The keyboard: is every letter there, and where people look for it?",
	"Pictures: is any line cut off, broken in a wrong place, too small, or "
	"an empty box in place of a letter?",
	NULL,
};

static const char *const joining[] = {
	"Are the letters joined, and none joined that must not be? Look at the "
	"letters that your language has and Arabic has not.",
	"Does every line begin at the right, with its number and its mark on "
	"the right side? Do the arrows point the right way?",
	"Do numbers, full stops, question marks and words in Latin letters "
	"stand where they belong within a line?",
	"Is the style of writing the one you would expect on a sign? Urdu is "
	"shown in Naskh; say if it must be Nastaliq.",
	NULL,
};

static const char *const syriac[] = {
	"Are the letters joined and the vowel signs in their places?",
	"Does every line begin at the right, with its number and its mark on "
	"the right side? Do the arrows point the right way?",
	NULL,
};

static const char *const ethiopic[] = {
	"Is every letter of the right order, and none mistaken for one that "
	"sounds alike?",
	"Are words parted and sentences ended as in print today?",
	"Is there a word of the sister language, Amharic in Tigrinya or the "
	"other way round?",
	NULL,
};

static const char *const indic[] = {
	"Are joined consonants drawn as one, with no sign left that should "
	"have gone?",
	"Do vowel signs stand at the right letter, before, above, below or "
	"behind it?",
	"Does a line break within a word?",
	"Are borrowed English words those that people say?",
	NULL,
};

static const char *const south_east[] = {
	"Are stacked letters and signs complete, and none over another?",
	"Are lines broken between words or syllables, never within one?",
	"Are the digits those that people read most easily?",
	NULL,
};

static const char *const chinese[] = {
	"Are the characters those of your region, in shape as well as in "
	"choice?",
	"Is punctuation of full width, and at no line's beginning?",
	"Would both those who speak Mandarin and those who speak Cantonese "
	"read it without stopping?",
	NULL,
};

static const char *const korean[] = {
	"Is the level of politeness even, and are the particles right after "
	"what is put in?",
	"Do lines break between words?",
	"Is there a word used only in the South, or only in the North, that "
	"others would not know?",
	NULL,
};

static const char *const other_alphabets[] = {
	"Is there a letter of a neighbouring language in place of yours?",
	"Are quotation marks, dashes and abbreviations as in your print?",
	NULL,
};

static const char *const latin[] = {
	"Is every accent, tone or dotted letter right, and none left out?",
	"Is the spelling the one that is taught today?",
	NULL,
};

const char *const *checks_of_script(const struct language *language)
{
	switch (language->class) {
	case 'A':
		return joining;
	case 'S':
		return syriac;
	case 'E':
		return ethiopic;
	case 'I':
		return indic;
	case 'M':
		return south_east;
	case 'W':
		return chinese;
	case 'K':
		return korean;
	case 'C':
		return other_alphabets;
	default:
		return latin;
	}
}
