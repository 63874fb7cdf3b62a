#include "tests/support/plans.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "record/kind.h"
#include "record/visit.h"
#include "tests/test.h"

int64_t plans_person(struct book *book, const char *arrived)
{
	SCOPED(char_freep) char *number = NULL;
	int64_t total = 0;

	assert_int_equal(
	    entity_total(book->record, kind_find("person"), NULL, &total),
	    FAULT_NONE);
	number = xasprintf("P%lld", (long long)total + 1);
	return book_make(book, "person", "number", number, "arrived",
			 arrived ?: "", NULL);
}

int64_t plans_household(struct book *book, int64_t person)
{
	SCOPED(char_freep)
	char *who = xasprintf("%lld", (long long)person);
	int64_t household =
	    book_make(book, "household", "family_code", who, NULL);
	SCOPED(char_freep)
	char *where = xasprintf("%lld", (long long)household);

	(void)book_make(book, "member", "household", where, "person", who,
			NULL);
	return household;
}

int64_t plans_visit(struct book *book, bool kept, const char *tags, ...)
{
	static uint32_t seq;
	const uint8_t key[32] = { 7 }, form[8] = { 0xab, 0xcd };
	uint8_t hash[32] = { 0 };
	struct visit_fact facts[20];
	struct visit_new visit = {
		.kiosk_key = key,
		.seq = ++seq,
		.wire_hash = hash,
		.wire = "wire",
		.wire_length = 4,
		.form = form,
		.number = "K7-0412",
		.arrived = BOOK_NOW,
		.zone = "America/Toronto",
		.level = VISIT_U2,
		.keep = kept ? VISIT_KEEP_KEPT : VISIT_KEEP_TODAY,
		.tags = tags,
		.language = "ar",
		.instance_id = "uuid:1",
		.submission = "<data/>",
		.facts = facts,
	};
	enum visit_filing answer;
	const char *field;
	int64_t id = 0;
	va_list values;

	memcpy(hash, &seq, sizeof seq);
	va_start(values, tags);
	while ((field = va_arg(values, const char *)))
		facts[visit.fact_count++] =
		    (struct visit_fact){ field, va_arg(values, const char *) };
	va_end(values);
	assert_int_equal(
	    visit_file(book->record, &visit, &book_sam, BOOK_NOW, &answer, &id),
	    FAULT_NONE);
	assert_int_equal(answer, VISIT_FILED);
	return id;
}

static void say_levels(struct book *book, int64_t id, const char *levels)
{
	for (const char *at = levels; *at; at += strspn(at, " ")) {
		SCOPED(char_freep) char *name = xstrndup(at, 3);
		struct assess_said said = {
			.level = level_of_letter(at[4]),
			.source = SOURCE_TOLD,
		};
		enum entity_answer answer;

		assert_true(domain_of(name, &said.domain));
		assert_int_equal(assess_say(book->record, id, &said, &book_sam,
					    BOOK_NOW, &answer),
				 FAULT_NONE);
		assert_int_equal(answer, ENTITY_DONE);
		at += 5;
	}
}

int64_t plans_assess(struct book *book, int64_t person, const char *what,
		     const char *day, const char *levels)
{
	enum entity_answer answer;
	const char *wrong;
	int64_t id = 0;

	assert_int_equal(assess_begin(book->record, person, what, day, 0,
				      &book_sam, BOOK_NOW, &answer, &id),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	say_levels(book, id, levels);
	assert_int_equal(assess_sign(book->record, id, ASSESS_DAYS, &book_sam,
				     BOOK_NOW, &answer, &wrong),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	return id;
}

struct assess plans_read(struct book *book, int64_t id)
{
	struct assess assess = { 0 };
	enum entity_answer answer;

	assert_int_equal(assess_read(book->record, id, &book_sam, BOOK_NOW,
				     &answer, &assess),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	return assess;
}

struct printing {
	struct bytes text;
	size_t width;
};

static bool print_row(void *to, const struct listing_row *row)
{
	struct printing *printing = to;

	for (size_t i = 0; i < printing->width; i++)
		bytes_add_format(&printing->text, "%s%s", i ? " | " : "",
				 row->values[i] ?: "-");
	bytes_add_text(&printing->text, "\n");
	return true;
}

char *plans_list(struct book *book, const char *name, const char *today)
{
	const struct listing *listing = listing_find(name);
	const struct listing_day day = { BOOK_NOW, today };
	struct printing printing = { 0 };

	assert_non_null(listing);
	printing.width = listing_width(listing);
	assert_int_equal(listing_each(book->record, listing, &day, &book_sam,
				      print_row, &printing),
			 FAULT_NONE);
	bytes_add_text(&printing.text, "");
	return bytes_take_text(&printing.text);
}
