#include "tests/support/case.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "record/listing.h"
#include "record/meeting.h"
#include "record/sponsor.h"
#include "tests/test.h"

char *case_id(int64_t id)
{
	return xasprintf("%lld", (long long)id);
}

static int64_t person_of(struct book *book, int64_t household,
			 const char *latin, const char *relation)
{
	const int64_t person =
	    book_make(book, "person", "language", "ti", NULL);
	SCOPED(char_freep) char *id = case_id(person);
	SCOPED(char_freep) char *home = case_id(household);

	(void)book_make(book, "name", "person", id, "latin", latin, NULL);
	(void)book_make(book, "member", "household", home, "person", id,
			"relation", relation, NULL);
	return person;
}

/* One for all cases of a record. */
static int64_t the_worker(struct book *book)
{
	const struct entity_match sam[] = { { "name", "Sam" }, { NULL, NULL } };
	int64_t id;

	assert_int_equal(
	    entity_first(book->record, kind_find("user"), sam, NULL, &id),
	    FAULT_NONE);
	return id ? id
		  : book_make(book, "user", "name", "Sam", "languages", "en fr",
			      "roles", "worker", NULL);
}

void case_await(struct book *book, const char *expected_on,
		struct sponsored *out)
{
	SCOPED(char_freep) char *sah = NULL;
	SCOPED(char_freep) char *group = NULL;
	SCOPED(char_freep) char *worker = NULL;

	*out = (struct sponsored){ 0 };
	out->worker = the_worker(book);
	out->sah = book_make(book, "sponsor_group", "what", "SAH", "name",
			     "Diocese of Made Up", NULL);
	sah = case_id(out->sah);
	out->group = book_make(book, "sponsor_group", "what", "CG", "name",
			       "St Invented Parish", "parent", sah,
			       "representative", "Pat Example", NULL);
	group = case_id(out->group);
	worker = case_id(out->worker);
	out->sponsorship = book_make(
	    book, "sponsorship", "sponsor_group", group, "expected_on",
	    expected_on, "expected_people", "2", "worker", worker, NULL);
}

void case_arrive(struct book *book, const char *arrived_on,
		 struct sponsored *out)
{
	enum entity_answer answer;

	case_await(book, arrived_on, out);
	out->household =
	    book_make(book, "household", "family_code", "T-1", NULL);
	out->mother = person_of(book, out->household, "Selam", "self");
	out->child = person_of(book, out->household, "Yonas", "child");
	assert_int_equal(sponsor_arrive(book->record, out->sponsorship,
					out->household, 0, arrived_on,
					&book_sam, BOOK_NOW, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
}

int64_t case_meeting(struct book *book, const struct sponsored *sponsored,
		     const char *what, const char *day)
{
	SCOPED(char_freep) char *id = case_id(sponsored->sponsorship);

	return book_make(book, "meeting", "what", what, "sponsorship", id,
			 "day", day, "mode", "in-person", NULL);
}

void case_party(struct book *book, int64_t meeting, const char *who, bool came)
{
	enum entity_answer answer;

	assert_int_equal(meeting_attend(book->record, meeting, who, came,
					&book_sam, BOOK_NOW, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
}

int64_t case_held(struct book *book, const struct sponsored *sponsored,
		  const char *what, const char *day)
{
	const int64_t meeting = case_meeting(book, sponsored, what, day);

	case_party(book, meeting, "sponsor", true);
	case_party(book, meeting, "worker", true);
	if (strcmp(what, "PRE") != 0)
		case_party(book, meeting, "newcomer", true);
	assert_int_equal(book_move(book, "meeting", meeting, "held"),
			 ENTITY_DONE);
	return meeting;
}

int64_t case_agree(struct book *book, int64_t group)
{
	SCOPED(char_freep) char *id = case_id(group);

	return book_make(book, "agreement", "sponsor_group", id, "scope",
			 "contact meetings tasks plan progress", "since",
			 "2026-01-01", NULL);
}

int64_t case_consent(struct book *book, int64_t person, int64_t group)
{
	SCOPED(char_freep) char *who = case_id(person);
	SCOPED(char_freep) char *whom = case_id(group);

	return book_make(book, "sharing", "person", who, "sponsor_group", whom,
			 "scope", "contact meetings tasks", "since",
			 "2026-05-01", "language", "ti", NULL);
}

struct rows {
	const struct listing *listing;
	size_t count;
	char **first;
};

static bool take(void *to, const struct listing_row *row)
{
	struct rows *rows = to;
	struct bytes line = { 0 };

	if (rows->count++ || !rows->first)
		return true;
	for (size_t i = 0; i < listing_width(rows->listing); i++)
		bytes_add_format(&line, "%s%s", i ? "|" : "",
				 row->values[i] ?: "");
	*rows->first = bytes_take_text(&line);
	return true;
}

size_t case_list(struct book *book, const char *name, char **first)
{
	const struct listing_day day = { BOOK_NOW, CASE_TODAY };
	struct rows rows = { listing_find(name), 0, first };

	if (first)
		*first = NULL;
	assert_non_null(rows.listing);
	assert_int_equal(listing_each(book->record, rows.listing, &day,
				      &book_sam, take, &rows),
			 FAULT_NONE);
	if (first && !*first)
		*first = xstrdup("");
	return rows.count;
}
