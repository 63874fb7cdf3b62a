#include <jansson.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/memory.h"
#include "tests/support/demo.h"
#include "tests/support/folder.h"
#include "tests/support/office.h"
#include "tests/test.h"

#define LIMIT (64 << 20)

/* What a test writes. */
static struct {
	char *json, *sealed, *opened;
} paths;

/* An agency with a visit whose answers are kept. */
static int begin(void **state)
{
	const struct office *office;
	char number[OFFICE_NUMBER];

	office_begin(state);
	office = *state;
	paths.json = folder_file(office->folder, "all.json");
	paths.sealed = folder_file(office->folder, "all.sealed");
	paths.opened = folder_file(office->folder, "opened.json");
	office_file(office, "intake", "{\"B1\": \"YES\"}", number);
	return 0;
}

static int end(void **state)
{
	free(paths.json);
	free(paths.sealed);
	free(paths.opened);
	return office_end(state);
}

static json_t *load(const char *path)
{
	json_error_t error;
	json_t *all = json_load_file(path, JSON_REJECT_DUPLICATES, &error);

	if (!all)
		fail_msg("%s: %s", path, error.text);
	return all;
}

/* The words of the form that a visit was answered with. */
static const json_t *words_of(const json_t *all, const json_t *visit)
{
	const json_t *form;
	size_t index;

	json_array_foreach(json_object_get(all, "forms"), index, form)
	{
		if (json_equal(json_object_get(form, "form"),
			       json_object_get(visit, "form")))
			return json_object_get(form, "words");
	}
	return NULL;
}

static void an_answer_comes_with_its_question(void **state)
{
	const struct office *office = *state;
	struct output output =
	    program_run("", "foyer record export --home %s --to %s",
			office->home, paths.json);
	const json_t *tables, *answer, *words;
	bool asked = false;
	size_t index;
	json_t *all;

	assert_int_equal(output.status, 0);
	assert_non_null(strstr(output.err, "is not encrypted"));
	assert_non_null(strstr(output.out, "\"visits\":1"));
	output_done(&output);
	all = load(paths.json);
	tables = json_object_get(all, "tables");
	words =
	    words_of(all, json_array_get(json_object_get(tables, "visit"), 0));
	assert_non_null(words);
	json_array_foreach(json_object_get(tables, "intake_answer"), index,
			   answer)
	{
		const char *reference =
		    json_string_value(json_object_get(answer, "reference"));
		SCOPED(char_freep) char *key = xasprintf("%s:label", reference);

		if (strcmp(reference, "/data/B1") != 0)
			continue;
		asked = true;
		assert_string_equal(
		    json_string_value(json_object_get(answer, "value")), "YES");
		assert_true(json_is_string(json_object_get(words, key)));
	}
	assert_true(asked);
	json_decref(all);
}

static void what_is_damaged_is_told_and_the_file_is_whole(void **state)
{
	const struct office *office = *state;
	SCOPED(char_freep)
	char *path = folder_file(office->home, "record/record.db");
	struct output output;
	sqlite3 *db;
	json_t *all;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(
	    sqlite3_exec(db,
			 "UPDATE intake_answer SET value = CAST(x'ff' AS TEXT)",
			 NULL, NULL, NULL),
	    SQLITE_OK);
	sqlite3_close(db);
	output = program_run("", "foyer record export --home %s --to %s",
			     office->home, paths.json);
	print_message("%s", output.err);
	assert_int_equal(output.status, 1);
	assert_non_null(strstr(output.err,
			       "damaged: intake_answer, row 1 (visit 1): value "
			       "is no UTF-8\n"));
	assert_non_null(strstr(output.err, "foyer_bytes"));
	assert_null(strstr(output.out, "\"damaged\":0"));
	output_done(&output);
	all = load(paths.json);
	assert_true(json_integer_value(json_object_get(
			json_object_get(all, "damaged"), "bytes")) > 0);
	json_decref(all);
}

static void a_sealed_one_tells_nothing_and_opens_again(void **state)
{
	const struct office *office = *state;
	struct output output = program_run(
	    "",
	    "foyer record export --home %s --to %s --seal %s/keys/agency.pub",
	    office->home, paths.sealed, office->home);
	json_t *all;

	assert_int_equal(output.status, 0);
	assert_string_equal(output.err, "");
	output_done(&output);
	output = program_run("", "foyer record unseal --home %s -o %s %s",
			     office->home, paths.opened, paths.sealed);
	assert_int_equal(output.status, 0);
	output_done(&output);
	all = load(paths.opened);
	assert_int_equal(
	    json_integer_value(json_object_get(all, "foyer_export")), 1);
	json_decref(all);
}

