#include "record/timeline.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/support/book.h"
#include "tests/test.h"

/* "note state" and the like of each event, newest first. */
static char *told(struct timeline_event *events, size_t count)
{
	char *text = xstrdup("");

	for (size_t i = 0; i < count; i++) {
		char *longer =
		    xasprintf("%s%s%s%s", text, i ? " " : "",
			      events[i].kind ? events[i].kind->name : "visit",
			      events[i].of_household ? "(household)" : "");

		free(text);
		text = longer;
	}
	free(events);
	return text;
}

static void utc(void)
{
	setenv("TZ", "UTC", 1);
	tzset();
}

static void all_that_happened_stands_newest_first(void **state)
{
	struct book *book = *state;
	struct timeline_event *events;
	SCOPED(char_freep) char *all = NULL;
	size_t count;
	int64_t household = book_make(book, "household", NULL);
	int64_t person = book_make(book, "person", NULL);
	int64_t other = book_make(book, "person", NULL);
	SCOPED(char_freep) char *id = xasprintf("%lld", (long long)person);
	SCOPED(char_freep) char *of = xasprintf("%lld", (long long)household);
	SCOPED(char_freep) char *else_id = xasprintf("%lld", (long long)other);

	utc();
	book_make(book, "member", "person", id, "household", of, NULL);
	book_make(book, "status", "person", id, "category", "CLM", "since",
		  "2020-05", NULL);
	book_make(book, "note", "person", id, "text", "a", "guard", "open",
		  NULL);
	book_make(book, "note", "household", of, "text", "b", "guard", "open",
		  NULL);
	book_make(book, "note", "household", of, "person", id, "text", "c",
		  "guard", "open", NULL);
	book_make(book, "note", "person", else_id, "text", "d", "guard", "open",
		  NULL);
	assert_int_equal(
	    timeline_read(book->record, person, &book_sam, &events, &count),
	    FAULT_NONE);
	assert_int_equal(count, 4);
	/* A month's first noon, UTC. */
	assert_int_equal(events[3].at, INT64_C(1588334400000));
	assert_int_equal(events[0].at, BOOK_NOW);
	assert_string_equal(events[3].of, "2020-05");
	assert_string_equal(events[0].of, "");
	all = told(events, count);
	assert_string_equal(all, "note note(household) note status");
}

static void a_household_has_what_refers_to_it_itself(void **state)
{
	struct book *book = *state;
	struct timeline_event *events;
	SCOPED(char_freep) char *all = NULL;
	size_t count;
	int64_t household = book_make(book, "household", NULL);
	SCOPED(char_freep) char *of = xasprintf("%lld", (long long)household);

	book_make(book, "note", "household", of, "text", "b", "guard", "open",
		  NULL);
	assert_int_equal(timeline_of_household(book->record, household,
					       &book_sam, &events, &count),
			 FAULT_NONE);
	all = told(events, count);
	assert_string_equal(all, "note");
}

static void nobody_sees_what_is_not_for_their_role(void **state)
{
	struct book *book = *state;
	const struct record_who reception = { .user = "Rita",
					      .desk = "front",
					      .roles = ROLE_RECEPTION };
	struct timeline_event *events = NULL;
	int64_t person = book_make(book, "person", NULL);
	SCOPED(char_freep) char *id = xasprintf("%lld", (long long)person);
	size_t count;

	book_make(book, "note", "person", id, "text", "a", "guard", "open",
		  NULL);
	assert_int_equal(
	    timeline_read(book->record, person, &reception, &events, &count),
	    FAULT_NONE);
	assert_int_equal(count, 0);
	free(events);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BOOK(all_that_happened_stands_newest_first),
		WITH_BOOK(a_household_has_what_refers_to_it_itself),
		WITH_BOOK(nobody_sees_what_is_not_for_their_role),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
