#include "record/listing.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "tests/support/book.h"
#include "tests/test.h"

static const struct listing_day day = { BOOK_NOW, "2026-11-21" };

struct rows {
	size_t count;
	int64_t first;
	char *text; /* of the first row's first value */
};

static bool take(void *to, const struct listing_row *row)
{
	struct rows *rows = to;

	if (!rows->count++) {
		rows->first = row->id;
		rows->text = xstrdup(row->values[0] ?: "");
	}
	return true;
}

static void every_list_can_be_asked_and_shows_fields_that_are(void **state)
{
	struct book *book = *state;

	for (size_t i = 0; i < listing_count(); i++) {
		const struct listing *listing = listing_at(i);
		struct rows rows = { 0 };

		assert_int_equal(listing_each(book->record, listing, &day,
					      &book_sam, take, &rows),
				 FAULT_NONE);
		free(rows.text);
		assert_true(kind_find(listing->kind) ||
			    strcmp(listing->kind, "visit") == 0);
		for (size_t j = 0; j < listing_width(listing); j++) {
			const struct listing_column *column =
			    &listing->columns[j];

			assert_true(
			    !column->kind ||
			    kind_field(kind_find(column->kind), column->field));
		}
	}
}

static void a_list_shows_what_is_open_and_whom_one_may_see(void **state)
{
	struct book *book = *state;
	const struct record_who worker = {
		.user = "Lou", .desk = "", .roles = ROLE_WORKER, .teams = "[]"
	};
	struct rows rows = { 0 };
	const int64_t open =
	    book_make(book, "suggestion", "text", "larger letters", NULL);

	(void)book_make(book, "team", "name", "A", NULL);
	(void)book_make(book, "person", "team", "1", NULL);
	assert_int_equal(listing_each(book->record,
				      listing_find("open-suggestions"), &day,
				      &worker, take, &rows),
			 FAULT_NONE);
	assert_int_equal(rows.count, 1);
	assert_int_equal(rows.first, open);
	assert_string_equal(rows.text, "larger letters");
	free(rows.text);

	rows = (struct rows){ 0 };
	assert_int_equal(book_move(book, "suggestion", open, "declined"),
			 ENTITY_DONE);
	assert_int_equal(listing_each(book->record,
				      listing_find("open-suggestions"), &day,
				      &worker, take, &rows),
			 FAULT_NONE);
	assert_int_equal(listing_each(book->record, listing_find("people"),
				      &day, &worker, take, &rows),
			 FAULT_NONE);
	assert_int_equal(rows.count, 0);
	assert_int_equal(listing_each(book->record, listing_find("people"),
				      &day, &book_sam, take, &rows),
			 FAULT_NONE);
	assert_int_equal(rows.count, 1);
	free(rows.text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BOOK(every_list_can_be_asked_and_shows_fields_that_are),
		WITH_BOOK(a_list_shows_what_is_open_and_whom_one_may_see),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