/* Cut after length bytes, or with a bit turned there. */
static void damage(const struct bytes *whole, size_t at, bool cut,
		   const char *path)
{
	struct bytes copy = { 0 };

	bytes_add(&copy, whole->data, cut ? at : whole->length);
	if (!cut)
		copy.data[at] ^= 1;
	assert_int_equal(file_write(path, copy.data, copy.length, 0600),
			 FAULT_NONE);
	bytes_done(&copy);
}

static void a_damaged_or_foreign_file_gives_nothing(void **state)
{
	static const struct {
		size_t at; /* from the end, if above the length */
		bool cut;
		const char *says;
	} cases[] = {
		{ 4, true, "no file that" },
		{ 3, false, "no file that" },
		{ 100, true, "cut short" },
		{ 60, false, "another key" },
		{ 200, false, "damaged" },
		{ 70000, true, "cut short" },
		{ (size_t)-1, true, "cut short" },
		{ (size_t)-1, false, "damaged" },
	};
	const struct office *office = *state;
	struct output output = program_run(
	    "",
	    "foyer record export --home %s --to %s --seal %s/keys/agency.pub",
	    office->home, paths.sealed, office->home);
	struct bytes whole = { 0 };

	assert_int_equal(output.status, 0);
	output_done(&output);
	assert_int_equal(file_read(paths.sealed, LIMIT, &whole), FAULT_NONE);
	for (size_t i = 0; i < COUNT(cases); i++) {
		damage(&whole,
		       cases[i].at < whole.length ? cases[i].at
						  : whole.length - 1,
		       cases[i].cut, paths.sealed);
		output =
		    program_run("", "foyer record unseal --home %s -o %s %s",
				office->home, paths.opened, paths.sealed);
		assert_int_equal(output.status, 1);
		print_message("%s", output.err);
		assert_non_null(strstr(output.err, cases[i].says));
		assert_false(file_exists(paths.opened));
		output_done(&output);
	}
	bytes_done(&whole);
}

static void where_people_sign_in_only_a_supervisor_takes_it(void **state)
{
	static const struct {
		const char *roles, *passphrase;
		int status;
		const char *says;
	} cases[] = {
		{ "worker", "quiet lamp seven rivers", 1, "for a supervisor" },
		{ "supervisor", "another one altogether", 1, "no such name" },
		{ "supervisor", "quiet lamp seven rivers", 0, "\"visits\":1" },
	};
	const struct office *office = *state;
	SCOPED(char_freep) char *key = demo_passphrase(office->home);
	SCOPED(char_freep)
	char *own = xasprintf("%s\nquiet lamp seven rivers\n", key);

	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *verb = i ? "roles" : "add";
		struct output output = program_run(
		    own,
		    "foyer user %s --home %s %s --roles administrator,%s Nour",
		    verb, office->home, i ? "" : "--passphrase-fd 0",
		    cases[i].roles);
		SCOPED(char_freep)
		char *typed = xasprintf("%s\n", cases[i].passphrase);

		print_message("%s", output.err);
		assert_int_equal(output.status, 0);
		output_done(&output);
		output =
		    program_run("", "foyer record export --home %s --to %s",
				office->home, paths.json);
		assert_int_equal(output.status, 1);
		assert_non_null(strstr(output.err, "--user NAME"));
		output_done(&output);
		output = program_run(typed,
				     "foyer record export --home %s --to %s "
				     "--user Nour --passphrase-fd 0",
				     office->home, paths.json);
		print_message("%s%s", output.err, output.out);
		assert_int_equal(output.status, cases[i].status);
		assert_non_null(strstr(
		    cases[i].status ? output.err : output.out, cases[i].says));
		assert_int_equal(file_exists(paths.json), !cases[i].status);
		output_done(&output);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
		TEST(an_answer_comes_with_its_question),
		TEST(what_is_damaged_is_told_and_the_file_is_whole),
		TEST(a_sealed_one_tells_nothing_and_opens_again),
		TEST(a_damaged_or_foreign_file_gives_nothing),
		TEST(where_people_sign_in_only_a_supervisor_takes_it),
#undef TEST
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
