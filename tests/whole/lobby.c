#include "tests/test.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/bytes.h"
#include "base/file.h"
#include "tests/support/demo.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/support/walker.h"
#include "text/language.h"

/*
 * The whole way: each made-up visitor walks through the real kiosk in a
 * pseudo-terminal, gets a paper, and the record says what is expected of them.
 *
 * With a visitor's name this program walks that one in a home that is given,
 * shows every screen and prints the filed record: `make run SCRIPT=name`.
 */
#define PERSONAS "tests/data/intake/personas.json"

static const char *build_folder(void)
{
	const char *build = getenv("FOYER_BUILD");

	return build ? build : "build/debug";
}

/* What a command prints, as JSON; the caller frees it. */
static json_t *json_of(const char *command)
{
	FILE *pipe = popen(command, "r");
	json_error_t error;
	json_t *json = pipe ? json_loadf(pipe, 0, &error) : NULL;

	if (pipe)
		pclose(pipe);
	return json;
}

static json_t *file_ticket(const char *home)
{
	SCOPED(char_freep)
	char *command =
	    xasprintf("%s/foyer record file --home '%s' '%s/paper.png'",
		      build_folder(), home, home);

	return json_of(command);
}

static json_t *personas(void)
{
	json_error_t error;

	return json_load_file(PERSONAS, 0, &error);
}

static json_t *persona_named(json_t *all, const char *name)
{
	json_t *persona;
	size_t i;

	json_array_foreach(json_object_get(all, "personas"), i, persona)
	{
		if (strcmp(json_string_value(json_object_get(persona, "id")),
			   name) == 0)
			return persona;
	}
	return NULL;
}

/* Screens beyond those expected: one a person, where a repeat counts as one. */
static size_t repeat_extra(const json_t *persona)
{
	const json_t *answers = json_object_get(persona, "answers");
	json_int_t people =
	    json_integer_value(json_object_get(answers, "D6_adults")) +
	    json_integer_value(json_object_get(answers, "D6_children"));

	return json_object_get(answers, "D7") ? (size_t)people - 1 : 0;
}

static void same_rules(const json_t *filed, const json_t *expected)
{
	const json_t *got = json_object_get(filed, "rules");
	const json_t *wanted = json_object_get(expected, "rules");

	assert_int_equal(json_array_size(got), json_array_size(wanted));
	for (size_t i = 0; i < json_array_size(wanted); i++)
		assert_string_equal(
		    json_string_value(json_array_get(got, i)),
		    json_string_value(json_array_get(wanted, i)));
}

/* What the paper says to the agency. */
static void expect_read(const char *home, const char *part)
{
	SCOPED(char_freep) char *paper = xasprintf("%s/paper.png", home);
	struct output output =
	    program_run("", "foyer ticket read --home %s %s", home, paper);
	json_t *read = json_loads(output.out, 0, NULL);
	const char *submission =
	    json_string_value(json_object_get(read, "submission"));

	assert_int_equal(output.status, 0);
	assert_non_null(submission);
	assert_non_null(strstr(submission, part));
	json_decref(read);
	output_done(&output);
}

static void walk_one(json_t *persona, const char *home, const char *data,
		     enum walk_by by)
{
	SCOPED(char_freep)
	char *answers =
	    json_dumps(json_object_get(persona, "answers"), JSON_ENCODE_ANY);
	const json_t *expected = json_object_get(persona, "expected");
	const struct walk walk = {
		.home = home,
		.data = data,
		.answers = answers,
		.rows = 24,
		.columns = 80,
		.by = by,
	};
	struct walked walked;
	json_t *filed;

	print_message("%s\n",
		      json_string_value(json_object_get(persona, "id")));
	assert_true(walker_walk(&walk, &walked));
	assert_int_equal(walked.status, 0);
	assert_false(walked.flashed);
	print_message("%s\n", (char *)walked.ids.data);
	assert_int_equal(walked.screens, json_integer_value(json_object_get(
					     expected, "screens")) +
					     (json_int_t)repeat_extra(persona));
	filed = file_ticket(home);
	assert_non_null(filed);
	assert_string_equal(json_string_value(json_object_get(filed, "status")),
			    "filed");
	assert_string_equal(
	    json_string_value(json_object_get(filed, "level")),
	    json_string_value(json_object_get(expected, "level")));
	same_rules(filed, expected);
	json_decref(filed);
	walked_done(&walked);
}

/*
 * A language that needs plates, or that has no words in data, is not offered:
 * its speakers' answers are walked in English, which changes neither level nor
 * rules.
 */
static void speak_what_is_offered(json_t *persona, const char *data)
{
	json_t *answers = json_object_get(persona, "answers");
	const struct language *language =
	    language_find(json_string_value(json_object_get(answers, "A1")));
	SCOPED(char_freep)
	char *words =
	    xasprintf("%s/translations/intake.%s.po", data, language->tag);

	if (language->drawing != LANGUAGE_PLATES && file_exists(words))
		return;
	json_object_set_new(answers, "A1", json_string("en"));
	json_object_del(answers, "D2");
}

/*
 * All of them walk in the sanitized build. As it ships the same program is
 * walked by those whose ways differ most: a number alone, a danger, an old
 * ticket.
 */
static bool walks_here(const json_t *persona)
{
#ifdef __SANITIZE_ADDRESS__
	(void)persona;
	return true;
#else
	static const char *const names[] = { "no-consent-number-fr",
					     "not-safe-finishes-pa",
					     "returning-ticket-prs" };
	const char *name = json_string_value(json_object_get(persona, "id"));

	for (size_t i = 0; i < COUNT(names); i++) {
		if (strcmp(names[i], name) == 0)
			return true;
	}
	return false;
#endif
}

