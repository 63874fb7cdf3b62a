#include "tests/test.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"

/* Two invented agencies, made once for all tests of this file. */
static struct {
	char *folder, *here, *there;
} agencies;

static void run_well(const char *input, const char *words)
{
	struct output output = program_run(input, "%s", words);

	if (output.status)
		fail_msg("%s: %s", words, output.err);
	output_done(&output);
}

static int start(void **state)
{
	(void)state;
	agencies.folder = folder_new();
	agencies.here = xasprintf("%s/here", agencies.folder);
	agencies.there = xasprintf("%s/there", agencies.folder);
	for (int i = 0; i < 2; i++) {
		SCOPED(char_freep)
		char *words = xasprintf("foyer demo new --home %s",
					i ? agencies.there : agencies.here);

		run_well("", words);
	}
	return 0;
}

static int stop(void **state)
{
	(void)state;
	folder_remove(agencies.folder);
	free(agencies.folder);
	free(agencies.here);
	free(agencies.there);
	return 0;
}

static char *put_answers(const char *json)
{
	char *path = xasprintf("%s/answers.json", agencies.folder);

	assert_int_equal(file_write(path, json, strlen(json), 0600),
			 FAULT_NONE);
	return path;
}

#define ANSWERS                                                                \
	"{\"A1\": \"ti\", \"A3\": \"SELF\", \"A4\": \"NO\", \"A5\": \"SAME\"," \
	" \"B1\": \"YES\", \"B2\": \"YES\", \"C1\": \"OK\", \"C3\": \"CONT\"," \
	" \"D1\": \"Selam H\", \"D2\": \"ሰላም\", \"F1\": [\"HOU\", \"HEA\"]}"

/* The digits of a ticket; the caller frees them. */
static char *issue(const char *home, const char *more)
{
	SCOPED(char_freep) char *answers = put_answers(ANSWERS);
	struct output output = program_run(
	    "",
	    "foyer ticket issue --home %s --form intake --answers %s "
	    "--digits %s",
	    home, answers, more);
	char *digits;

	if (output.status)
		fail_msg("%s", output.err);
	assert_non_null(strchr(output.out, '\n'));
	digits = xstrdup(strchr(output.out, '\n') + 1);
	digits[strcspn(digits, "\n")] = 0;
	output_done(&output);
	return digits;
}

static json_t *parsed(const struct output *output)
{
	json_t *object = json_loads(output->out, 0, NULL);

	if (!object)
		fail_msg("%s%s", output->out, output->err);
	return object;
}

static const char *text_of(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "";
}

static void assert_status(const char *home, const char *digits,
			  const char *status, int exit)
{
	struct output output =
	    program_run(digits, "foyer ticket read --home %s", home);
	json_t *object = parsed(&output);

	assert_string_equal(text_of(object, "status"), status);
	assert_int_equal(output.status, exit);
	json_decref(object);
	output_done(&output);
}

static const char *raw_of(const json_t *object, const char *name)
{
	const json_t *row, *rows = json_object_get(object, "answers");
	size_t i;

	json_array_foreach(rows, i, row)
	{
		if (strcmp(text_of(row, "name"), name) == 0)
			return text_of(row, "raw");
	}
	return "";
}

static void a_ticket_is_read_with_all_its_answers(void **state)
{
	SCOPED(char_freep) char *digits = issue(agencies.here, "");
	struct output output =
	    program_run(digits, "foyer ticket read --home %s", agencies.here);
	json_t *object = parsed(&output);

	(void)state;
	assert_int_equal(output.status, 0);
	assert_int_equal(strlen(digits), 1483);
	assert_string_equal(text_of(object, "status"), "filed");
	assert_memory_equal(text_of(object, "number"), "K7-", 3);
	assert_string_equal(text_of(object, "language"), "ti");
	assert_string_equal(text_of(object, "keep"), "kept");
	assert_string_equal(raw_of(object, "D1"), "Selam H");
	assert_string_equal(raw_of(object, "D2"), "ሰላም");
	assert_string_equal(raw_of(object, "F1"), "HOU HEA");
	assert_non_null(strstr(text_of(object, "submission"), "<D2>ሰላም</D2>"));
	json_decref(object);
	output_done(&output);
}

static void set_printer(const char *address)
{
	SCOPED(char_freep)
	char *ini = xasprintf("%s/foyer.ini", agencies.there);
	FILE *file = fopen(ini, "ae");

	assert_non_null(file);
	fprintf(file, "\n[printer]\naddress = %s\n", address);
	assert_int_equal(fclose(file), 0);
}

