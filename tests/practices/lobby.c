#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "tests/support/demo.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/support/walker.h"
#include "tests/test.h"

/* From the lobby to the record: one intake, seen first who needs it first. */

#define SHELTER "claimant-shelter-es"
#define JOB "economic-jobsearch-en"

struct lobby {
	char *folder, *home;
};

static int open_lobby(void **state)
{
	struct lobby *lobby = xcalloc(1, sizeof *lobby);

	lobby->folder = folder_new();
	lobby->home = folder_file(lobby->folder, "home");
	demo_new(lobby->home);
	*state = lobby;
	return 0;
}

static int close_lobby(void **state)
{
	struct lobby *lobby = *state;

	free(lobby->home);
	folder_freep(&lobby->folder);
	free(lobby);
	return 0;
}

#define WITH_LOBBY(test) \
	cmocka_unit_test_setup_teardown(test, open_lobby, close_lobby)

/* What a command says; it has to go well. The caller frees it. */
static char *said(const struct lobby *lobby, const char *input,
		  const char *command)
{
	struct output output =
	    program_run(input, "foyer %s --home %s", command, lobby->home);
	char *text = xstrdup(output.out);

	if (output.status)
		print_error("%s: %s", command, output.err);
	assert_int_equal(output.status, 0);
	output_done(&output);
	return text;
}

static void says(const struct lobby *lobby, const char *input,
		 const char *command, const char *text)
{
	SCOPED(char_freep) char *all = said(lobby, input, command);

	if (!strstr(all, text))
		print_error("%s: %s\n", command, all);
	assert_non_null(strstr(all, text));
}

static void counts(const struct lobby *lobby, const char *question,
		   const char *wanted)
{
	SCOPED(char_freep) char *answer = demo_ask(lobby->home, question);

	assert_string_equal(answer, wanted);
}

static void
row_01_one_scan_makes_the_record_and_nothing_is_retyped(void **state)
{
	struct lobby *lobby = *state;
	SCOPED(char_freep)
	char *digits = demo_ticket(lobby->home, SHELTER, NULL);

	says(lobby, digits, "record file", "\"status\":\"filed\"");
	says(lobby, digits, "record file", "\"status\":\"already-filed\"");
	counts(lobby, "SELECT count(*) FROM visit", "1");
	counts(lobby, "SELECT count(*) > 20 FROM intake_answer", "1");
	/* Who, when, where. */
	counts(lobby,
	       "SELECT length(user) > 0 AND at > 0 FROM audit WHERE act ="
	       " 'file'",
	       "1");
	counts(lobby,
	       "SELECT kiosk.name FROM ticket JOIN kiosk ON"
	       " ticket.kiosk_key = kiosk.key",
	       "K7");
}

static void
row_02_a_level_has_reasons_and_staff_may_see_it_otherwise(void **state)
{
	struct lobby *lobby = *state;
	SCOPED(char_freep)
	char *shelter = demo_ticket(lobby->home, SHELTER, NULL);
	SCOPED(char_freep) char *job = demo_ticket(lobby->home, JOB, NULL);
	SCOPED(char_freep) char *number = NULL;
	SCOPED(char_freep) char *level = NULL;
	SCOPED(char_freep) char *end = NULL;

	says(lobby, shelter, "record file", "\"level\":\"U2\"");
	says(lobby, job, "record file", "\"level\":\"U4\"");
	counts(lobby, "SELECT count(*) > 1 FROM visit_rule WHERE visit = 1",
	       "1");
	number = demo_ask(lobby->home, "SELECT number FROM visit WHERE id = 2");
	level = xasprintf("visit level --reason seen-before %s U2", number);
	end = xasprintf("visit end --outcome diverted %s", number);
	says(lobby, "", level, "");
	counts(lobby,
	       "SELECT level || staff_level || staff_reason FROM visit"
	       " WHERE id = 2",
	       "42seen-before");
	says(lobby, "", end, "");
	/* Counted apart from who was served. */
	counts(lobby, "SELECT count(*) FROM visit WHERE outcome = 'diverted'",
	       "1");
	counts(lobby, "SELECT count(*) FROM visit WHERE outcome = 'served'",
	       "0");
}

