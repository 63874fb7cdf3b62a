#include "ask/fit.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "tests/test.h"

/* The places of the smallest screen, and what they hold. */

static void each_place_holds_so_much_and_no_more(void **state)
{
	static const struct {
		const char *key;
		size_t fits; /* letters of words of nine and a blank */
		const char *place;
	} places[] = {
		{ "intake:/data/A3:label", 120, "a heading" },
		{ "kiosk.closed", 120, "a heading" },
		{ "intake:choices/A3/SELF:label", 80, "an answer" },
		{ "kiosk.person_wait", 80, "an answer" },
		{ "intake:/data/A3:hint", 700, "a text" },
		{ "kiosk.idle_text", 700, "a text" },
		{ "kiosk.back", 10, "a key of the frame" },
		{ "kiosk.start_over", 20, "the top of the screen" },
	};
	const struct language *english = language_find("en");

	(void)state;
	for (size_t i = 0; i < COUNT(places); i++) {
		char words[1500] = "";
		char *why;

		while (strlen(words) < places[i].fits)
			strcat(words, "aaaaaaaaa ");
		why = ask_fit(english, places[i].key, words);
		if (why)
			fail_msg("%s: %s", places[i].key, why);
		/* Twice as much is too much everywhere. */
		while (strlen(words) < places[i].fits * 2)
			strcat(words, "aaaaaaaaa ");
		why = ask_fit(english, places[i].key, words);
		if (!why || !strstr(why, places[i].place))
			fail_msg("%s: %s", places[i].key, why ? why : "fits");
		free(why);
	}
}

/* An answer of a form may have a picture beside it, the kiosk's own have none.
 */
static void a_picture_takes_its_cells(void **state)
{
	char words[81] = ""; /* of eleven letters: two a line, or one */
	SCOPED(char_freep) char *beside = NULL;
	SCOPED(char_freep) char *alone = NULL;
	const struct language *english = language_find("en");

	(void)state;
	for (int i = 0; i < 6; i++)
		strcat(words, "aaaaaaaaaaa ");
	beside = ask_fit(english, "intake:choices/A3/SELF:label", words);
	alone = ask_fit(english, "kiosk.yes", words);
	assert_non_null(beside);
	assert_null(alone);
}

/* Burmese letters run half as wide again. */
static void a_wide_script_has_less_room(void **state)
{
	const char *key = "kiosk.back", *fourteen = "aaaaaaaaaaaaaa";
	SCOPED(char_freep)
	char *latin = ask_fit(language_find("en"), key, fourteen);
	SCOPED(char_freep)
	char *burmese = ask_fit(language_find("my"), key, fourteen);

	(void)state;
	assert_null(latin);
	assert_non_null(burmese);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_place_holds_so_much_and_no_more),
		cmocka_unit_test(a_picture_takes_its_cells),
		cmocka_unit_test(a_wide_script_has_less_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
