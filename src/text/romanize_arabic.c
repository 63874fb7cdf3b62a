#include <string.h>

#include "text/icu.h"
#include "text/romanize_word.h"

/*
 * Consonants are written, long vowels too, short ones not. A word of no list
 * becomes sounds (letters with what they say in the language), and short vowels
 * are put where it could not be spoken without.
 */
#define SOUNDS 64 /* a longer word is no name */

enum kind {
	CONSONANT,
	VOWEL,
	GLIDE_W, /* waw: a consonant or a vowel, by its neighbours */
	GLIDE_Y, /* ya */
	THROAT,  /* ain: a vowel where there is none */
	QAF,     /* as the habit has it */
	HA,      /* ha: silent after a consonant at the end */
	NOTHING,
};

struct letter {
	UChar32 point;
	enum kind kind;
	const char *latin;
};

static const struct letter letters[] = {
	{ u'ا', VOWEL, "a" },
	{ u'أ', VOWEL, "a" },
	{ u'إ', VOWEL, "i" },
	{ u'آ', VOWEL, "a" },
	{ u'ى', VOWEL, "a" },
	{ u'ؤ', VOWEL, "u" },
	{ u'ئ', NOTHING, "" },
	{ u'ء', NOTHING, "" },
	{ u'و', GLIDE_W, "w" },
	{ u'ي', GLIDE_Y, "y" },
	{ u'ی', GLIDE_Y, "y" },
	{ u'ې', VOWEL, "e" },
	{ u'ے', VOWEL, "ay" },
	{ u'ۍ', VOWEL, "ai" },
	{ u'ع', THROAT, "" },
	{ u'ه', HA, "h" },
	{ u'ہ', HA, "h" },
	{ u'ة', HA, "h" },
	{ u'ۀ', HA, "h" },
	{ u'ھ', CONSONANT, "h" },
	{ u'ب', CONSONANT, "b" },
	{ u'پ', CONSONANT, "p" },
	{ u'ت', CONSONANT, "t" },
	{ u'ټ', CONSONANT, "t" },
	{ u'ٹ', CONSONANT, "t" },
	{ u'ث', CONSONANT, "th" },
	{ u'ج', CONSONANT, "j" },
	{ u'چ', CONSONANT, "ch" },
	{ u'ح', CONSONANT, "h" },
	{ u'خ', CONSONANT, "kh" },
	{ u'څ', CONSONANT, "ts" },
	{ u'ځ', CONSONANT, "z" },
	{ u'د', CONSONANT, "d" },
	{ u'ډ', CONSONANT, "d" },
	{ u'ڈ', CONSONANT, "d" },
	{ u'ذ', CONSONANT, "th" },
	{ u'ر', CONSONANT, "r" },
	{ u'ړ', CONSONANT, "r" },
	{ u'ڑ', CONSONANT, "r" },
	{ u'ز', CONSONANT, "z" },
	{ u'ژ', CONSONANT, "zh" },
	{ u'ږ', CONSONANT, "g" },
	{ u'س', CONSONANT, "s" },
	{ u'ش', CONSONANT, "sh" },
	{ u'ښ', CONSONANT, "sh" },
	{ u'ص', CONSONANT, "s" },
	{ u'ض', CONSONANT, "d" },
	{ u'ط', CONSONANT, "t" },
	{ u'ظ', CONSONANT, "z" },
	{ u'غ', CONSONANT, "gh" },
	{ u'ف', CONSONANT, "f" },
	{ u'ڤ', CONSONANT, "v" },
	{ u'ق', QAF, "q" },
	{ u'ك', CONSONANT, "k" },
	{ u'ک', CONSONANT, "k" },
	{ u'گ', CONSONANT, "g" },
	{ u'ګ', CONSONANT, "g" },
	{ u'ل', CONSONANT, "l" },
	{ u'م', CONSONANT, "m" },
	{ u'ن', CONSONANT, "n" },
	{ u'ں', CONSONANT, "n" },
	{ u'ڼ', CONSONANT, "n" },
	/* marks, which few write */
	{ 0x64e, VOWEL, "a" },
	{ 0x64f, VOWEL, "u" },
	{ 0x650, VOWEL, "i" },
};

/* What they say outside Arabic. */
static const struct {
	UChar32 point;
	const char *latin;
} easterns[] = {
	{ u'ى', "i" },
	{ u'ث', "s" },
	{ u'ذ', "z" },
	{ u'ض', "z" },
};

/* What passports of a language's countries prefer. */
struct habit {
	const char *language;
	const char *q, *w;   /* qaf; a waw that is a consonant */
	const char *u, *i;   /* long vowels within a word */
	const char *end;     /* a silent ha */
	const char *after_a; /* short vowel of the last syllable: Khaled */
	const char *servant; /* abd al- */
	bool apart;          /* the servant's word stands alone */
};

