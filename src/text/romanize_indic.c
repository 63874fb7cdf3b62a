#include <string.h>

#include "text/icu.h"
#include "text/romanize_word.h"

/*
 * The Indic blocks share one order of letters, counted here from a block's
 * beginning: Devanagari U+0900, Bengali U+0980, Gurmukhi U+0A00, Gujarati
 * U+0A80, Tamil U+0B80, Malayalam U+0D00.
 */
enum {
	CANDRABINDU = 0x01,
	ANUSVARA = 0x02,
	VOWELS = 0x05,
	CONSONANTS = 0x15,
	NUKTA = 0x3c,
	SIGNS = 0x3e,
	VIRAMA = 0x4d,
	TIPPI = 0x70, /* Gurmukhi's other anusvara */
	ADDAK = 0x71, /* Gurmukhi: the next consonant is long */
	BLOCK = 0x80,
};

enum {
	K = 0x15,
	NG = 0x19,
	C = 0x1a,
	CH,
	J,
	JH,
	NY,
	T_DOWN,
	TH_DOWN,
	D_DOWN,
	DH_DOWN,
	N_DOWN,
	T,
	TH,
	D,
	DH,
	N,
	N_TAMIL,
	P,
	PH,
	B,
	BH,
	M,
	Y,
	R,
	R_TAMIL,
	L,
	L_DOWN,
	ZH,
	V,
	SH,
	SH_DOWN,
	S,
	H,
};

static const char *const vowels[] = {
	"a", "a", "i", "I",  "u", "u", "ri", "l",
	"e", "e", "e", "ai", "o", "o", "o",  "au",
};

static const char *const consonants[] = {
	"k", "kh", "g",  "gh", "n",  "ch", "chh", "j", "jh", "n",
	"t", "th", "d",  "dh", "n",  "t",  "th",  "d", "dh", "n",
	"n", "p",  "ph", "b",  "bh", "m",  "y",   "r", "r",  "l",
	"l", "zh", "v",  "sh", "sh", "s",  "h",
};

/* "I" is the long vowel, spelt "ee" or "i" by its place. */
static const char *const signs[] = {
	"a", "i", "I",  "u", "u", "ri", "ri", "e",
	"e", "e", "ai", "o", "o", "o",  "au",
};

/* Consonants with a dot below, and letters that a block has beyond the order.
 */
static const struct {
	int letter;
	const char *latin;
} dotted[] = {
	{ K, "q" },      { K + 1, "kh" },   { K + 2, "g" }, { J, "z" },
	{ D_DOWN, "r" }, { DH_DOWN, "rh" }, { PH, "f" },    { Y, "y" },
	{ S, "sh" },     { L, "l" },
};
static const struct {
	UChar32 point;
	int letter; /* its consonant, with a dot; 0: has no vowel */
	const char *latin;
} extra[] = {
	{ 0x0958, K, "q" },      { 0x0959, K + 1, "kh" },
	{ 0x095a, K + 2, "g" },  { 0x095b, J, "z" },
	{ 0x095c, D_DOWN, "r" }, { 0x095d, DH_DOWN, "rh" },
	{ 0x095e, PH, "f" },     { 0x095f, Y, "y" },
	{ 0x09dc, D_DOWN, "r" }, { 0x09dd, DH_DOWN, "rh" },
	{ 0x09df, Y, "y" },      { 0x09ce, 0, "t" },
	{ 0x0a59, K + 1, "kh" }, { 0x0a5a, K + 2, "g" },
	{ 0x0a5b, J, "z" },      { 0x0a5c, D_DOWN, "r" },
	{ 0x0a5e, PH, "f" },     { 0x0a33, L, "l" },
	{ 0x0a36, S, "sh" },     { 0x0d7a, 0, "n" },
	{ 0x0d7b, 0, "n" },      { 0x0d7c, 0, "r" },
	{ 0x0d7d, 0, "l" },      { 0x0d7e, 0, "l" },
	{ 0x0d7f, 0, "k" },
};

/* How a language differs. */
struct habit {
	const char *language;
	bool end_silent;    /* no unwritten vowel at a word's end */
	bool clusters_open; /* but after two consonants: "Basanta" */
	bool middle_silent; /* nor between two syllables */
	bool south;         /* "th" for t, one letter for k and g */
	bool long_i;        /* "ee" where it stands out */
	bool soft_ph;       /* "f" */
	const char *v;      /* at a word's beginning */
};

