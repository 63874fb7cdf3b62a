#include "record/draft.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "record/visit.h"
#include "tests/support/book.h"
#include "tests/support/sample.h"
#include "tests/test.h"

/* Papers that are typed in: what lies here until they are filed, and what
 * their visit tells then. */

#define DAY_MS ((int64_t)24 * 3600 * 1000)

static struct draft begin(const char *answers)
{
	struct draft draft = {
		.language = xstrdup("ti"),
		.code = xstrdup("12345674"),
		.filled = BOOK_NOW - BOOK_DAY,
		.answers = xstrdup(answers),
	};

	memset(draft.form, 5, sizeof draft.form);
	return draft;
}

static void save(struct book *book, struct draft *draft,
		 const struct record_who *who, int64_t now)
{
	assert_int_equal(draft_save(book->record, draft, who, now), FAULT_NONE);
}

/* The answers of whoever's newest draft; "" where they have none. */
static char *newest(struct book *book, const struct record_who *who)
{
	struct draft *drafts = NULL;
	char *answers;
	size_t count;

	assert_int_equal(draft_read(book->record, who, &drafts, &count),
			 FAULT_NONE);
	answers = xstrdup(count ? drafts[0].answers : "");
	while (count)
		draft_done(&drafts[--count]);
	free(drafts);
	return answers;
}

static void assert_newest(struct book *book, const struct record_who *who,
			  const char *answers)
{
	SCOPED(char_freep) char *found = newest(book, who);

	assert_string_equal(found, answers);
}

static void what_was_typed_is_there_for_who_typed_it(void **state)
{
	struct book *book = *state;
	struct draft draft = begin("one"), *read = NULL;
	size_t count;

	save(book, &draft, &book_sam, BOOK_NOW);
	free(draft.answers);
	draft.answers = xstrdup("two");
	save(book, &draft, &book_sam, BOOK_NOW + 1);
	assert_int_equal(draft_read(book->record, &book_sam, &read, &count),
			 FAULT_NONE);
	assert_int_equal(count, 1);
	assert_int_equal(read->id, draft.id);
	assert_memory_equal(read->form, draft.form, sizeof draft.form);
	assert_string_equal(read->language, "ti");
	assert_string_equal(read->code, "12345674");
	assert_int_equal(read->filled, BOOK_NOW - BOOK_DAY);
	assert_int_equal(read->begun, BOOK_NOW);
	assert_int_equal(read->changed, BOOK_NOW + 1);
	assert_string_equal(read->answers, "two");
	draft_done(read);
	free(read);
	assert_newest(book, &book_ana, "");
	draft_done(&draft);
}

static void only_who_typed_it_gives_it_up(void **state)
{
	struct book *book = *state;
	struct draft draft = begin("one");

	save(book, &draft, &book_sam, BOOK_NOW);
	assert_int_equal(
	    draft_drop(book->record, draft.id, &book_ana, BOOK_NOW),
	    FAULT_NONE);
	assert_newest(book, &book_sam, "one");
	assert_int_equal(
	    draft_drop(book->record, draft.id, &book_sam, BOOK_NOW),
	    FAULT_NONE);
	assert_newest(book, &book_sam, "");
	draft_done(&draft);
}

static void one_that_nobody_goes_on_with_expires(void **state)
{
	struct book *book = *state;
	const int64_t last = BOOK_NOW + DRAFT_DAYS * DAY_MS;
	struct draft draft = begin("one");

	save(book, &draft, &book_sam, BOOK_NOW);
	assert_int_equal(record_expire(book->record, last - 1, NULL),
			 FAULT_NONE);
	assert_newest(book, &book_sam, "one");
	assert_int_equal(record_expire(book->record, last, NULL), FAULT_NONE);
	assert_newest(book, &book_sam, "");
	/* Whoever was typing all the same has lost nothing. */
	save(book, &draft, &book_sam, last);
	assert_newest(book, &book_sam, "one");
	draft_done(&draft);
}

static void a_paper_is_a_visit_that_says_so(void **state)
{
	struct book *book = *state;
	struct draft draft = begin("one");
	struct visit_paper paper = { "12345674", SAMPLE_NOON - DAY_MS, 0 };
	struct visit_basis basis;
	struct sample sample;
	enum visit_found found;
	struct visit visit;
	int64_t id;

	save(book, &draft, &sample_sam, BOOK_NOW);
	paper.draft = draft.id;
	sample_on_paper(&sample, &paper, 1);
	sample.visit.blank = "C1 D7";
	id = sample_file(book->record, &sample);
	assert_int_equal(visit_read(book->record, id, &found, &visit),
			 FAULT_NONE);
	assert_string_equal(visit.number, "FP-0001");
	assert_int_equal(visit.source, VISIT_PAPER);
	assert_string_equal(visit.paper, "12345674");
	assert_int_equal(visit.filled, SAMPLE_NOON - DAY_MS);
	assert_string_equal(visit.blank, "C1 D7");
	visit_done(&visit);
	/* Its today() was the day of the paper. */
	assert_int_equal(visit_basis_read(book->record, id, &found, &basis),
			 FAULT_NONE);
	assert_int_equal(basis.issued, SAMPLE_NOON - DAY_MS);
	assert_newest(book, &sample_sam, "");
	sample_on_paper(&sample, &paper, 2);
	id = sample_file(book->record, &sample);
	assert_int_equal(visit_read(book->record, id, &found, &visit),
			 FAULT_NONE);
	assert_string_equal(visit.number, "FP-0002");
	visit_done(&visit);
	draft_done(&draft);
}

static void a_paper_is_filed_once_and_never_kept_aside(void **state)
{
	struct book *book = *state;
	struct visit_paper paper = { "12345674", 0, 0 };
	struct sample sample;
	enum visit_filing filing;
	enum visit_acted acted;
	int64_t id, again;

	sample_on_paper(&sample, &paper, 1);
	id = sample_file(book->record, &sample);
	assert_int_equal(visit_file(book->record, &sample.visit, &sample_ana,
				    SAMPLE_NOON, &filing, &again),
			 FAULT_NONE);
	assert_int_equal(filing, VISIT_ALREADY_FILED);
	assert_int_equal(again, id);
	assert_int_equal(
	    visit_unfile(book->record, id, &sample_sam, SAMPLE_NOON, &acted),
	    FAULT_NONE);
	assert_int_equal(acted, VISIT_NO_TICKET);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BOOK(what_was_typed_is_there_for_who_typed_it),
		WITH_BOOK(only_who_typed_it_gives_it_up),
		WITH_BOOK(one_that_nobody_goes_on_with_expires),
		WITH_BOOK(a_paper_is_a_visit_that_says_so),
		WITH_BOOK(a_paper_is_filed_once_and_never_kept_aside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