static const struct habit habits[] = {
	{ "ar", "q", "w", "ou", "i", "a", "e", "abdul", false },
	{ "fa", "gh", "v", "ou", "i", "eh", "e", "abdol", false },
	{ "prs", "q", "w", "oo", "i", "a", "i", "abdul", true },
	{ "ps", "q", "w", "oo", "i", "a", "i", "abdul", true },
	{ "ur", "q", "w", "oo", "ee", "a", "i", "abdul", true },
};

static const struct habit *habit_of(const char *language)
{
	for (size_t i = 0; i < COUNT(habits); i++) {
		if (strcmp(habits[i].language, language) == 0)
			return &habits[i];
	}
	return &habits[0];
}

struct sound {
	enum kind kind;
	const char *latin;
};

static const char *latin_of(const struct letter *letter, bool eastern)
{
	for (size_t i = 0; eastern && i < COUNT(easterns); i++) {
		if (easterns[i].point == letter->point)
			return easterns[i].latin;
	}
	return letter->latin;
}

static size_t sounds_of(const char *text, const struct habit *habit,
			struct sound *to)
{
	bool eastern = habit != &habits[0];
	size_t length = strlen(text), at = 0, count = 0;

	while (at < length && count < SOUNDS) {
		UChar32 point = icu_next(text, length, &at);

		for (size_t i = 0; i < COUNT(letters); i++) {
			const struct letter *it = &letters[i];

			if (it->point != point || it->kind == NOTHING)
				continue;
			to[count++] =
			    (struct sound){ it->kind, latin_of(it, eastern) };
		}
	}
	return at < length ? 0 : count;
}

static bool vowel_at(const struct sound *all, size_t count, size_t i)
{
	return i < count && all[i].kind == VOWEL;
}

/* Two glides after a consonant: the first is one too ("Darwish"). */
static bool goes_before_glide(const struct sound *all, size_t count, size_t i)
{
	return all[i].kind == GLIDE_W && i + 2 < count &&
	       all[i + 1].kind == GLIDE_Y;
}

/* Waw and ya beside a vowel, or at the beginning, are consonants. */
static void settle_glide(struct sound *all, size_t count, size_t i,
			 const struct habit *habit)
{
	bool y = all[i].kind == GLIDE_Y, last = i + 1 == count;
	bool consonant = !i || (i && all[i - 1].kind == VOWEL && !last) ||
			 vowel_at(all, count, i + 1) ||
			 goes_before_glide(all, count, i);

	if (i == 1 && !last && strcmp(all[0].latin, "a") == 0 &&
	    all[0].kind == VOWEL && !vowel_at(all, count, 2)) {
		/* alef carries it: "Omid", "Iraj" */
		all[0].latin = "";
		all[1] = (struct sound){ VOWEL, y ? "i" : "o" };
	} else if (consonant) {
		all[i].kind = CONSONANT;
		all[i].latin = y ? "y" : habit->w;
	} else if (y && count == 3 && i == 1) {
		all[i] = (struct sound){ VOWEL, "ai" }; /* "Qais", "Zaid" */
	} else {
		all[i].kind = VOWEL;
		all[i].latin = last ? (y ? "i" : "o") : y ? habit->i : habit->u;
	}
}

static void settle(struct sound *all, size_t count, const struct habit *habit)
{
	for (size_t i = 0; i < count; i++) {
		bool after = i && all[i - 1].kind == CONSONANT;

		switch (all[i].kind) {
		case GLIDE_W:
		case GLIDE_Y:
			settle_glide(all, count, i, habit);
			break;
		case THROAT:
			all[i] = (struct sound){ VOWEL, "" };
			if ((after || !i) && !vowel_at(all, count, i + 1) &&
			    (i + 1 == count || all[i + 1].kind == CONSONANT ||
			     all[i + 1].kind == QAF || all[i + 1].kind == HA))
				all[i].latin = "a";
			break;
		case QAF:
			all[i] = (struct sound){ CONSONANT, habit->q };
			break;
		case HA:
			all[i].kind = CONSONANT;
			if (after && i + 1 == count)
				all[i] = (struct sound){ VOWEL, habit->end };
			break;
		default:
			break;
		}
	}
}

/* The short vowel to be put before sound i, whose run of consonants began at
 * from and ends before to; NULL where none is. */
