#include "text/alike.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uscript.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "text/alike_cost.h"
#include "text/fold_sound.h"
#include "text/icu.h"

/* A word of a form, not terminated. */
struct word {
	const char *letters; /* folded */
	size_t letters_length;
	const char *reading; /* Latin; the letters where they are Latin */
	size_t reading_length;
	bool bare;
};

static struct word word_at(const char *text, size_t length)
{
	const char *equals = memchr(text, '=', length);
	struct word word = { text, length, text, length, false };

	if (!equals)
		return word;
	word.letters_length = (size_t)(equals - text);
	word.reading = equals + 1;
	word.reading_length = length - word.letters_length - 1;
	if (word.reading_length && *word.reading == '*') {
		word.bare = true;
		word.reading++;
		word.reading_length--;
	}
	return word;
}

static int split(const char *form, struct word words[ALIKE_WORDS])
{
	int count = 0;

	while (*form && count < ALIKE_WORDS) {
		size_t length = strcspn(form, " ");

		if (length)
			words[count++] = word_at(form, length);
		form += length + (form[length] == ' ');
	}
	return count;
}

/* --- two words ------------------------------------------------------------ */

static int least(int a, int b, int c)
{
	int two = a < b ? a : b;

	return two < c ? two : c;
}

/* Of what differs, a part of the words' usual length. */
static int nearness_of(int cost, int a, int b)
{
	int length = (a + b) * 50;
	int near;

	if (length < 300)
		length = 300; /* short words are not strangers for a vowel */
	near = 1000 - cost * 1000 / length;
	return near > 0 ? near : 0;
}

/* The cost from which two words of these lengths are no more the same. */
static int cost_limit(int a, int b)
{
	int length = (a + b) * 50;

	return (1000 - ALIKE_ENOUGH) * (length < 300 ? 300 : length) / 1000;
}

#define FAR 100000 /* a cost above every limit */

/* What the two differ by, FAR once it is too much; the first sound differing
 * weighs more. */
static int sounds_cost(const char *a, int na, bool a_bare, const char *b,
		       int nb, bool b_bare)
{
	const int limit = cost_limit(na, nb);
	int row[ALIKE_SOUNDS + 1], before[ALIKE_SOUNDS + 1];

	before[0] = 0;
	for (int j = 1; j <= nb; j++)
		before[j] = before[j - 1] + alike_extra(b[j - 1],
							j > 1 ? b[j - 2] : '\0',
							j == nb, a_bare);
	for (int i = 1; i <= na; i++) {
		int less = alike_extra(a[i - 1], i > 1 ? a[i - 2] : '\0',
				       i == na, b_bare);
		int lowest = before[0] + less;

		row[0] = lowest;
		for (int j = 1; j <= nb; j++) {
			int swap = alike_swap(a[i - 1], b[j - 1]);
			int more = alike_extra(
			    b[j - 1], j > 1 ? b[j - 2] : '\0', j == nb, a_bare);

			/* Ta marbuta is an h in letters and an a in Latin. */
			if ((a_bare || b_bare) && i == na && j == nb &&
			    ((a[i - 1] == 'h' && b[j - 1] == 'a') ||
			     (a[i - 1] == 'a' && b[j - 1] == 'h')))
				swap = 10;
			if (i == 1 && j == 1 && swap >= 80)
				swap += 30;
			row[j] = least(before[j - 1] + swap, before[j] + less,
				       row[j - 1] + more);
			if (row[j] < lowest)
				lowest = row[j];
		}
		if (lowest > limit)
			return FAR;
		memcpy(before, row, sizeof *row * (size_t)(nb + 1));
	}
	return before[nb];
}

#define READ_ALIKE 990 /* the letters may still be others */

static int code_points(const char *text, size_t length, UChar32 *out, int room)
{
	int count = 0;
	size_t at = 0;

	while (at < length && count < room)
		out[count++] = icu_next(text, length, &at);
	return count;
}

static int letters_cost(const UChar32 *a, int na, const UChar32 *b, int nb)
{
	int row[ALIKE_SOUNDS + 1], before[ALIKE_SOUNDS + 1];

	before[0] = 0;
	for (int j = 1; j <= nb; j++)
		before[j] =
		    before[j - 1] +
		    alike_letter_extra(b[j - 1], j > 1 ? b[j - 2] : 0, j == nb);
	for (int i = 1; i <= na; i++) {
		int less =
		    alike_letter_extra(a[i - 1], i > 1 ? a[i - 2] : 0, i == na);

		row[0] = before[0] + less;
		for (int j = 1; j <= nb; j++)
			row[j] = least(
			    before[j - 1] +
				alike_letter_swap(a[i - 1], b[j - 1]),
			    before[j] + less,
			    row[j - 1] +
				alike_letter_extra(
				    b[j - 1], j > 1 ? b[j - 2] : 0, j == nb));
		memcpy(before, row, sizeof row);
	}
	return before[nb];
}

static UScriptCode script_of(UChar32 point)
{
	UErrorCode error = U_ZERO_ERROR;

	return uscript_getScript(point, &error);
}