/* On the home's own printer, and as a page for another. */
static void a_ticket_is_printed_and_is_a_page(void **state)
{
	SCOPED(char_freep) char *paper = folder_file(agencies.folder, "p.png");
	SCOPED(char_freep) char *page = folder_file(agencies.folder, "p.pdf");
	SCOPED(char_freep) char *more = xasprintf("--print -o %s", page);
	SCOPED(char_freep) char *address = xasprintf("file:%s", paper);
	SCOPED(char_freep) char *digits = NULL;
	struct bytes pdf = { 0 };
	struct output output;

	(void)state;
	set_printer(address);
	digits = issue(agencies.there, more);
	output = program_run("", "foyer ticket read --home %s %s",
			     agencies.there, paper);
	assert_non_null(strstr(output.out, "\"filed\""));
	output_done(&output);
	assert_int_equal(file_read(page, 1 << 20, &pdf), FAULT_NONE);
	assert_memory_equal(pdf.data, "%PDF-1.4", 8);
	bytes_done(&pdf);
}

static void reading_files_nothing(void **state)
{
	SCOPED(char_freep) char *digits = issue(agencies.here, "");
	struct output output;

	(void)state;
	assert_status(agencies.here, digits, "filed", 0);
	assert_status(agencies.here, digits, "filed", 0);
	output =
	    program_run(digits, "foyer record file --home %s", agencies.here);
	assert_int_equal(output.status, 0);
	output_done(&output);
	assert_status(agencies.here, digits, "already-filed", 0);
}

static void a_picture_holds_the_same_digits(void **state)
{
	SCOPED(char_freep)
	char *picture = xasprintf("%s/t.png", agencies.folder);
	SCOPED(char_freep) char *job = xasprintf("%s/t.bin", agencies.folder);
	SCOPED(char_freep)
	char *more = xasprintf("-o %s --escpos %s", picture, job);
	SCOPED(char_freep) char *digits = issue(agencies.here, more);
	struct output by_digits, by_picture;

	(void)state;
	by_digits =
	    program_run(digits, "foyer ticket read --home %s", agencies.here);
	by_picture = program_run("", "foyer ticket read --home %s %s",
				 agencies.here, picture);
	assert_int_equal(by_picture.status, 0);
	assert_string_equal(by_picture.out, by_digits.out);
	assert_true(file_exists(job));
	output_done(&by_digits);
	output_done(&by_picture);
}

static void a_test_ticket_says_so(void **state)
{
	SCOPED(char_freep) char *digits = issue(agencies.here, "--test");

	(void)state;
	assert_status(agencies.here, digits, "test", 0);
}

static void digits_that_are_no_ticket_say_why(void **state)
{
	SCOPED(char_freep) char *digits = issue(agencies.here, "");

	(void)state;
	assert_status(agencies.here, "5901234123457", "not-a-ticket", 1);
	assert_status(agencies.here, "", "not-a-ticket", 1);
	digits[700] = 0;
	assert_status(agencies.here, digits, "incomplete", 1);
}

/* The digits that a home's own kiosk shows for enrolment. */
static char *enrolment(const char *home)
{
	struct output output =
	    program_run("", "foyer kiosk show --home %s", home);
	char *digits;

	assert_int_equal(output.status, 0);
	digits = xstrdup(strstr(output.out, "enrolment   ") + 12);
	digits[strcspn(digits, "\n")] = 0;
	output_done(&output);
	return digits;
}

static void set_kiosk_name(const char *home, const char *name)
{
	SCOPED(char_freep) char *path = xasprintf("%s/foyer.ini", home);
	struct bytes file = { 0 };

	assert_int_equal(file_read(path, 65536, &file), FAULT_NONE);
	bytes_add_format(&file, "[kiosk]\nname = %s\n", name);
	assert_int_equal(file_write(path, file.data, file.length, 0600),
			 FAULT_NONE);
	bytes_done(&file);
}

static void a_kiosk_of_elsewhere_is_unknown_until_it_is_enrolled(void **state)
{
	SCOPED(char_freep) char *digits = NULL;
	SCOPED(char_freep) char *card = NULL;
	SCOPED(char_freep) char *grouped = NULL;
	struct output output, shown;

	(void)state;
	set_kiosk_name(agencies.there, "K8");
	digits = issue(agencies.there, "");
	card = enrolment(agencies.there);
	assert_status(agencies.here, digits, "unknown-kiosk", 1);
	shown = program_run("", "foyer kiosk show --home %s", agencies.there);
	output = program_run(shown.out, "foyer kiosk enrol --home %s -",
			     agencies.here);
	assert_int_equal(output.status, 1);
	assert_non_null(strstr(output.err, "--compared"));
	output_done(&output);
	assert_status(agencies.here, digits, "unknown-kiosk", 1);
	/* All that was shown, as a stick brings it. */
	output =
	    program_run(shown.out, "foyer kiosk enrol --compared --home %s -",
			agencies.here);
	output_done(&shown);
	assert_int_equal(output.status, 0);
	assert_non_null(strstr(output.out, "fingerprint "));
	output_done(&output);
	assert_status(agencies.here, digits, "other-agency", 1);

	output = program_run("", "foyer kiosk list --home %s", agencies.here);
	assert_non_null(strstr(output.out, "K7\t"));
	assert_non_null(strstr(output.out, "K8\t"));
	output_done(&output);
	/* In groups, as they were written down; and nothing is asked. */
	grouped =
	    xasprintf("%.90s \n %.90s\n%s\n", card, card + 90, card + 180);
	output = program_run(grouped, "foyer kiosk enrol --home %s -",
			     agencies.here);
	assert_int_equal(output.status, 1);
	assert_non_null(strstr(output.err, "enrolled already"));
	output_done(&output);

	output =
	    program_run("", "foyer kiosk revoke --home %s K8", agencies.here);
	assert_int_equal(output.status, 0);
	output_done(&output);
	assert_status(agencies.here, digits, "revoked", 1);
}

