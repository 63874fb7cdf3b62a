#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "office/demo_pilot.h"
#include "record/listing.h"
#include "record/sponsor.h"
#include "tests/support/case.h"
#include "tests/test.h"

/* The invented agency of the pilot's size. */

static int64_t total(struct book *book, const char *kind)
{
	int64_t count;

	assert_int_equal(
	    entity_total(book->record, kind_find(kind), NULL, &count),
	    FAULT_NONE);
	return count;
}

static void write_pilot(struct book *book)
{
	assert_int_equal(
	    pilot_write(book->record, &book_sam, BOOK_NOW, CASE_TODAY),
	    FAULT_NONE);
}

static bool count_row(void *to, const struct listing_row *row)
{
	size_t *count = to;

	(void)row;
	return ++*count < 1000;
}

static size_t rows_for(struct book *book, const char *name,
		       const struct record_who *who)
{
	const struct listing_day day = { BOOK_NOW, CASE_TODAY };
	size_t count = 0;

	assert_non_null(listing_find(name));
	assert_int_equal(listing_each(book->record, listing_find(name), &day,
				      who, count_row, &count),
			 FAULT_NONE);
	return count;
}

/* Whether a private person is called so in letters of the language. */
static bool has_own_letters(void *to, const struct entity *name)
{
	size_t *count = to;
	const char *own = entity_text(name, "own_script");

	*count += own && (unsigned char)own[0] >= 0x80;
	return true;
}

static void row_32_the_pilots_numbers_and_one_part_time_worker(void **state)
{
	static const struct {
		const char *kind;
		int64_t count;
	} counts[] = {
		{ "sponsor_group", 23 }, { "person", 68 },   { "user", 5 },
		{ "service", 6 },        { "referral", 10 }, { "site", 3 },
		{ "household", 17 },
	};
	/* Half a week, with a worker's role alone. */
	const struct record_who one = {
		.user = "Ana Ruiz", .desk = "", .id = 1, .roles = ROLE_WORKER
	};
	static const struct {
		const char *list;
		size_t rows;
	} lists[] = {
		{ "expected-arrivals", 4 }, { "arrived-not-seen", 4 },
		{ "pre-missing", 3 },       { "post-overdue", 5 },
		{ "checks-due", 6 },        { "private-paths", 1 },
		{ "meetings-planned", 3 },  { "appointments-today", 3 },
		{ "no-shows", 3 },          { "g5-groups", 7 },
	};
	struct book *book = *state;
	size_t own = 0;

	write_pilot(book);
	for (size_t i = 0; i < COUNT(counts); i++) {
		if (total(book, counts[i].kind) != counts[i].count)
			fail_msg("%s: %lld", counts[i].kind,
				 (long long)total(book, counts[i].kind));
	}
	assert_int_equal(entity_each(book->record, kind_find("name"), NULL,
				     NULL, 0, &book_sam, has_own_letters, &own),
			 FAULT_NONE);
	assert_int_equal(own, 53);
	for (size_t i = 0; i < COUNT(lists); i++) {
		if (rows_for(book, lists[i].list, &one) != lists[i].rows)
			fail_msg("%s: %zu", lists[i].list,
				 rows_for(book, lists[i].list, &one));
	}
	/* Each case stands somewhere on its path. */
	for (int64_t i = 1; i <= total(book, "sponsorship"); i++) {
		struct path path;

		assert_int_equal(
		    sponsor_path(book->record, i, CASE_TODAY, &path),
		    FAULT_NONE);
		assert_true(path.steps[PATH_ARRIVAL].day[0]);
	}
}

static void it_is_the_same_each_time(void **state)
{
	struct book *book = *state;
	void *other;
	SCOPED(char_freep) char *first = NULL;
	SCOPED(char_freep) char *second = NULL;

	assert_int_equal(book_open(&other), 0);
	write_pilot(book);
	write_pilot(other);
	(void)case_list(book, "people", &first);
	(void)case_list(other, "people", &second);
	assert_string_equal(first, second);
	assert_int_equal(book_close(&other), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BOOK(row_32_the_pilots_numbers_and_one_part_time_worker),
		WITH_BOOK(it_is_the_same_each_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
