#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "issue/agency.h"
#include "scan/picture.h"
#include "seal/agency_key.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"

static int start(void **state)
{
	*state = folder_new();
	return 0;
}

static int stop(void **state)
{
	folder_remove(*state);
	free(*state);
	return 0;
}

/* A demo home, where a key is made fast and a passphrase lies in a file. */
static void mark_demo(const char *home)
{
	SCOPED(char_freep) char *path = xasprintf("%s/demo", home);

	assert_int_equal(file_write(path, "", 0, 0600), FAULT_NONE);
}

static struct bytes read_back(const char *home, const char *name)
{
	SCOPED(char_freep) char *path = xasprintf("%s/%s", home, name);
	struct bytes file = { 0 };

	assert_int_equal(file_read(path, 4096, &file), FAULT_NONE);
	return file;
}

static void assert_opens(const char *home, const char *passphrase,
			 const char *label)
{
	struct bytes file = read_back(home, "keys/agency.key");
	SCOPED(agency_key_freep) struct agency_key *key = NULL;
	enum agency_key_answer answer;

	assert_int_equal(agency_key_unlock(file.data, file.length, passphrase,
					   &answer, &key),
			 FAULT_NONE);
	assert_int_equal(answer, AGENCY_KEY_OPENED);
	assert_string_equal(agency_key_label(key), label);
	bytes_done(&file);
}

static void a_new_key_tells_its_passphrase_once(void **state)
{
	char passphrase[32] = "";
	struct output output;
	struct bytes file;

	mark_demo(*state);
	output = program_run("", "foyer key new --home %s --label Maison",
			     (char *)*state);
	assert_int_equal(output.status, 0);
	assert_string_equal(output.err, "");
	assert_int_equal(sscanf(strstr(output.out, "once:\n\n    ") + 11,
				"%31[a-z ]", passphrase),
			 1);
	assert_int_equal(strlen(passphrase), 29);
	assert_opens(*state, passphrase, "Maison");
	file = read_back(*state, "passphrase.txt");
	assert_string_equal((char *)file.data, passphrase);
	bytes_done(&file);
	output_done(&output);
	output = program_run("", "foyer key show --home %s", (char *)*state);
	assert_int_equal(output.status, 0);
	assert_null(strstr(output.out, passphrase));
	assert_non_null(strstr(output.out, "label       Maison\n"));
	output_done(&output);
}

static void a_passphrase_comes_on_a_descriptor(void **state)
{
	struct output output;

	mark_demo(*state);
	output = program_run(" my own   words \nand more",
			     "foyer key new --home %s --passphrase-fd 0",
			     (char *)*state);
	assert_int_equal(output.status, 0);
	assert_null(strstr(output.out, "words"));
	assert_opens(*state, "my own words", "Agency");
	output_done(&output);
}

static void an_empty_passphrase_makes_no_key(void **state)
{
	SCOPED(char_freep)
	char *path = xasprintf("%s/keys/agency.key", (char *)*state);
	struct output output;

	mark_demo(*state);
	output = program_run(" \n", "foyer key new --home %s --passphrase-fd 0",
			     (char *)*state);
	assert_int_equal(output.status, 1);
	assert_non_null(strstr(output.err, "empty"));
	assert_false(file_exists(path));
	output_done(&output);
}

static void a_key_is_never_written_over(void **state)
{
	struct bytes before, after;
	struct output output;

	mark_demo(*state);
	output = program_run("", "foyer key new --home %s", (char *)*state);
	output_done(&output);
	before = read_back(*state, "keys/agency.key");
	output = program_run("", "foyer key new --home %s", (char *)*state);
	assert_int_equal(output.status, 1);
	assert_non_null(strstr(output.err, "is there already"));
	assert_non_null(strstr(output.err, "`foyer key rotate`"));
	after = read_back(*state, "keys/agency.key");
	assert_int_equal(before.length, after.length);
	assert_memory_equal(before.data, after.data, before.length);
	bytes_done(&before);
	bytes_done(&after);
	output_done(&output);
}

/* What the paper's symbol holds, as a scanner reads it. */
static char *scan_paper(const char *home)
{
	SCOPED(char_freep) char *path = xasprintf("%s/paper.png", home);
	struct scan_symbols symbols = { 0 };
	struct output output =
	    program_run("", "foyer key backup --home %s -o %s", home, path);
	char *digits;

	assert_int_equal(output.status, 0);
	output_done(&output);
	assert_int_equal(scan_picture(path, &symbols), FAULT_NONE);
	assert_int_equal(symbols.count, 1);
	digits = xstrdup(symbols.text[0]);
	scan_symbols_done(&symbols);
	return digits;
}

