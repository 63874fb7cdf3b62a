#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "base/memory.h"
#include "tests/test.h"
#include "text/po.h"

/*
 * The English that everything is translated from is plain: each text of the
 * form at grade 6 or below and questions at 3 on average (Flesch-Kincaid),
 * sentences of at most 15 words, no passive, "why", "you must" or clock, as far
 * as lists of words can tell. A single word has no grade: "Immigration" is what
 * the office is called.
 */
#define GRADE_MOST 6.0
#define GRADE_MEAN 3.0
#define WORDS_MOST 15

struct measure {
	int words, sentences, syllables, longest;
};

static bool is_vowel(char letter)
{
	return letter && strchr("aeiouy", letter) != NULL;
}

/* Runs of vowels, but for a silent e at the end: "page", not "table". */
static int syllables_of(const char *word, size_t length)
{
	char last[4] = "";
	int count = 0;

	for (size_t i = 0; i < length; i++) {
		bool vowel = is_vowel((char)tolower((unsigned char)word[i]));
		bool before =
		    i && is_vowel((char)tolower((unsigned char)word[i - 1]));

		count += vowel && !before;
	}
	for (size_t i = 0; i < 3 && i < length; i++)
		last[2 - i] =
		    (char)tolower((unsigned char)word[length - 1 - i]);
	if (count > 1 && last[2] == 'e' && !is_vowel(last[1]) &&
	    !(last[1] == 'l' && !is_vowel(last[0])))
		count--;
	if (count > 1 && last[2] == 'd' && last[1] == 'e' &&
	    !strchr("td", last[0]))
		count--;
	return count ? count : 1;
}

static bool is_of_word(char letter)
{
	return isalnum((unsigned char)letter) || letter == '\'' ||
	       (unsigned char)letter >= 0x80;
}

static struct measure measure(const char *text)
{
	struct measure sum = { 0 };
	int words = 0;

	while (*text) {
		size_t length = 0;

		while (is_of_word(text[length]))
			length++;
		if (length) {
			words++;
			sum.words++;
			sum.syllables += syllables_of(text, length);
			text += length;
		}
		if (strchr(".?!:\n", *text) && words) {
			sum.sentences++;
			sum.longest = words > sum.longest ? words : sum.longest;
			words = 0;
		}
		text += *text != 0;
	}
	return sum;
}

static double grade(const struct measure *of)
{
	return 0.39 * of->words / of->sentences +
	       11.8 * of->syllables / of->words - 15.59;
}

