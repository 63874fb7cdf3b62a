#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "ask/notes.h"
#include "base/bytes.h"
#include "tests/support/asks.h"
#include "tests/support/forms.h"
#include "tests/support/golden.h"

static void add_picture(struct bytes *out, struct asks *asks, int rows)
{
	SCOPED(char_freep) char *picture = asks_picture(asks, rows, 60);

	bytes_add_format(out, "==\n%s", picture);
}

static void notes_stand_with_the_question_behind_them(void **state)
{
	struct bytes out = { 0 };
	struct asks asks;

	(void)state;
	asks_open(&asks, "en", "notes");
	asks_at(&asks, "/data/g/q");
	add_picture(&out, &asks, 9);
	asks_type(&asks, "When?");
	/* Those behind the last question are read together. */
	assert_int_equal(asks_onward(&asks), QUESTION_CHANGED);
	add_picture(&out, &asks, 9);
	SCOPED(char_freep) char *whole = bytes_take_text(&out);
	assert_golden("ask-notes-60x9", whole);
	assert_int_equal(asks_onward(&asks), QUESTION_ONWARD);
	assert_int_equal(asks_back(&asks), QUESTION_CHANGED);
	assert_true(asks_shows(&asks, "When?"));
	assert_int_equal(asks_back(&asks), QUESTION_BEFORE);
	asks_done(&asks);
}

static void a_summary_is_read_page_by_page(void **state)
{
	struct asks asks;

	(void)state;
	asks_open(&asks, "en", "notes");
	forms_set(asks.run, "/data/g/q", "When?");
	asks_at(&asks, "/data/s/a");
	SCOPED(char_freep) char *first = asks_picture(&asks, 9, 60);
	assert_non_null(strstr(first, "You asked something"));
	assert_non_null(strstr(first, "You asked: When?"));
	assert_null(strstr(first, "glass of water"));
	assert_int_equal(asks_onward(&asks), QUESTION_CHANGED);
	SCOPED(char_freep) char *second = asks_picture(&asks, 9, 60);
	assert_non_null(strstr(second, "glass of water"));
	/* Behind the last page there is nothing more to do here. */
	assert_int_equal(asks_onward(&asks), QUESTION_ONWARD);
	asks_done(&asks);
}

static void the_notes_of_a_field_are_those_right_before_it(void **state)
{
	static const struct {
		const char *name;
		size_t first;
		bool joins;
	} fields[] = {
		{ "n1", 0, true }, { "n2", 0, true },  { "q", 0, false },
		{ "n3", 3, true }, { "n4", 3, false },
	};
	struct asks asks;

	(void)state;
	asks_open(&asks, "en", "notes");
	asks_at(&asks, "/data/g/q");
	for (size_t i = 0; i < COUNT(fields); i++) {
		assert_string_equal(node_name(asks.step.field[i]),
				    fields[i].name);
		assert_int_equal(notes_first(&asks.step, i), fields[i].first);
		assert_int_equal(notes_join(&asks.step, i), fields[i].joins);
	}
	SCOPED(char_freep)
	char *words = notes_words(&asks.step, 2, asks.step.field[1]);
	SCOPED(char_freep) char *own = notes_words(&asks.step, 4, NULL);

	assert_non_null(strstr(words, "ask for a person."));
	assert_null(strstr(words, "Nobody"));
	assert_non_null(strstr(own, "\n"));
	asks_done(&asks);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(notes_stand_with_the_question_behind_them),
		cmocka_unit_test(a_summary_is_read_page_by_page),
		cmocka_unit_test(
		    the_notes_of_a_field_are_those_right_before_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