static const struct habit habits[] = {
	{ "hi", true, false, true, false, true, false, "v" },
	{ "ne", true, true, false, false, false, false, "b" },
	{ "pa", true, false, true, false, true, false, "v" },
	{ "gu", true, false, true, false, true, true, "v" },
	{ "bn", true, false, true, false, false, true, "v" },
	{ "ta", false, false, false, true, true, false, "v" },
	{ "ml", false, false, false, true, true, false, "v" },
};

#define SOUNDS 96 /* a longer word is no name */

struct sound {
	const char *latin;
	int letter; /* of a consonant; 0: a vowel */
	bool unwritten;
	bool gone;
};

struct sounds {
	struct sound all[SOUNDS];
	size_t count;
	bool twice; /* the next consonant is long */
};

static void add(struct sounds *to, const char *latin, int letter)
{
	if (to->count < SOUNDS)
		to->all[to->count++] =
		    (struct sound){ .latin = latin, .letter = letter };
}

static void add_consonant(struct sounds *to, const char *latin, int letter)
{
	if (to->twice)
		add(to, latin, letter);
	to->twice = false;
	add(to, latin, letter);
	if (to->count < SOUNDS)
		to->all[to->count++] =
		    (struct sound){ .latin = "a", .unwritten = true };
}

/* A vowel sign or a virama takes the place of the unwritten vowel. */
static void drop_unwritten(struct sounds *to)
{
	if (to->count && to->all[to->count - 1].unwritten)
		to->count--;
}

static void add_dot(struct sounds *to)
{
	size_t at = to->count;

	if (at < 2 || !to->all[at - 1].unwritten)
		return;
	for (size_t i = 0; i < COUNT(dotted); i++) {
		if (dotted[i].letter == to->all[at - 2].letter)
			to->all[at - 2].latin = dotted[i].latin;
	}
}

static bool add_extra(struct sounds *to, UChar32 point)
{
	for (size_t i = 0; i < COUNT(extra); i++) {
		if (extra[i].point != point)
			continue;
		if (extra[i].letter)
			add_consonant(to, extra[i].latin, extra[i].letter);
		else
			add(to, extra[i].latin, N);
		return true;
	}
	return false;
}

static void add_letter(struct sounds *to, int letter)
{
	if (letter == CANDRABINDU || letter == ANUSVARA || letter == TIPPI)
		add(to, "n", ANUSVARA);
	else if (letter >= VOWELS && letter < CONSONANTS)
		add(to, vowels[letter - VOWELS], 0);
	else if (letter >= CONSONANTS && letter <= H)
		add_consonant(to, consonants[letter - CONSONANTS], letter);
	else if (letter == NUKTA)
		add_dot(to);
	else if (letter == VIRAMA)
		drop_unwritten(to);
	else if (letter == ADDAK)
		to->twice = true;
	else if (letter >= SIGNS && letter < SIGNS + (int)COUNT(signs)) {
		drop_unwritten(to);
		add(to, signs[letter - SIGNS], 0);
	}
}

static bool sounds_of(const char *text, struct sounds *to)
{
	size_t length = strlen(text), at = 0;

	while (at < length) {
		UChar32 point = icu_next(text, length, &at);

		if (!add_extra(to, point) && point >= 0x900 && point < 0xd80)
			add_letter(to, point % BLOCK);
	}
	return to->count > 0 && to->count < SOUNDS;
}

/* --- vowels that are not spoken --------------------------------------------
 */

static bool vowel_at(const struct sounds *it, size_t i)
{
	return i < it->count && !it->all[i].letter && !it->all[i].gone;
}

/* "Krishna", "Chandra" keep theirs; "Anand" does not. */
static bool end_is_spoken(const struct sounds *it, size_t end,
			  const struct habit *habit)
{
	static const int soft[] = { Y, R, V, N, N_DOWN, M, L };
	bool only = true;
	int last, before;

	for (size_t i = 0; i < end; i++)
		only = only && it->all[i].letter;
	if (only || end < 2)
		return true;
	last = it->all[end - 1].letter;
	before = it->all[end - 2].letter;
	if (!before || before == last || before == ANUSVARA)
		return false;
	for (size_t i = 0; i < COUNT(soft); i++) {
		if (soft[i] == last)
			return true;
	}
	return habit->clusters_open;
}