/* What a visit told, in one text; who it was is another matter. */
#define TOLD(visit)                                                            \
	"SELECT group_concat(reference || value) || (SELECT group_concat("     \
	"field || value || source) FROM fact WHERE visit = " visit             \
	") || (SELECT group_concat(rule) FROM visit_rule WHERE visit = " visit \
	") || (SELECT level || keep || tags FROM visit WHERE id = " visit      \
	") FROM intake_answer WHERE visit = " visit

static void
row_61_paper_in_every_language_is_typed_in_and_tells_the_same(void **state)
{
	static const char *const languages[] = { "en", "fr", "ar", "zh-Hans" };
	struct lobby *lobby = *state;
	/* Leaves the answers beside the home's other files. */
	SCOPED(char_freep)
	char *digits = demo_ticket(lobby->home, SHELTER, NULL);
	SCOPED(char_freep)
	char *type = xasprintf("visit type --form intake --lang es-419 --paper "
			       "123456782 --answers %s/answers.json",
			       lobby->home);
	SCOPED(char_freep) char *ticket = NULL;
	struct output output;

	for (size_t i = 0; i < COUNT(languages); i++) {
		output = program_run("",
				     "foyer form preview %s/forms/intake.xml "
				     "--lang %s --print %s/paper.pdf",
				     lobby->home, languages[i], lobby->folder);
		assert_string_equal(output.err, "");
		assert_int_equal(output.status, 0);
		output_done(&output);
	}
	says(lobby, digits, "record file", "\"status\":\"filed\"");
	says(lobby, "", type, "\"number\":\"FP-0001\"");
	ticket = demo_ask(lobby->home, TOLD("1"));
	counts(lobby, TOLD("2"), ticket);
	counts(lobby, "SELECT source FROM visit WHERE id = 2", "paper");
	/* The same paper is not typed in twice. */
	output = program_run("", "foyer %s --home %s", type, lobby->home);
	assert_int_equal(output.status, 1);
	assert_non_null(strstr(output.err, "was typed in before: FP-0001"));
	output_done(&output);
}

/* The level that the intake gives to somebody who is hurt, whatever their
 * status. */
static void row_09_status_says_nothing_about_a_crisis(void **state)
{
	static const char *const statuses[] = { "RES_GOV", "RES_PRV", "CLM",
						"TVI",     "CIT",     "TALK",
						NULL };
	struct lobby *lobby = *state;
	SCOPED(char_freep) char *form = folder_file(lobby->folder, "i.xml");
	SCOPED(char_freep) char *answers = folder_file(lobby->folder, "a.json");
	struct output built =
	    program_run("", "foyer form build %s/screens/intake -o %s",
			getenv("FOYER_SOURCE"), form);

	assert_int_equal(built.status, 0);
	output_done(&built);
	for (size_t i = 0; i < COUNT(statuses); i++) {
		FILE *file = fopen(answers, "w");
		struct output output;

		fprintf(file,
			"{\"A1\": \"en\", \"A3\": \"SELF\", \"A4\": \"NEW\","
			" \"B1\": \"YES\", \"C1\": \"URG\", \"C2\": [\"HURT\"]"
			"%s%s%s}",
			statuses[i] ? ", \"E2\": \"" : "",
			statuses[i] ? statuses[i] : "",
			statuses[i] ? "\"" : "");
		fclose(file);
		output = program_run("", "foyer form run %s --answers %s", form,
				     answers);
		if (output.status)
			print_error("%s", output.err);
		assert_int_equal(output.status, 0);
		assert_non_null(strstr(output.out, "\"U1\""));
		assert_non_null(strstr(output.out, "triage_level"));
		output_done(&output);
	}
}