static void every_visitor_gets_the_level_and_rules_they_should(void **state)
{
	SCOPED(folder_freep) char *home = folder_new();
	SCOPED(folder_freep) char *data = folder_new();
	json_t *all = personas(), *persona;
	SCOPED(char_freep) char *inside = xasprintf("%s/home", home);
	size_t i;

	(void)state;
	assert_non_null(all);
	assert_true(walker_data(data));
	assert_true(walker_home(inside));
	json_array_foreach(json_object_get(all, "personas"), i, persona)
	{
		if (!walks_here(persona))
			continue;
		speak_what_is_offered(persona, data);
		walk_one(persona, inside, data, WALK_NUMBERS);
	}
	json_decref(all);
}

/* What is written is left out: it is asked, and skipped. */
static void leave_out_writing(json_t *persona)
{
	static const char *const written[] = { "D1", "D2", "G3_detail",
					       "D4_date", "D4_year" };
	json_t *answers = json_object_get(persona, "answers");

	for (size_t i = 0; i < COUNT(written); i++)
		json_object_del(answers, written[i]);
}

static void six_buttons_do_everything(void **state)
{
	SCOPED(folder_freep) char *home = folder_new();
	SCOPED(folder_freep) char *data = folder_new();
	SCOPED(char_freep) char *inside = xasprintf("%s/home", home);
	json_t *all = personas(), *persona;

	(void)state;
	assert_non_null(all);
	assert_true(walker_data(data));
	assert_true(walker_home(inside) && walker_buttons(inside));
	persona = persona_named(all, "information-only-fr");
	assert_non_null(persona);
	speak_what_is_offered(persona, data);
	leave_out_writing(persona);
	walk_one(persona, inside, data, WALK_BUTTONS);
	json_decref(all);
}

/* From the welcome to the paper without a key, a name among it. */
static void a_finger_alone_does_everything(void **state)
{
	SCOPED(folder_freep) char *home = folder_new();
	SCOPED(folder_freep) char *data = folder_new();
	SCOPED(char_freep) char *inside = xasprintf("%s/home", home);
	json_t *all = personas(), *persona, *answers;

	(void)state;
	persona = persona_named(all, "economic-jobsearch-en");
	answers = json_object_get(persona, "answers");
	leave_out_writing(persona);
	json_object_set_new(answers, "D1", json_string("Priya S"));
	assert_true(walker_data(data));
	assert_true(walker_home(inside));
	walk_one(persona, inside, data, WALK_TOUCH);
	expect_read(inside, "<D1>Priya S</D1>");
	json_decref(all);
}

/*
 * A name written in Ukrainian letters is suggested in A-B-C letters; whoever
 * goes on without a word confirms it, and so it stands in the ticket and in the
 * record.
 */
static void a_name_in_its_own_letters_is_spelt_for_the_record(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(folder_freep) char *data = folder_new();
	SCOPED(char_freep) char *home = folder_file(folder, "home");
	json_t *all = personas(), *answers;
	SCOPED(char_freep) char *text = NULL;
	struct walk walk = {
		.home = home,
		.data = data,
		.rows = 24,
		.columns = 80,
		.at = "D1",
		.sees = "Olena Shevchenko",
	};
	struct walked walked;
	json_t *filed;

	(void)state;
	answers = json_object_get(
	    persona_named(all, "emergency-program-mother-uk"), "answers");
	json_object_set_new(answers, "D2", json_string("Олена Шевченко"));
	json_object_del(answers, "D1");
	walk.answers = text = json_dumps(answers, 0);
	assert_true(walker_data(data));
	assert_true(walker_home(home));
	assert_true(walker_walk(&walk, &walked));
	assert_int_equal(walked.status, 0);
	expect_read(home, "<D1>Olena Shevchenko</D1>");
	expect_read(home, "<D2>Олена Шевченко</D2>");
	filed = file_ticket(home);
	assert_string_equal(json_string_value(json_object_get(filed, "status")),
			    "filed");
	SCOPED(char_freep)
	char *latin = demo_ask(
	    home, "SELECT group_concat(field || '=' || value, ' ') FROM fact"
		  " WHERE field LIKE 'latin_name%'");

	assert_string_equal(latin, "latin_name=Olena Shevchenko");
	json_decref(filed);
	walked_done(&walked);
	json_decref(all);
}

/* --- by hand ----------------------------------------------------------------
 */

static int show_one(const char *name, const char *home)
{
	json_t *all = personas();
	json_t *persona = all ? persona_named(all, name) : NULL, *filed;
	SCOPED(folder_freep) char *data = folder_new();
	struct walk walk = {
		.home = home,
		.data = data,
		.rows = 24,
		.columns = 80,
		.tell = true,
	};
	struct walked walked = { 0 };
	char *text;

	if (!persona) {
		fprintf(stderr, "%s: no such visitor in " PERSONAS "\n", name);
		return 1;
	}
	if (!walker_data(data))
		return 1;
	speak_what_is_offered(persona, data);
	walk.answers = text =
	    json_dumps(json_object_get(persona, "answers"), JSON_ENCODE_ANY);
	if (!walker_walk(&walk, &walked) || walked.status)
		return 1;
	printf("%zu screens: %s\n", walked.screens, (char *)walked.ids.data);
	filed = file_ticket(home);
	json_dumpf(filed, stdout, JSON_INDENT(2));
	printf("\n");
	free(text);
	walked_done(&walked);
	json_decref(filed);
	json_decref(all);
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_name_in_its_own_letters_is_spelt_for_the_record),
		cmocka_unit_test(
		    every_visitor_gets_the_level_and_rules_they_should),
		cmocka_unit_test(a_finger_alone_does_everything),
		cmocka_unit_test(six_buttons_do_everything),
	};

	if (argc == 3)
		return show_one(argv[1], argv[2]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