static void the_office_is_made_no_kiosk_by_looking(void **state)
{
	SCOPED(char_freep) char *home = folder_file(agencies.folder, "office");
	SCOPED(char_freep) char *keys = xasprintf("%s/keys", home);
	SCOPED(char_freep) char *key = xasprintf("%s/agency.key", keys);
	SCOPED(char_freep) char *kiosk = xasprintf("%s/kiosk", home);
	struct output output;

	(void)state;
	assert_int_equal(folder_make(keys), FAULT_NONE);
	assert_int_equal(file_write(key, "x", 1, 0600), FAULT_NONE);
	output = program_run("", "foyer kiosk show --home %s", home);
	assert_int_equal(output.status, 1);
	assert_non_null(strstr(output.err, "this is the office"));
	output_done(&output);
	assert_false(folder_exists(kiosk));
}

static void a_forged_enrolment_is_refused(void **state)
{
	SCOPED(char_freep) char *card = enrolment(agencies.here);
	struct output output;

	(void)state;
	card[100] = card[100] == '9' ? '8' : '9';
	output = program_run("", "foyer kiosk enrol --home %s %s",
			     agencies.here, card);
	assert_int_equal(output.status, 1);
	assert_non_null(strstr(output.err, "foyer kiosk show"));
	output_done(&output);
}

static void answers_that_no_visitor_could_give_issue_nothing(void **state)
{
	static const struct {
		const char *json, *said;
		int status;
	} rows[] = {
		{ "{\"A3\": \"SELF\"}", "/data/B1: Please choose", 1 },
		{ "{\"A3\": \"NOBODY\", \"B1\": \"YES\"}", "A3: not among", 1 },
		{ "[{\"path\": \"/data/nothing\", \"value\": \"x\"}]",
		  "/data/nothing", 1 },
		{ "{", "line 1", 1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		SCOPED(char_freep) char *answers = put_answers(rows[i].json);
		struct output output =
		    program_run("",
				"foyer ticket issue --home %s --form intake "
				"--answers %s --digits",
				agencies.here, answers);

		assert_int_equal(output.status, rows[i].status);
		assert_string_equal(output.out, "");
		if (!strstr(output.err, rows[i].said))
			fail_msg("%s", output.err);
		output_done(&output);
	}
}

static void wrong_usage_has_its_own_status(void **state)
{
	static const char *const rows[] = {
		"ticket issue --form intake --answers a.json",
		"ticket issue --form intake --digits",
		"ticket issue --answers a.json --digits",
		"ticket issue --form ../intake --answers a.json --digits",
		"ticket read --lang de",
		"ticket read a.png b.png",
		"ticket open",
		"kiosk enrol 1 2",
		"kiosk enrol --zone Toronto 1",
		"kiosk revoke",
		"kiosk revoke --last-good x K7",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct output output = program_run("", "foyer %s", rows[i]);

		assert_int_equal(output.status, 2);
		assert_non_null(strstr(output.err, "foyer "));
		output_done(&output);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_ticket_is_read_with_all_its_answers),
		cmocka_unit_test(a_ticket_is_printed_and_is_a_page),
		cmocka_unit_test(reading_files_nothing),
		cmocka_unit_test(a_picture_holds_the_same_digits),
		cmocka_unit_test(a_test_ticket_says_so),
		cmocka_unit_test(digits_that_are_no_ticket_say_why),
		cmocka_unit_test(
		    a_kiosk_of_elsewhere_is_unknown_until_it_is_enrolled),
		cmocka_unit_test(the_office_is_made_no_kiosk_by_looking),
		cmocka_unit_test(a_forged_enrolment_is_refused),
		cmocka_unit_test(
		    answers_that_no_visitor_could_give_issue_nothing),
		cmocka_unit_test(wrong_usage_has_its_own_status),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
