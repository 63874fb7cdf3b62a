#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "issue/key_change.h"
#include "office/key.h"
#include "office/noun.h"
#include "office/passphrase.h"
#include "record/where.h"
#include "tests/support/derive.h"
#include "tests/support/folder.h"

#define PASSPHRASE "lamo kire fusa bido wena topu"

/* A home with a record, where keys cost little, and no key yet. */
struct place {
	char *folder, *record;
	struct home *home;
	struct agency_key *first, *second;
};

/* The program's, which a test is not. */
int noun_usage(const char *noun, const char *verb, const char *complaint)
{
	fail_msg("foyer %s %s: %s", noun, verb, complaint);
	return EXIT_USAGE;
}

static int start(void **state)
{
	struct place *place = xcalloc(1, sizeof *place);
	struct record *record = NULL;
	char *mark;

	place->folder = folder_new();
	assert_int_equal(home_open(place->folder, &place->home), FAULT_NONE);
	mark = home_path(place->home, HOME_SETTINGS, HOME_PASSPHRASE);
	assert_int_equal(file_write(mark, PASSPHRASE, strlen(PASSPHRASE), 0600),
			 FAULT_NONE);
	free(mark);
	mark = folder_file(place->folder, "demo");
	assert_int_equal(file_write(mark, "", 0, 0600), FAULT_NONE);
	free(mark);
	assert_int_equal(record_where(place->home, &place->record), FAULT_NONE);
	assert_int_equal(record_open(place->record, &record), FAULT_NONE);
	record_close(record);
	place->first = agency_key_make("Agency", 1795348800);
	place->second = agency_key_make("Agency", 1795348801);
	*state = place;
	return 0;
}

static int stop(void **state)
{
	struct place *place = *state;

	derive_watch(NULL);
	agency_key_free(place->first);
	agency_key_free(place->second);
	home_free(place->home);
	folder_remove(place->folder);
	free(place->folder);
	free(place->record);
	free(place);
	return 0;
}

static void add_act(void *to, const struct record_audit *row)
{
	strcat(to, row->act);
	strcat(to, " ");
}

static void noted(const struct place *place, const char *acts)
{
	struct record *record;
	char seen[200] = "";

	assert_int_equal(record_open(place->record, &record), FAULT_NONE);
	assert_int_equal(record_audit_each(record, 0, add_act, seen),
			 FAULT_NONE);
	record_close(record);
	assert_string_equal(seen, acts);
}

/* Something was stretched, and whoever wrote the record then waited for
 * nothing. */
static void nobody_waited(void)
{
	const struct derived told = derive_told();

	assert_true(told.times > 0);
	assert_int_equal(told.held, 0);
}

static void put_first(const struct place *place)
{
	enum keys_answer answer;
	bool done;

	assert_int_equal(key_put_first(place->home, place->first, PASSPHRASE,
				       &answer, &done),
			 FAULT_NONE);
	assert_true(done);
}

static void nobody_waits_for_the_record_while_a_key_is_put(void **state)
{
	const struct place *place = *state;
	const struct key_arguments beside = { .descriptor = PASSPHRASE_NO_FD,
					      .place = KEY_OLD };
	SCOPED(agency_key_freep)
	struct agency_key *old = agency_key_make("Agency", 1795348700);
	bool done;

	derive_watch(place->record);
	put_first(place);
	nobody_waited();

	derive_watch(place->record);
	assert_int_equal(key_put_over(place->home, place->first, place->second,
				      PASSPHRASE, &done),
			 FAULT_NONE);
	assert_true(done);
	nobody_waited();

	derive_watch(place->record);
	assert_int_equal(key_put_beside("import", place->home, old, &beside),
			 EXIT_DONE);
	nobody_waited();
	noted(place, "key-put key-change key-kept ");
}

static void nobody_waits_for_the_record_while_a_key_goes_out(void **state)
{
	const struct place *place = *state;
	SCOPED(char_freep) char *file = folder_file(place->folder, "out.key");
	char verb[] = "export", where[] = "--home", to[] = "-o";
	char *argv[] = { verb, where, place->folder, to, file, NULL };

	put_first(place);
	derive_watch(place->record);
	assert_int_equal(key_export(5, argv), EXIT_DONE);
	assert_true(file_exists(file));
	nobody_waited();
	noted(place, "key-put key-exported ");
}

/* A deed that is watched tells; else the rest would tell nothing. */
static enum fault stretch_inside(void *to)
{
	enum agency_key_answer answer;
	struct agency_key *key = NULL;
	enum fault fault = keys_open(to, PASSPHRASE, &answer, &key);

	agency_key_free(key);
	return fault;
}

static void a_stretching_inside_would_be_seen(void **state)
{
	const struct place *place = *state;
	bool done;

	put_first(place);
	derive_watch(place->record);
	assert_int_equal(
	    key_do(place->home, "tried", 1, stretch_inside, place->home, &done),
	    FAULT_NONE);
	assert_int_equal(derive_told().times, 1);
	assert_int_equal(derive_told().held, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)
		TEST(nobody_waits_for_the_record_while_a_key_is_put),
		TEST(nobody_waits_for_the_record_while_a_key_goes_out),
		TEST(a_stretching_inside_would_be_seen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