static int compare(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

/* How many screens each made-up visitor meets is pinned beside them, and held
 * by the tests of the form. */
static void row_13_the_way_is_short(void **state)
{
	json_t *all =
	    json_load_file("tests/data/intake/personas.json", 0, NULL);
	json_t *people = json_object_get(all, "personas"), *one;
	int screens[64] = { 0 };
	size_t i;

	(void)state;
	assert_in_range(json_array_size(people), 10, COUNT(screens));
	json_array_foreach(people, i, one)
	{
		screens[i] = (int)json_integer_value(json_object_get(
		    json_object_get(one, "expected"), "screens"));
	}
	qsort(screens, json_array_size(people), sizeof *screens, compare);
	assert_in_range(screens[json_array_size(people) / 2], 1, 20);
	json_decref(all);
}

static void row_17_another_set_of_questions_needs_no_program(void **state)
{
	struct lobby *lobby = *state;
	SCOPED(char_freep) char *form = folder_file(lobby->folder, "m.xml");
	struct output built =
	    program_run("", "foyer form build %s/screens/maturity -o %s",
			getenv("FOYER_SOURCE"), form);
	struct output french;

	assert_int_equal(built.status, 0);
	output_done(&built);
	french = program_run("", "foyer form run %s --lang fr", form);
	assert_int_equal(french.status, 0);
	/* French stands beside English, question for question. */
	assert_non_null(strstr(french.out, "Où en sommes-nous"));
	output_done(&french);
}

static void row_63_no_phone_data_or_account_is_needed(void **state)
{
	struct lobby *lobby = *state;
	SCOPED(char_freep) char *picture = folder_file(lobby->folder, "t.png");
	SCOPED(char_freep)
	char *digits = demo_ticket(lobby->home, SHELTER, picture);
	SCOPED(char_freep) char *file = xasprintf("record file %s", picture);

	/* The paper alone carries everything: its picture files. */
	(void)digits;
	says(lobby, "", file, "\"status\":\"filed\"");
}

static void row_66_six_keys_are_enough_and_everything_is_spoken(void **state)
{
	struct lobby *lobby = *state;
	SCOPED(char_freep) char *home = folder_file(lobby->folder, "kiosk");
	struct walked walked = { 0 };
	const struct walk walk = {
		.home = home,
		.answers = "{\"A1\": \"en\", \"A3\": \"SELF\", \"A4\":"
			   " \"NO\", \"B1\": \"YES\", \"C1\": \"OK\","
			   " \"F1\": [\"INF\"], \"X1\": \"DONE\"}",
		.rows = 14,
		.columns = 60,
		.by = WALK_BUTTONS,
	};
	SCOPED(char_freep) char *spoken = NULL;

	assert_true(walker_home(home) && walker_buttons(home));
	assert_true(walker_walk(&walk, &walked));
	assert_int_equal(walked.status, 0);
	assert_true(walked.screens > 5);
	assert_false(walked.flashed);
	walked_done(&walked);
	spoken = said(lobby, "", "language audio-list en");
	assert_non_null(strstr(spoken, "C1"));
}

/* The height of a PNG picture (RFC 2083 §4.1.1). */
static uint32_t height_of(const char *path)
{
	struct bytes bytes = { 0 };
	uint32_t height;

	assert_int_equal(file_read(path, 1 << 22, &bytes), FAULT_NONE);
	height = (uint32_t)bytes.data[20] << 24 | bytes.data[21] << 16 |
		 bytes.data[22] << 8 | bytes.data[23];
	bytes_done(&bytes);
	return height;
}

static void row_68_the_agencys_number_is_on_every_paper(void **state)
{
	struct lobby *lobby = *state;
	SCOPED(char_freep) char *with = folder_file(lobby->folder, "w.png");
	SCOPED(char_freep) char *without = folder_file(lobby->folder, "o.png");
	SCOPED(char_freep)
	char *ini = xasprintf("%s/foyer.ini", lobby->home);
	struct bytes bytes = { 0 };
	char *at;

	free(demo_ticket(lobby->home, SHELTER, with));
	assert_int_equal(file_read(ini, 1 << 16, &bytes), FAULT_NONE);
	at = strstr((char *)bytes.data, "helpline");
	assert_non_null(at);
	at[0] = ';'; /* the line says nothing any more */
	assert_int_equal(file_write(ini, bytes.data, bytes.length, 0600),
			 FAULT_NONE);
	bytes_done(&bytes);
	free(demo_ticket(lobby->home, SHELTER, without));
	assert_true(height_of(with) > height_of(without) + 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_LOBBY(
		    row_01_one_scan_makes_the_record_and_nothing_is_retyped),
		WITH_LOBBY(
		    row_02_a_level_has_reasons_and_staff_may_see_it_otherwise),
		WITH_LOBBY(
		    row_61_paper_in_every_language_is_typed_in_and_tells_the_same),
		WITH_LOBBY(row_09_status_says_nothing_about_a_crisis),
		WITH_LOBBY(row_13_the_way_is_short),
		WITH_LOBBY(row_17_another_set_of_questions_needs_no_program),
		WITH_LOBBY(row_63_no_phone_data_or_account_is_needed),
		WITH_LOBBY(row_66_six_keys_are_enough_and_everything_is_spoken),
		WITH_LOBBY(row_68_the_agencys_number_is_on_every_paper),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