static void the_yardstick_is_the_known_one(void **state)
{
	static const struct {
		const char *text;
		int words, sentences, syllables, longest;
	} samples[] = {
		{ "", 0, 0, 0, 0 },
		{ "The cat sat on the mat.", 6, 1, 6, 6 },
		{ "Immigration", 1, 1, 4, 1 },
		{ "Are you safe? Come here", 5, 2, 5, 3 },
		{ "The family asked for a table.", 6, 1, 9, 6 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		struct measure sum = measure(samples[i].text);

		assert_int_equal(sum.words, samples[i].words);
		assert_int_equal(sum.sentences, samples[i].sentences);
		assert_int_equal(sum.syllables, samples[i].syllables);
		assert_int_equal(sum.longest, samples[i].longest);
	}
	/* 0.39 * 6 + 11.8 * 1 - 15.59 */
	struct measure mat = measure("The cat sat on the mat.");

	assert_float_equal(grade(&mat), -1.45, 0.001);
}

/* --- the form --------------------------------------------------------------
 */

typedef void look(const struct po_entry *entry, void *to);

static void each_english(const char *name, look *each, void *to)
{
	SCOPED(char_freep) char *path = data_path(name);
	struct po po;

	assert_int_equal(po_read(path, &po), FAULT_NONE);
	for (size_t i = 0; i < po.count; i++)
		each(&po.entries[i], to);
	po_done(&po);
}

static bool is_question(const struct po_entry *entry)
{
	const char *path = strchr(entry->key, ':');
	const char *part = strrchr(entry->key, ':');

	return path && path[1] == '/' && strcmp(part, ":label") == 0;
}

struct sum {
	double grades;
	int count;
};

static void check_question(const struct po_entry *entry, void *to)
{
	struct measure is = measure(entry->english);
	struct sum *sum = to;

	if (!is_question(entry))
		return;
	if (is.longest > WORDS_MOST)
		fail_msg("%s: a sentence of %d words: %s", entry->key,
			 is.longest, entry->english);
	if (is.words < 2)
		return;
	if (grade(&is) > GRADE_MOST)
		fail_msg("%s: grade %.1f: %s", entry->key, grade(&is),
			 entry->english);
	sum->grades += grade(&is);
	sum->count++;
}

static void each_question_is_plain_and_so_are_all_together(void **state)
{
	struct sum sum = { 0 };

	(void)state;
	each_english("translations/intake.en.po", check_question, &sum);
	assert_true(sum.count > 40);
	if (sum.grades / sum.count > GRADE_MEAN)
		fail_msg("the questions' mean grade is %.2f",
			 sum.grades / sum.count);
}

static void check_sentences(const struct po_entry *entry, void *to)
{
	struct measure is = measure(entry->english);

	(void)to;
	if (is.longest > WORDS_MOST)
		fail_msg("%s: a sentence of %d words: %s", entry->key,
			 is.longest, entry->english);
}

static void no_sentence_is_long(void **state)
{
	(void)state;
	each_english("translations/intake.en.po", check_sentences, NULL);
	each_english("translations/kiosk.en.po", check_sentences, NULL);
	each_english("translations/ticket.en.po", check_sentences, NULL);
}

/* Whether text has a word, whatever its letters' case. */
static bool says(const char *text, const char *words)
{
	size_t length = strlen(words);

	for (const char *at = text; (at = strcasestr(at, words)); at++) {
		bool begins = at == text || !is_of_word(at[-1]);

		if (begins && !is_of_word(at[length]))
			return true;
	}
	return false;
}

/* "is", "are" or another form of to be, and a participle behind it. */
static bool is_passive(const char *text)
{
	static const char *const forms[] = { "is", "are",   "was", "were",
					     "be", "being", "been" };
	static const char *const participles[] = {
		"given", "taken", "kept",  "made",    "sent",   "told",
		"shown", "seen",  "asked", "written", "stolen",
	};

	for (size_t i = 0; i < COUNT(forms); i++) {
		for (size_t k = 0; k < COUNT(participles); k++) {
			SCOPED(char_freep)
			char *both =
			    xasprintf("%s %s", forms[i], participles[k]);

			if (says(text, both))
				return true;
		}
	}
	return false;
}

static void check_words(const struct po_entry *entry, void *to)
{
	static const char *const unkind[] = {
		"why",  "you must", "you have to", "o'clock", "a.m.", "p.m.",
		"fail", "deadline", "illegal",     "alien",   "asap", "prove",
	};

	(void)to;
	for (size_t i = 0; i < COUNT(unkind); i++) {
		if (says(entry->english, unkind[i]))
			fail_msg("%s says \"%s\": %s", entry->key, unkind[i],
				 entry->english);
	}
	if (is_passive(entry->english))
		fail_msg("%s is passive: %s", entry->key, entry->english);
}

static void nobody_is_pressed_or_talked_past(void **state)
{
	(void)state;
	assert_true(is_passive("Your paper was taken"));
	assert_false(is_passive("We take your paper"));
	assert_true(says("Why not?", "why"));
	assert_false(says("Mustard", "must"));
	each_english("translations/intake.en.po", check_words, NULL);
	each_english("translations/kiosk.en.po", check_words, NULL);
	each_english("translations/ticket.en.po", check_words, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_yardstick_is_the_known_one),
		cmocka_unit_test(
		    each_question_is_plain_and_so_are_all_together),
		cmocka_unit_test(no_sentence_is_long),
		cmocka_unit_test(nobody_is_pressed_or_talked_past),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
