#include "tests/test.h"

#include <string.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "speech/prompts.h"
#include "text/audio.h"

/* "L:heading N:warning R:row F:row under the highlight", as a screen; u: and
 * c: are usual and unusual states, U: and C: those of that row. */
static enum prompt_part part_of(char word)
{
	return word == 'L'            ? PROMPT_LEAD
	       : word == 'N'          ? PROMPT_NOTICE
	       : strchr("uUcC", word) ? PROMPT_STATE
				      : PROMPT_ROW;
}

static struct prompts screen(const char *words)
{
	SCOPED(char_freep) char *copy = xstrdup(words);
	struct prompts prompts = { 0 };
	char *rest = NULL;

	for (char *word = strtok_r(copy, " ", &rest); word;
	     word = strtok_r(NULL, " ", &rest))
		prompts_add(&prompts, &(struct prompt){
					  .part = part_of(*word),
					  .language = "en",
					  .text = word + 2,
					  .focused = strchr("FUC", *word),
					  .usual = strchr("uU", *word),
				      });
	return prompts;
}

static char *words_of(const struct prompts *prompts)
{
	struct bytes words = { 0 };

	bytes_add_text(&words, "");
	for (size_t i = 0; i < prompts->count; i++)
		bytes_add_format(&words, "%s%s", i ? " " : "",
				 prompts->items[i].text);
	return bytes_take_text(&words);
}

static void only_what_is_new_is_said(void **state)
{
	static const struct {
		const char *before, *now, *said;
	} cases[] = {
		{ "", "L:q L:hint F:a R:b", "q hint a b" },
		{ "L:q F:a R:b", "L:q F:a R:b", "" },
		{ "L:q F:a R:b", "L:q R:a F:b", "b" },
		{ "L:q F:a R:b", "L:q N:no F:a R:b", "no" },
		{ "L:q N:no F:a R:b", "L:q F:a R:b", "" },
		{ "L:q N:no F:a R:b", "L:q R:a F:b", "b" },
		{ "L:q F:a R:b", "L:q F:c R:d", "c d" },
		{ "L:q F:a R:b", "L:p F:a R:b", "p a b" },
		{ "L:q R:a R:b", "L:q F:a R:b", "a" },
		/* Of all rows only the unusual is told of; */
		{ "", "L:q F:a U:off R:b c:on", "q a b on" },
		/* of the one under the highlight each; */
		{ "L:q F:a U:off R:b c:on", "L:q R:a u:off F:b C:on", "b on" },
		{ "L:q R:a u:off F:b C:on", "L:q F:a U:off R:b c:on", "a off" },
		/* and whatever changes. */
		{ "L:q F:a U:off R:b u:off", "L:q F:a C:on R:b u:off", "on" },
		{ "L:q F:a C:on R:b u:off", "L:q F:a U:off R:b u:off", "off" },
		{ "L:q F:a U:off R:b u:off", "L:q R:a u:off F:b C:on", "b on" },
		/* Letters: the last one, and the key that has the focus. */
		{ "L:q u: u:A", "L:q u:A u:A", "A" },
		{ "L:q u: u:A", "L:q u: u:B", "B" },
		{ "L:q u:A", "L:q u:", "" },
		{ "L:q u:", "L:q u: u:Q u:W", "Q W" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct prompts before = screen(cases[i].before);
		struct prompts now = screen(cases[i].now), news = { 0 };

		prompts_news(&before, &now, &news);
		SCOPED(char_freep) char *said = words_of(&news);

		assert_string_equal(said, cases[i].said);
		prompts_done(&before);
		prompts_done(&now);
		prompts_done(&news);
	}
}

/* The same letter once more is another one. */
static void a_letter_written_twice_is_said_twice(void **state)
{
	struct prompts before = { 0 }, now = { 0 }, news = { 0 };
	struct prompt letter = {
		.part = PROMPT_STATE, .language = "en", .text = "o", .turn = 2
	};

	(void)state;
	prompts_letter(&before, &letter);
	letter.turn = 3;
	prompts_letter(&now, &letter);
	prompts_news(&before, &now, &news);
	assert_int_equal(news.count, 1);
	assert_string_equal(news.items[0].key, "letter:O");
	assert_string_equal(news.items[0].text, "O");
	prompts_done(&before);
	prompts_done(&now);
	prompts_done(&news);
}

static void letters_have_recordings_by_their_numbers(void **state)
{
	static const struct {
		const char *language, *text, *key;
	} letters[] = {
		{ "fr", "é", "letter:00C9" },
		{ "uk", "ж", "letter:0416" },
		{ "tr", "i", "letter:0130" },
		{ "de", "ß", "letter:00DF" },
		{ "ti", "ሃ", "letter:1203" },
		{ "en", "7", "digit:7" },
		{ "vi", "ễ", "letter:1EC4" },
		{ "en", "@", "letter:0040" },
		{ "hi", "कि", "letter:0915-093F" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(letters); i++) {
		SCOPED(char_freep)
		char *sign = audio_sign(letters[i].text, letters[i].language);
		SCOPED(char_freep) char *key = audio_sign_key(sign);

		assert_string_equal(key, letters[i].key);
	}
}

static void a_number_is_spelt(void **state)
{
	static const char *const keys[] = { "letter:K", "digit:7", "digit:0",
					    "digit:4" };
	struct prompts prompts = { 0 };

	(void)state;
	prompts_spell(&prompts, "en", "k7-0 4é");
	assert_int_equal(prompts.count, COUNT(keys));
	for (size_t i = 0; i < COUNT(keys); i++) {
		assert_string_equal(prompts.items[i].key, keys[i]);
		assert_int_equal(prompts.items[i].text[0],
				 keys[i][strlen(keys[i]) - 1]);
	}
	prompts_done(&prompts);
}

static void a_list_has_an_end(void **state)
{
	struct prompts prompts = { 0 };

	(void)state;
	for (int i = 0; i < PROMPTS_MOST + 3; i++)
		prompts_spell(&prompts, "en", "1");
	assert_int_equal(prompts.count, PROMPTS_MOST);
	prompts_done(&prompts);
	assert_int_equal(prompts.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_is_new_is_said),
		cmocka_unit_test(a_letter_written_twice_is_said_twice),
		cmocka_unit_test(letters_have_recordings_by_their_numbers),
		cmocka_unit_test(a_number_is_spelt),
		cmocka_unit_test(a_list_has_an_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
