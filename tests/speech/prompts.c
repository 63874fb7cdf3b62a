#include "tests/test.h"

#include <string.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "speech/prompts.h"

/* "L:heading N:warning R:row F:row under the highlight", as a screen. */
static struct prompts screen(const char *words)
{
	SCOPED(char_freep) char *copy = xstrdup(words);
	struct prompts prompts = { 0 };
	char *rest = NULL;

	for (char *word = strtok_r(copy, " ", &rest); word;
	     word = strtok_r(NULL, " ", &rest))
		prompts_add(&prompts, &(struct prompt){
					  .part = *word == 'L'   ? PROMPT_LEAD
						  : *word == 'N' ? PROMPT_NOTICE
								 : PROMPT_ROW,
					  .language = "en",
					  .text = word + 2,
					  .focused = *word == 'F',
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
		cmocka_unit_test(a_number_is_spelt),
		cmocka_unit_test(a_list_has_an_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
