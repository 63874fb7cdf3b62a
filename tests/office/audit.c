#include "record/audit.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/test.h"

/* The audit as `foyer audit` prints it, of rows that are known to the second.
 */
#define NOON 1732276800000 /* 2024-11-22, 12:00 UTC */
#define DAY 86400000LL

static const struct {
	const char *user, *act, *subject, *what;
	int64_t days; /* after the first */
} rows[] = {
	{ "Sam", "key-change", "agency", "1A2B", 0 },
	{ "Ana", "paper-to-stick", "paper",
	  "a\tpage\nof\xC2\x9B"
	  "two\x7f",
	  10 },
	{ "ana", "tag", "service", NULL, 40 },
};

struct scene {
	char *folder, *home;
};

static int start(void **state)
{
	struct scene *scene = xcalloc(1, sizeof *scene);

	scene->folder = folder_new();
	scene->home = folder_file(scene->folder, "home");
	SCOPED(char_freep)
	char *path = folder_file(scene->home, "record/record.db");
	SCOPED(record_closep) struct record *record = NULL;

	setenv("TZ", "UTC", 1);
	assert_int_equal(folder_make(scene->home), FAULT_NONE);
	assert_int_equal(record_open(path, &record), FAULT_NONE);
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct record_who who = { .user = rows[i].user,
						.desk = i ? "front" : "" };

		assert_int_equal(record_note(record, rows[i].act,
					     rows[i].subject, rows[i].what,
					     &who, NOON + rows[i].days * DAY),
				 FAULT_NONE);
	}
	*state = scene;
	return 0;
}

static int stop(void **state)
{
	struct scene *scene = *state;

	folder_remove(scene->folder);
	free(scene->folder);
	free(scene->home);
	free(scene);
	return 0;
}

static void says(const struct scene *scene, const char *options, int status,
		 const char *expected)
{
	struct output output =
	    program_run("", "foyer audit --home %s %s", scene->home, options);

	if (output.status != status ||
	    strcmp(status ? output.err : output.out, expected) != 0)
		fail_msg("foyer audit %s: %d\n%s%s", options, output.status,
			 output.out, output.err);
	output_done(&output);
}

#define SAM "2024-11-22 12:00:00\tSam\t\tkey-change\tagency\t\t\t1A2B\n"
#define ANA                                                                   \
	"2024-12-02 12:00:00\tAna\tfront\tpaper-to-stick\tpaper\t\t\ta page " \
	"of two \n"
#define LAST "2025-01-01 12:00:00\tana\tfront\ttag\tservice\t\t\t\n"

static void what_is_wanted_is_printed_the_newest_first(void **state)
{
	static const struct {
		const char *options, *expected;
	} asked[] = {
		{ "", LAST ANA SAM },
		{ "--who ANA", LAST ANA },
		{ "--what agency", SAM },
		{ "--from 2024-12", ANA },
		{ "--to 2024-12-02 --from 2024-11", ANA SAM },
		{ "--from 2024-12-03 --to 2025 --who ana", LAST },
		{ "--what note", "" },
	};

	for (size_t i = 0; i < COUNT(asked); i++)
		says(*state, asked[i].options, 0, asked[i].expected);
}

static void a_program_reads_it_as_json(void **state)
{
	says(*state, "--json --what agency", 0,
	     "{\"at\":\"2024-11-22T12:00:00Z\",\"user\":\"Sam\",\"desk\":\"\","
	     "\"act\":\"key-change\",\"subject\":\"agency\",\"id\":0,"
	     "\"person\":null,\"old\":\"1A2B\"}\n");
}

static void what_is_wrong_is_told(void **state)
{
	const struct scene *scene = *state;
	struct output output;

	says(scene, "--person P-9", 1,
	     "foyer audit: P-9: nobody has this number\n");
	output = program_run("", "foyer audit --home %s --from yesterday",
			     scene->home);
	assert_int_equal(output.status, 2);
	assert_non_null(strstr(output.err, "usage: foyer audit "));
	output_done(&output);
}

/* As a look at the desk's screen is. */
static void a_look_at_what_is_guarded_is_a_row_itself(void **state)
{
	const struct scene *scene = *state;
	const struct record_who who = { .user = "Sam", .desk = "front" };
	SCOPED(char_freep)
	char *path = folder_file(scene->home, "record/record.db");
	SCOPED(record_closep) struct record *record = NULL;
	struct output output;

	assert_int_equal(record_open(path, &record), FAULT_NONE);
	assert_int_equal(
	    record_note(record, "answer", "alert", NULL, &who, NOON),
	    FAULT_NONE);
	says(scene, "--what alert", 0,
	     "2024-11-22 12:00:00\tSam\tfront\tanswer\talert\t\t\t\n");
	output =
	    program_run("", "foyer audit --home %s --what audit", scene->home);
	assert_non_null(strstr(output.out, "\tview\taudit\t"));
	output_done(&output);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)
		TEST(what_is_wanted_is_printed_the_newest_first),
		TEST(a_program_reads_it_as_json),
		TEST(what_is_wrong_is_told),
		TEST(a_look_at_what_is_guarded_is_a_row_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