static void a_key_comes_back_from_its_paper(void **state)
{
	struct bytes before, after;
	struct output lines, output;
	SCOPED(char_freep) char *digits = NULL;
	SCOPED(char_freep)
	char *public = xasprintf("%s/keys/agency.pub", (char *)*state);
	SCOPED(char_freep)
	char *secret = xasprintf("%s/keys/agency.key", (char *)*state);
	const char *typed;

	mark_demo(*state);
	output = program_run("", "foyer key new --home %s --label Maison",
			     (char *)*state);
	output_done(&output);
	before = read_back(*state, "keys/agency.pub");
	lines = program_run("", "foyer key backup --home %s", (char *)*state);
	assert_int_equal(lines.status, 0);
	/* Behind the label and the key's name stand the four lines. */
	typed = strstr(lines.out, "\n1 ") + 1;
	digits = scan_paper(*state);

	for (int way = 0; way < 2; way++) {
		output = program_run("", "foyer key restore --home %s",
				     (char *)*state);
		assert_int_equal(output.status, 1); /* no line */
		output_done(&output);
		output =
		    program_run(way ? digits : typed,
				"foyer key restore --home %s", (char *)*state);
		assert_int_equal(output.status, 1); /* one is there */
		output_done(&output);
		assert_int_equal(unlink(public), 0);
		assert_int_equal(unlink(secret), 0);
		output = program_run(way ? digits : typed,
				     "foyer key restore --home %s "
				     "--label Maison",
				     (char *)*state);
		assert_int_equal(output.status, 0);
		output_done(&output);
		after = read_back(*state, "keys/agency.pub");
		assert_int_equal(before.length, after.length);
		assert_memory_equal(before.data, after.data, before.length);
		bytes_done(&after);
	}
	output_done(&lines);
	bytes_done(&before);
}

static void what_is_wrong_is_said_with_its_status(void **state)
{
	static const struct {
		const char *words;
		int status;
		const char *said;
	} rows[] = {
		{ "key show", 1, "foyer key new" },
		{ "key new --label", 2, "usage: foyer key new" },
		{ "key new --passphrase-fd x", 2, "number of a descriptor" },
		{ "key new --passphrase-fd 99", 3, "cannot be read" },
		{ "key new more", 2, "one argument too many" },
		{ "key shows", 2, "no such verb: shows; see foyer key --help" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct output output = program_run(
		    "", "foyer %s --home %s", rows[i].words, (char *)*state);

		assert_int_equal(output.status, rows[i].status);
		assert_non_null(strstr(output.err, rows[i].said));
		output_done(&output);
	}
}

/* --- another passphrase --------------------------------------------------- */

static struct output change_passphrase(const char *home, const char *lines)
{
	return program_run(lines, "foyer key passphrase --home %s%s", home,
			   *lines ? " --passphrase-fd 0" : "");
}

static void a_passphrase_is_changed_by_who_knows_the_old_one(void **state)
{
	struct output output;
	struct bytes paper, after;

	mark_demo(*state);
	output = program_run("the old words of all\n",
			     "foyer key new --home %s --label Maison "
			     "--passphrase-fd 0",
			     (char *)*state);
	output_done(&output);
	paper = read_back(*state, "keys/agency.pub");
	output = change_passphrase(*state, "other old words\nthe new words\n");
	assert_int_equal(output.status, 1);
	assert_non_null(strstr(output.err, "not the passphrase of a key here"));
	output_done(&output);
	output = change_passphrase(*state, "the old words of all\nshort\n");
	assert_int_equal(output.status, 1);
	assert_non_null(strstr(output.err, "12 characters or more"));
	output_done(&output);
	assert_opens(*state, "the old words of all", "Maison");
	output =
	    change_passphrase(*state, "the old words of all\nthe new words\n");
	assert_int_equal(output.status, 0);
	assert_non_null(strstr(output.out, "key files   1\n"));
	assert_null(strstr(output.out, "the new words"));
	assert_opens(*state, "the new words", "Maison");
	after = read_back(*state, "keys/agency.pub");
	assert_memory_equal(paper.data, after.data, paper.length);
	bytes_done(&paper);
	bytes_done(&after);
	output_done(&output);
}

static void a_demo_goes_on_after_its_passphrase_was_changed(void **state)
{
	struct output output;
	struct bytes note;

	mark_demo(*state);
	output = program_run("", "foyer key new --home %s", (char *)*state);
	output_done(&output);
	output = change_passphrase(*state, "");
	assert_int_equal(output.status, 0);
	note = read_back(*state, "passphrase.txt");
	assert_non_null(strstr(output.out, (char *)note.data));
	bytes_done(&note);
	output_done(&output);
	output = program_run("", "foyer key backup --home %s", (char *)*state);
	assert_int_equal(output.status, 0);
	output_done(&output);
}

/* From where the files may have it, it was told. */
static void a_new_passphrase_is_told_before_anything_has_it(void **state)
{
	SCOPED(char_freep)
	char *hindered = folder_file(*state, "passphrase.txt.new");
	struct output output;

	mark_demo(*state);
	output = program_run("", "foyer key new --home %s", (char *)*state);
	output_done(&output);
	assert_int_equal(folder_make(hindered), FAULT_NONE);
	output = change_passphrase(*state, "");
	assert_int_not_equal(output.status, 0);
	assert_non_null(strstr(output.out, "shown this once"));
	assert_non_null(strstr(output.out, "Keep the old one"));
	assert_null(strstr(output.out, "key files"));
	output_done(&output);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, start, stop)
	static const struct CMUnitTest tests[] = {
		TEST(a_new_key_tells_its_passphrase_once),
		TEST(a_passphrase_comes_on_a_descriptor),
		TEST(an_empty_passphrase_makes_no_key),
		TEST(a_key_comes_back_from_its_paper),
		TEST(a_key_is_never_written_over),
		TEST(a_passphrase_is_changed_by_who_knows_the_old_one),
		TEST(a_demo_goes_on_after_its_passphrase_was_changed),
		TEST(a_new_passphrase_is_told_before_anything_has_it),
		TEST(what_is_wrong_is_said_with_its_status),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