/* Copied out, so that one word may be two that are written together. */
static void spell(struct alike_word *out, const struct word *words, int count)
{
	size_t letters = 0, reading = 0;

	out->bare = false;
	out->letters[0] = out->reading[0] = '\0';
	for (int i = 0; i < count; i++) {
		const struct word *word = &words[i];

		if (letters + word->letters_length >= ALIKE_BYTES ||
		    reading + word->reading_length >= ALIKE_BYTES)
			return;
		memcpy(out->letters + letters, word->letters,
		       word->letters_length);
		memcpy(out->reading + reading, word->reading,
		       word->reading_length);
		letters += word->letters_length;
		reading += word->reading_length;
		out->letters[letters] = out->reading[reading] = '\0';
		out->bare |= word->bare;
	}
}

/* Letters tell more than readings where vowels are not written. */
static bool written_alike(UChar32 a, UChar32 b)
{
	return script_of(a) == USCRIPT_ARABIC && script_of(b) == USCRIPT_ARABIC;
}

/* Of a script that nobody here can read: Khmer, Thai. */
static bool is_unread(const struct alike_word *word)
{
	return (unsigned char)word->reading[0] > 0x7f;
}

/* A word with what its comparisons need again and again. */
struct heard {
	struct alike_word word;
	UChar32 letters[ALIKE_SOUNDS];
	int letter_count;
	char sounds[2][ALIKE_SOUNDS]; /* an x as "ks", and as h */
	int sound_count[2];
	bool has_x;
};

static void hear(struct heard *out)
{
	const struct alike_word *word = &out->word;

	out->letters[0] = 0;
	out->letter_count = code_points(word->letters, strlen(word->letters),
					out->letters, ALIKE_SOUNDS);
	out->has_x = strchr(word->reading, 'x') != NULL;
	for (int way = 0; way < (out->has_x ? 2 : 1); way++)
		out->sound_count[way] =
		    alike_sounds(word->reading, way, out->sounds[way]);
}

static int readings_near(const struct heard *a, const struct heard *b)
{
	int best = 0;

	for (int i = 0; i <= a->has_x; i++) {
		for (int j = 0; j <= b->has_x; j++) {
			int na = a->sound_count[i], nb = b->sound_count[j];
			int near = nearness_of(
			    sounds_cost(a->sounds[i], na, a->word.bare,
					b->sounds[j], nb, b->word.bare),
			    na, nb);

			if (near > best)
				best = near;
		}
	}
	return best < READ_ALIKE ? best : READ_ALIKE;
}

static int letters_near(const struct heard *a, const struct heard *b)
{
	return nearness_of(letters_cost(a->letters, a->letter_count, b->letters,
					b->letter_count),
			   a->letter_count, b->letter_count);
}

static int heard_near(const struct heard *a, const struct heard *b)
{
	int near;

	if (!a->letter_count || !b->letter_count)
		return 0;
	if (strcmp(a->word.letters, b->word.letters) == 0)
		return 1000;
	if (written_alike(a->letters[0], b->letters[0]) ||
	    (is_unread(&a->word) && is_unread(&b->word)))
		near = letters_near(a, b);
	else if (is_unread(&a->word) || is_unread(&b->word))
		near = 0;
	else
		near = readings_near(a, b);
	return near >= ALIKE_ENOUGH ? near : 0;
}

int alike_words(const struct alike_word *a, const struct alike_word *b)
{
	struct heard one, other;

	one.word = *a;
	other.word = *b;
	hear(&one);
	hear(&other);
	return heard_near(&one, &other);
}

/* An initial stands for a word that begins with it, weakly. */
#define INITIAL_NEAR 850

static int words_near(const struct heard *a, const struct heard *b)
{
	const bool one = !a->word.reading[0] || !a->word.reading[1];
	const bool other = !b->word.reading[0] || !b->word.reading[1];

	if (one != other)
		return a->word.reading[0] == b->word.reading[0] ? INITIAL_NEAR
								: 0;
	return heard_near(a, b);
}

/* The same of words that stand beside each other, as one. */
static int joined_near(const struct word *a, int na, const struct word *b,
		       int nb)
{
	struct heard one, other;

	spell(&one.word, a, na);
	spell(&other.word, b, nb);
	hear(&one);
	hear(&other);
	return words_near(&one, &other);
}

int alike_split(const char *form, struct alike_word out[ALIKE_WORDS])
{
	struct word words[ALIKE_WORDS];
	int count = split(form, words);

	for (int i = 0; i < count; i++)
		spell(&out[i], &words[i], 1);
	return count;
}

char *alike_sound(const struct alike_word *word)
{
	return is_unread(word) ? xstrdup(word->letters)
			       : sound_of(word->reading);
}

/* --- two names ------------------------------------------------------------ */

struct pairing {
	struct word a[ALIKE_WORDS], b[ALIKE_WORDS];
	int na, nb;
	int fellow_a[ALIKE_WORDS], fellow_b[ALIKE_WORDS]; /* -1: none */
	int matches, sum;
	bool same_letters, across;
};

