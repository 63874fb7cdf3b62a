#include "record/audit.h"

#include <string.h>

#include "base/bytes.h"
#include "tests/support/book.h"
#include "tests/test.h"

static bool note(void *to, const struct audit_row *row)
{
	bytes_add_format(to, "%s %s %s %lld %s %s\n", row->user, row->act,
			 row->subject, (long long)row->id,
			 row->person ? row->person : "-",
			 row->old ? row->old : "-");
	return true;
}

/* What is read, as text; the caller frees it. */
static char *read_as(struct book *book, const struct audit_wanted *wanted,
		     unsigned roles, const char *act)
{
	const struct record_who who = { .user = "Uli",
					.desk = "back",
					.id = roles ? 9 : 0,
					.roles = roles,
					.teams = "[]" };
	struct bytes text = { 0 };
	enum entity_answer answer;

	bytes_add_text(&text, "");
	assert_int_equal(audit_read(book->record, wanted, act, &who, BOOK_NOW,
				    &answer, note, &text),
			 FAULT_NONE);
	if (answer == ENTITY_REFUSED) {
		assert_int_equal(text.length, 0);
		bytes_add_text(&text, "refused");
	}
	return bytes_take_text(&text);
}

static void expect(struct book *book, const struct audit_wanted *wanted,
		   const char *lines)
{
	SCOPED(char_freep)
	char *text = read_as(book, wanted, ROLE_AUDITOR, "view");

	assert_string_equal(text, lines);
}

/* A person with a number, their contact, and somebody else. */
static void fill(struct book *book)
{
	book_make(book, "person", "number", "P-1", NULL);
	book_make(book, "person", "number", "P-2", NULL);
	book_make(book, "contact", "person", "1", "what", "phone", "value",
		  "555", NULL);
	book_change(book, "contact", 1, "value", "556");
}

static void what_was_done_is_told_newest_first_by_number_alone(void **state)
{
	struct book *book = *state;

	fill(book);
	expect(book, &(struct audit_wanted){ 0 },
	       "Sam change contact 1 P-1 value\n"
	       "Sam add contact 1 P-1 person what value\n"
	       "Sam add person 2 P-2 number\n"
	       "Sam add person 1 P-1 number\n");
}

static void only_what_is_wanted_is_told(void **state)
{
	static const struct {
		struct audit_wanted wanted;
		const char *lines;
	} cases[] = {
		{ { .person = 2 }, "Sam add person 2 P-2 number\n" },
		{ { .subject = "contact", .most = 1 },
		  "Sam change contact 1 P-1 value\n" },
		{ { .row = 2 }, "Sam add person 1 P-1 number\n" },
		{ { .user = "sam", .row = 3 },
		  "Sam add person 2 P-2 number\nSam add person 1 P-1 "
		  "number\n" },
		{ { .user = "Ana" }, "" },
		{ { .from = BOOK_NOW + 1 }, "" },
		{ { .until = BOOK_NOW }, "" },
		{ { .from = BOOK_NOW, .until = BOOK_NOW + 1, .person = 2 },
		  "Sam add person 2 P-2 number\n" },
	};
	struct book *book = *state;

	fill(book);
	for (size_t i = 0; i < COUNT(cases); i++)
		expect(book, &cases[i].wanted, cases[i].lines);
}

static void it_is_for_auditors_alone(void **state)
{
	static const struct {
		unsigned roles;
		bool may;
	} cases[] = {
		{ ROLE_AUDITOR, true },        { 0, true },
		{ ROLE_ADMINISTRATOR, false }, { ROLE_SUPERVISOR, false },
		{ ROLE_WORKER, false },        { ROLE_SAFETY, false },
	};
	struct book *book = *state;

	fill(book);
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(char_freep)
		char *text =
		    read_as(book, &(struct audit_wanted){ .person = 2 },
			    cases[i].roles, "view");

		assert_string_equal(text, cases[i].may
					      ? "Sam add person 2 P-2 number\n"
					      : "refused");
	}
}

static void looking_at_something_restricted_is_written_down(void **state)
{
	struct book *book = *state;
	SCOPED(char_freep) char *looked = NULL;

	fill(book);
	book_make(book, "note", "person", "1", "text", "hidden", "guard",
		  "restricted", NULL);
	/* Nothing of it is on this page, something on the next two. */
	expect(book, &(struct audit_wanted){ .subject = "contact", .most = 1 },
	       "Sam change contact 1 P-1 value\n");
	expect(book, &(struct audit_wanted){ .subject = "audit" }, "");
	looked = read_as(book, &(struct audit_wanted){ .subject = "note" },
			 ROLE_AUDITOR, "view");
	assert_non_null(strstr(looked, "add note 1 P-1"));
	char_free(looked);
	looked = read_as(book, &(struct audit_wanted){ .subject = "note" },
			 ROLE_AUDITOR, "export");
	expect(book, &(struct audit_wanted){ .subject = "audit" },
	       "Uli export audit 0 - -\nUli view audit 0 - -\n");
}

static void take_name(void *to, const char *name)
{
	bytes_add_format(to, "%s ", name);
}

static void names_and_numbers_are_found(void **state)
{
	struct book *book = *state;
	struct bytes names = { 0 };
	int64_t person;

	fill(book);
	assert_int_equal(audit_names(book->record, AUDIT_SUBJECTS, &book_sam,
				     take_name, &names),
			 FAULT_NONE);
	assert_int_equal(audit_names(book->record, AUDIT_USERS, &book_sam,
				     take_name, &names),
			 FAULT_NONE);
	assert_string_equal((char *)names.data, "contact person Sam ");
	bytes_done(&names);
	assert_int_equal(audit_person(book->record, "p-2", &person),
			 FAULT_NONE);
	assert_int_equal(person, 2);
	assert_int_equal(audit_person(book->record, "P-3", &person),
			 FAULT_NONE);
	assert_int_equal(person, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BOOK(what_was_done_is_told_newest_first_by_number_alone),
		WITH_BOOK(only_what_is_wanted_is_told),
		WITH_BOOK(it_is_for_auditors_alone),
		WITH_BOOK(looking_at_something_restricted_is_written_down),
		WITH_BOOK(names_and_numbers_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