static void silence(struct sounds *it, const struct habit *habit)
{
	size_t end = it->count - 1;

	if (!habit->end_silent)
		return;
	if (it->all[end].unwritten && end && !end_is_spoken(it, end, habit))
		it->all[end].gone = true;
	if (!habit->middle_silent || it->count < 5)
		return;
	for (size_t i = it->count - 2; i >= 2; i--) {
		bool opens = vowel_at(it, i - 2) && it->all[i - 1].letter &&
			     it->all[i - 1].letter != ANUSVARA;
		bool closes = it->all[i + 1].letter &&
			      it->all[i + 1].letter != ANUSVARA &&
			      (vowel_at(it, i + 2) ||
			       (i + 2 < it->count && it->all[i + 2].letter &&
				vowel_at(it, i + 3)));

		if (it->all[i].unwritten && opens && closes)
			it->all[i].gone = true;
	}
}

/* --- spelling --------------------------------------------------------------
 */

/* One letter of Tamil for several sounds; Malayalam only spells "th". */
static const char *southern(const struct sounds *it, size_t i, bool tamil)
{
	int letter = it->all[i].letter;
	int before = i ? it->all[i - 1].letter : 0;
	int after = i + 1 < it->count ? it->all[i + 1].letter : 0;
	bool between = i && !before && !after;

	if (letter == T)
		return after == T ? "" : "th";
	if (letter == R_TAMIL && after == R_TAMIL)
		return "t";
	if (letter == V && before == S)
		return "w";
	if (letter == P && before == M)
		return "b";
	if (letter == T_DOWN && before == N_DOWN)
		return "d";
	if (!tamil)
		return it->all[i].latin;
	switch (letter) {
	case K:
		return between || before == NG ? "g" : "k";
	case C:
		return before == NY                ? "j"
		       : before == C || after == C ? "c"
						   : "s";
	case T_DOWN:
		return between ? "d" : "t";
	case P:
		return between ? "b" : "p";
	case R_TAMIL:
		return before == N_TAMIL ? "dr" : "r";
	default:
		return it->all[i].latin;
	}
}

static const char *long_i(const struct sounds *it, size_t i,
			  const struct habit *habit)
{
	bool last = i + 1 == it->count, first = true, closed;

	for (size_t j = 0; j < i; j++)
		first = first && it->all[j].letter;
	closed =
	    i + 2 == it->count || (i + 3 == it->count && it->all[i + 2].gone);
	if (!habit->long_i || last ||
	    (!last && strcmp(it->all[i + 1].latin, "sh") == 0))
		return "i";
	return first || (closed && !habit->south) ? "ee" : "i";
}

static const char *nasal(const struct sounds *it, size_t i)
{
	int after = i + 1 < it->count ? it->all[i + 1].letter : 0;

	if (after == M)
		return ""; /* "Amrit" */
	return after >= P && after < M ? "m" : "n";
}

static const char *spelt(const struct sounds *it, size_t i,
			 const struct habit *habit)
{
	const struct sound *sound = &it->all[i];
	int before = i ? it->all[i - 1].letter : 0;
	int after = i + 1 < it->count ? it->all[i + 1].letter : 0;

	if (strcmp(sound->latin, "I") == 0)
		return long_i(it, i, habit);
	if (sound->letter == ANUSVARA)
		return habit->south && i + 1 == it->count ? "m" : nasal(it, i);
	if (habit->south)
		return southern(it, i, strcmp(habit->language, "ta") == 0);
	if (sound->letter == V && i == 0)
		return habit->v;
	if (sound->letter == V &&
	    (before == S || before == SH || before == D || before == T))
		return "w";
	if (sound->letter == V &&
	    it->count == i + 3 + it->all[it->count - 1].gone &&
	    it->all[i + 2].letter == L)
		return "w"; /* "Agarwal" */
	if (sound->letter == PH && habit->soft_ph)
		return "f";
	if (sound->letter == J && after == NY)
		return "g"; /* "Gyan" */
	if (sound->letter == NY && before == J)
		return "y";
	if (sound->letter == NG && !after)
		return "ng";
	if (sound->letter == C && after == C)
		return "c";
	return sound->latin;
}

bool romanize_of_indic(const struct romanize_word *word, struct bytes *out)
{
	struct sounds sounds = { 0 };
	const struct habit *habit = &habits[0];

	for (size_t i = 0; i < COUNT(habits); i++) {
		if (strcmp(habits[i].language, word->language) == 0)
			habit = &habits[i];
	}
	if (!sounds_of(word->text, &sounds))
		return false;
	silence(&sounds, habit);
	for (size_t i = 0; i < sounds.count; i++) {
		if (!sounds.all[i].gone)
			bytes_add_text(out, spelt(&sounds, i, habit));
	}
	return true;
}