static bool is_across(const struct word *a, const struct word *b)
{
	UChar32 one, other;

	return code_points(a->letters, a->letters_length, &one, 1) &&
	       code_points(b->letters, b->letters_length, &other, 1) &&
	       script_of(one) != script_of(other);
}

static void pair(struct pairing *p, int i, int ni, int j, int nj, int near)
{
	for (int k = i; k < i + ni; k++)
		p->fellow_a[k] = j;
	for (int k = j; k < j + nj; k++)
		p->fellow_b[k] = i;
	p->matches++;
	p->sum += near;
	if (near < 1000 || ni != nj)
		p->same_letters = false;
	if (is_across(&p->a[i], &p->b[j]))
		p->across = true;
}

/* The nearest two first; among equals those that stand at the same place. */
static void pair_words(struct pairing *p)
{
	struct heard b[ALIKE_WORDS], a;
	int near[ALIKE_WORDS][ALIKE_WORDS] = { 0 };

	for (int j = 0; j < p->nb; j++) {
		spell(&b[j].word, &p->b[j], 1);
		hear(&b[j]);
	}
	for (int i = 0; i < p->na; i++) {
		spell(&a.word, &p->a[i], 1);
		hear(&a);
		for (int j = 0; j < p->nb; j++)
			near[i][j] = words_near(&a, &b[j]);
	}
	for (;;) {
		int best = ALIKE_ENOUGH - 1, at_i = -1, at_j = -1;

		for (int i = 0; i < p->na; i++) {
			for (int j = 0; j < p->nb; j++) {
				if (p->fellow_a[i] >= 0 || p->fellow_b[j] >= 0)
					continue;
				if (near[i][j] > best ||
				    (near[i][j] == best && i == j)) {
					best = near[i][j];
					at_i = i;
					at_j = j;
				}
			}
		}
		if (at_i < 0)
			return;
		pair(p, at_i, 1, at_j, 1, best);
	}
}

/* "Gul Makai" and "Gulmakai": of the words left over, two beside each other
 * against one. */
static void pair_written_together(struct pairing *p)
{
	for (int i = 0; i < p->na; i++) {
		for (int j = 0; j < p->nb; j++) {
			bool two_a = i + 1 < p->na && p->fellow_a[i + 1] < 0;
			bool two_b = j + 1 < p->nb && p->fellow_b[j + 1] < 0;
			int near;

			if (p->fellow_a[i] >= 0 || p->fellow_b[j] >= 0)
				continue;
			if (two_a && (near = joined_near(&p->a[i], 2, &p->b[j],
							 1)) >= ALIKE_ENOUGH)
				pair(p, i, 2, j, 1, near);
			else if (two_b &&
				 (near = joined_near(&p->a[i], 1, &p->b[j],
						     2)) >= ALIKE_ENOUGH)
				pair(p, i, 1, j, 2, near);
		}
	}
}

/* Whole names that are parted at other places: "Kim Min Soo", "Kim Minsu". */
static bool pair_whole(struct pairing *p)
{
	int near;

	if (p->na == p->nb || p->na < 1 || p->nb < 1)
		return false;
	near = joined_near(p->a, p->na, p->b, p->nb);
	if (near < 920)
		return false;
	for (int i = 0; i < p->na; i++)
		p->fellow_a[i] = i < p->nb ? i : p->nb - 1;
	for (int j = 0; j < p->nb; j++)
		p->fellow_b[j] = j < p->na ? j : p->na - 1;
	p->matches = p->na < p->nb ? p->na : p->nb;
	p->sum = near * p->matches;
	p->same_letters = false;
	p->across = is_across(p->a, p->b);
	return true;
}

static struct alike answer_of(const struct pairing *p)
{
	struct alike answer = {
		.words_a = p->na,
		.words_b = p->nb,
		.matched = p->matches,
		.nearness = p->matches ? p->sum / p->matches : 0,
		.same_letters = p->matches && p->same_letters,
		.across = p->across,
		.same_order = true,
		.first_matched = p->na && p->nb && p->fellow_a[0] == 0,
	};
	int last = -1;

	for (int i = 0; i < p->na; i++) {
		answer.left_a += p->fellow_a[i] < 0;
		if (p->fellow_a[i] < 0)
			continue;
		if (p->fellow_a[i] < last)
			answer.same_order = false;
		last = p->fellow_a[i];
	}
	for (int j = 0; j < p->nb; j++)
		answer.left_b += p->fellow_b[j] < 0;
	return answer;
}

struct alike alike_compare(const char *a, const char *b)
{
	struct pairing p = { .same_letters = true };

	p.na = split(a, p.a);
	p.nb = split(b, p.b);
	for (int i = 0; i < ALIKE_WORDS; i++)
		p.fellow_a[i] = p.fellow_b[i] = -1;
	if (!pair_whole(&p)) {
		pair_words(&p);
		pair_written_together(&p);
	}
	return answer_of(&p);
}
