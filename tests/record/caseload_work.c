#include <stdlib.h>

#include "record/statement.h"
#include "tests/support/crowd.h"
#include "tests/support/folder.h"
#include "tests/support/pair.h"
#include "tests/support/work.h"
#include "tests/test.h"

/* What a checkout and a merge cost: by the caseload, not by the record. */

struct cost {
	int64_t out, back;
};

#define THEIRS 12

/* Of people who are in the middle of the record, one in three worked with. */
static void work_away(struct book *away, int64_t first)
{
	for (int64_t id = first; id < first + THEIRS; id += 3) {
		SCOPED(char_freep)
		char *person = xasprintf("%lld", (long long)id);

		(void)book_make(away, "note", "person", person, "text", "away",
				"guard", "open", NULL);
		save_as(away, "person", id, "language", "ti", &mira, BOOK_NOW);
	}
}

/* A note with its history and a visit with a fact for everybody. */
static void add_work(struct record *record)
{
	static const char *const statements[] = {
		"INSERT INTO note (person, text, guard) SELECT id, 'a',"
		" 'open' FROM person",
		"INSERT INTO act (at, user, desk) SELECT id, 'Sam', '' FROM"
		" note",
		"INSERT INTO change (act, kind, entity, version, field,"
		" source) SELECT id, 'note', id, 1, '', 'told' FROM note",
		"INSERT INTO visit (number, form, person, issued, arrived,"
		" zone, filed, desk, level, tags, language, quiet,"
		" more_to_tell, keep) SELECT 'K7-' || id, zeroblob(8), id, 0,"
		" 0, 'UTC', 0, '', 3, '', 'ti', 0, 0, 'kept' FROM person",
		"INSERT INTO fact (visit, field, value, source, at, user)"
		" SELECT id, 'a', 'b', 'self', 0, '' FROM visit",
	};

	for (size_t i = 0; i < COUNT(statements); i++)
		assert_int_equal(statement_do(record, statements[i], ""),
				 FAULT_NONE);
}

static void fill_record(struct pair *pair, int64_t people)
{
	SCOPED(char_freep)
	char *path = folder_file(pair->home.folder, RECORD_FILE);
	struct crowd *crowd = crowd_new(40, 300);

	record_close(pair->home.record);
	crowd_fill(crowd, path, 1, people);
	crowd_free(crowd);
	open_book(&pair->home);
	add_work(pair->home.record);
}

static struct cost measure(struct pair *pair, int64_t people)
{
	int64_t theirs[THEIRS];
	struct caseload_told told;
	struct cost cost;

	fill_record(pair, people);
	for (int64_t i = 0; i < THEIRS; i++)
		theirs[i] = people / 2 + i;
	(void)work_done();
	take_out(pair, theirs, THEIRS);
	cost.out = work_done();
	work_away(&pair->away, theirs[0]);
	check_in(pair, &pair->away);
	(void)work_done();
	assert_int_equal(merge_file(pair, &told), CASELOAD_DONE);
	cost.back = work_done();
	assert_int_equal(told.acts, 8);
	assert_int_equal(total(&pair->away, "note"), THEIRS + 4);
	assert_int_equal(total(&pair->home, "note"), people + 4);
	return cost;
}

static void a_larger_record_makes_no_caseload_dearer(void **state)
{
	const int few = getenv("FOYER_SLOW") ? 40 : 200;
	struct pair *small, *large;
	struct cost cheap, dear;

	(void)state;
	assert_int_equal(pair_open((void **)&small), 0);
	assert_int_equal(pair_open((void **)&large), 0);
	cheap = measure(small, few);
	dear = measure(large, 8 * few);
	print_message("instructions of SQLite: out %lld and %lld, back %lld "
		      "and %lld\n",
		      (long long)cheap.out, (long long)dear.out,
		      (long long)cheap.back, (long long)dear.back);
	/* A deeper tree, a little. */
	assert_true(dear.out < cheap.out + cheap.out / 10);
	assert_true(dear.back < cheap.back + cheap.back / 10);
	(void)pair_close((void **)&small);
	(void)pair_close((void **)&large);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_larger_record_makes_no_caseload_dearer),
	};

	work_watch();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
