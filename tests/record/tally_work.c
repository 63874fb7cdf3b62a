#include <stdlib.h>

#include "base/memory.h"
#include "record/listing.h"
#include "record/statement.h"
#include "record/tally.h"
#include "tests/support/case.h"
#include "tests/support/crowd.h"
#include "tests/support/folder.h"
#include "tests/support/pair.h"
#include "tests/support/work.h"
#include "tests/test.h"

/* What tables of counts and lists cost: by the record, and not by its square.
 */

static const struct tally_period year = {
	.from = 1767243600000,
	.until = 1798779600000,
	.first = "2026-01-01",
	.last = "2026-12-31",
	.now = BOOK_NOW,
	.today = CASE_TODAY,
};

/* Four visits for everybody, contacts, a status, an open case and an answer. */
static void add_work(struct record *record)
{
	static const char *const statements[] = {
		"INSERT INTO visit (number, form, person, issued, arrived,"
		" zone, filed, desk, level, tags, language, quiet,"
		" more_to_tell, keep, state, called, started, ended, outcome)"
		" WITH n (i) AS (VALUES (0), (1), (2), (3)) SELECT"
		" 'K7-' || (4 * p.id + i), zeroblob(8), p.id, 0,"
		" 1767243600000 + (4 * p.id + i) * 1000000, 'UTC', 0, 'front',"
		" 1 + i, '', 'ti', 0, 0, 'kept', 'ended', 1, 1, 1, 'served'"
		" FROM person AS p, n",
		"INSERT INTO fact (visit, field, value, source, at, user)"
		" SELECT id, 'a', 'b', 'self', 0, '' FROM visit",
		"INSERT INTO service_contact (person, day, mode, minutes,"
		" made_at) SELECT person, '2026-03-04', 'phone', 20, arrived"
		" FROM visit",
		"INSERT INTO stream (person, state, made_at) SELECT id,"
		" 'active', 0 FROM person WHERE id % 2 = 0",
		"INSERT INTO status (person, made_at) SELECT id, 0 FROM person"
		" WHERE id % 3 = 0",
		"INSERT INTO not_same (person, other, made_at) SELECT id,"
		" id - 1, 0 FROM person WHERE id % 5 = 0",
	};

	for (size_t i = 0; i < COUNT(statements); i++)
		assert_int_equal(statement_do(record, statements[i], ""),
				 FAULT_NONE);
}

static void fill(struct book *book, int64_t people)
{
	SCOPED(char_freep) char *path = folder_file(book->folder, RECORD_FILE);
	struct crowd *crowd = crowd_new(CROWD_GIVEN, CROWD_FAMILY);

	record_close(book->record);
	crowd_fill(crowd, path, 1, people);
	crowd_free(crowd);
	open_book(book);
	add_work(book->record);
}

/* --- the same asked of two records ------------------------------------- */

struct sizes {
	struct book *small, *large;
	int far; /* what was much dearer in the large one */
};

static int begin(void **state)
{
	const int64_t few = getenv("FOYER_SLOW") ? 100 : 500;
	struct sizes *sizes = xcalloc(1, sizeof *sizes);

	assert_int_equal(book_open((void **)&sizes->small), 0);
	assert_int_equal(book_open((void **)&sizes->large), 0);
	fill(sizes->small, few);
	fill(sizes->large, 2 * few);
	*state = sizes;
	return 0;
}

static int end(void **state)
{
	struct sizes *sizes = *state;

	(void)book_close((void **)&sizes->small);
	(void)book_close((void **)&sizes->large);
	free(sizes);
	return 0;
}

/* Half as much again, for trees that are deeper and people who are more alike;
 * the square would be four times as much. */
static void compare(struct sizes *sizes, const char *name, int64_t cheap,
		    int64_t dear)
{
	print_message("%-24s %9lld %9lld\n", name, (long long)cheap,
		      (long long)dear);
	sizes->far += dear > 3 * cheap + 1000;
}

static void pass_row(void *to, const char *const *values)
{
	(void)to;
	(void)values;
}

static int64_t work_of_tally(struct book *book, const struct tally *tally)
{
	(void)work_done();
	assert_int_equal(tally_each(book->record, tally, &year, pass_row, NULL),
			 FAULT_NONE);
	return work_done();
}

static void twice_the_record_makes_a_table_twice_as_dear(void **state)
{
	struct sizes *sizes = *state;

	sizes->far = 0;
	for (size_t i = 0; i < tally_count(); i++) {
		const struct tally *tally = tally_at(i);

		compare(sizes, tally->name, work_of_tally(sizes->small, tally),
			work_of_tally(sizes->large, tally));
	}
	assert_int_equal(sizes->far, 0);
}

static bool pass_listed(void *to, const struct listing_row *row)
{
	(void)to;
	(void)row;
	return true;
}

static int64_t work_of_list(struct book *book, const struct listing *listing)
{
	static const struct listing_day day = { .now = BOOK_NOW,
						.today = CASE_TODAY };

	(void)work_done();
	assert_int_equal(listing_each(book->record, listing, &day, &book_sam,
				      pass_listed, NULL),
			 FAULT_NONE);
	return work_done();
}

static void twice_the_record_makes_a_list_twice_as_dear(void **state)
{
	struct sizes *sizes = *state;

	sizes->far = 0;
	for (size_t i = 0; i < listing_count(); i++) {
		const struct listing *list = listing_at(i);

		compare(sizes, list->name, work_of_list(sizes->small, list),
			work_of_list(sizes->large, list));
	}
	assert_int_equal(sizes->far, 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(twice_the_record_makes_a_table_twice_as_dear),
		cmocka_unit_test(twice_the_record_makes_a_list_twice_as_dear),
	};

	work_watch();
	return cmocka_run_group_tests(tests, begin, end);
}