static const char *short_before(const struct sound *all, size_t count,
				size_t from, size_t to, size_t i,
				const struct habit *habit)
{
	size_t run = to - from;

	if (i == from)
		return NULL;
	if (to == count) /* the end: before the last */
		return i + 1 != to && !(from == 0 && i == 1) ? NULL
		       : from && strcmp(all[from - 1].latin, "a") == 0 &&
			       run == 2 && from > 1
			   ? habit->after_a
			   : "a";
	if (from == 0) /* the beginning: behind the first */
		return i == 1 ? "a" : NULL;
	return run >= 3 && i + 1 == to ? "a" : NULL;
}

static void speak(const struct sound *all, size_t count,
		  const struct habit *habit, struct bytes *out)
{
	size_t i = 0;

	while (i < count) {
		size_t to = i;

		while (to < count && all[to].kind == CONSONANT)
			to++;
		for (size_t from = i; i < to; i++) {
			const char *vowel =
			    short_before(all, count, from, to, i, habit);

			if (vowel)
				bytes_add_text(out, vowel);
			bytes_add_text(out, all[i].latin);
		}
		if (i < count)
			bytes_add_text(out, all[i++].latin);
	}
}

static bool guess(const char *text, const struct habit *habit,
		  struct bytes *out)
{
	struct sound all[SOUNDS];
	size_t count = sounds_of(text, habit, all);

	settle(all, count, habit);
	speak(all, count, habit, out);
	return count > 0;
}

/* --- words made of others --------------------------------------------------
 */

#define ARTICLE "ال"
#define SERVANT "عبدال" /* of one of God's names, which follows */
#define LEAST_STEM 4    /* bytes: two letters */

static bool begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/* A known word, or a guess. */
static bool add_stem(const char *text, const char *language, bool capital,
		     struct bytes *out)
{
	struct romanize_word word = { .text = text, .language = language };
	const char *known = romanize_known(&word);
	size_t at = out->length;

	if (!known)
		return guess(text, habit_of(language), out);
	bytes_add_text(out, known);
	if (!capital)
		out->data[at] |= 0x20;
	return true;
}

/* What names end in, and how: in Arabic (NULL: it is no ending there), in
 * Iran, elsewhere. */
static const struct {
	const char *own, *arabic, *iran, *others;
} endings[] = {
	{ "الله", "allah", "ollah", "ullah" },
	{ "اللہ", NULL, "ollah", "ullah" },
	{ "الدین", NULL, "oddin", "uddin" },
	{ "الدين", NULL, "oddin", "uddin" },
	{ "زاده", NULL, "zadeh", "zada" },
	{ "پور", NULL, "pour", "poor" },
	{ "نژاد", NULL, "nejad", "nejad" },
	{ "زی", NULL, "zi", "zai" },
	{ "زئی", NULL, "zaei", "zai" },
	{ "خیل", NULL, "kheil", "khil" },
	{ "وند", NULL, "vand", "wand" },
	{ "نیا", NULL, "nia", "nia" },
	{ "خان", NULL, "khan", "khan" },
	{ "گل", NULL, "gol", "gul" },
};

static const char *ending_in(size_t ending, const struct habit *habit)
{
	if (strcmp(habit->language, "ar") == 0)
		return endings[ending].arabic;
	return strcmp(habit->language, "fa") == 0 ? endings[ending].iran
						  : endings[ending].others;
}

static bool add_with_ending(const char *text, const struct habit *habit,
			    struct bytes *out)
{
	size_t length = strlen(text);

	for (size_t i = 0; i < COUNT(endings); i++) {
		const char *latin = ending_in(i, habit);
		size_t least = strlen(endings[i].own);

		if (!latin || length < least + LEAST_STEM ||
		    strcmp(text + length - least, endings[i].own) != 0)
			continue;
		SCOPED(char_freep)
		char *stem = xstrndup(text, length - least);
		bool good = add_stem(stem, habit->language, true, out);

		bytes_add_text(out, latin);
		return good;
	}
	return false;
}

bool romanize_of_arabic(const struct romanize_word *word, struct bytes *out)
{
	const struct habit *habit = habit_of(word->language);
	const char *text = word->text, *language = word->language;
	bool arabic = habit == &habits[0];

	if (begins(text, SERVANT) &&
	    strlen(text) >= strlen(SERVANT) + LEAST_STEM) {
		bytes_add_text(out, habit->servant);
		if (habit->apart)
			bytes_add_byte(out, ' ');
		return add_stem(text + strlen(SERVANT), language, habit->apart,
				out);
	}
	if (add_with_ending(text, habit, out))
		return true;
	if (arabic && begins(text, ARTICLE) &&
	    strlen(text) > strlen(ARTICLE) + LEAST_STEM) {
		bytes_add_text(out, "Al ");
		return add_stem(text + strlen(ARTICLE), language, true, out);
	}
	return guess(text, habit, out);
}
