#include "report/funder.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "tests/support/book.h"
#include "tests/support/folder.h"
#include "tests/test.h"

/* A funder's file format as data. */

#define HEAD "[profile]\ntitle = T\nrecipient = R\n"

static enum fault read_text(struct book *book, const char *text,
			    struct findings *findings, struct funder **out)
{
	SCOPED(char_freep) char *path = folder_file(book->folder, "f.ini");

	assert_int_equal(file_write(path, text, strlen(text), 0600),
			 FAULT_NONE);
	return funder_read(book->record, path, findings, out);
}

static void a_profile_is_read_in_the_order_of_its_columns(void **state)
{
	struct book *book = *state;
	SCOPED(funder_freep) struct funder *funder = NULL;
	struct findings findings = { 0 };

	assert_int_equal(
	    read_text(book,
		      HEAD
		      "language = fr\ndates = DD/MM/YYYY\norder = person\n"
		      "[column B]\nsource = person.gender\nvalue = W=F\n"
		      "value = =?\n"
		      "[column A]\nsource = 'x'\nrequired = yes\nmost = 3\n"
		      "[column Phone]\nsource = "
		      "contact[what=phone].value\n"
		      "[column Worker]\nsource = service_contact.worker\n"
		      "words = yes\n",
		      &findings, &funder),
	    FAULT_NONE);
	assert_int_equal(findings.count, 0);
	assert_int_equal(funder->count, 4);
	assert_string_equal(funder->columns[0].from.name, "B");
	assert_string_equal(funder_theirs(&funder->columns[0], "W"), "F");
	assert_string_equal(funder_theirs(&funder->columns[0], ""), "?");
	assert_null(funder_theirs(&funder->columns[0], "M"));
	assert_string_equal(funder->columns[1].from.text, "x");
	assert_true(funder->columns[1].required);
	assert_int_equal(funder->columns[1].most, 3);
	assert_string_equal(funder_theirs(&funder->columns[1], "any"), "any");
	assert_string_equal(funder->columns[2].from.is, "phone");
	assert_string_equal(funder->language, "fr");
	assert_string_equal(funder->dates, "DD/MM/YYYY");
	assert_string_equal(funder->recipient, "R");
	assert_true(funder->by_person);
}

static void what_is_wrong_is_told_with_its_line_and_the_mend(void **state)
{
	static const struct {
		const char *text, *told;
	} wrong[] = {
		{ HEAD, "no columns" },
		{ HEAD "[column A]\nrequired = yes\n", "write its source" },
		{ HEAD "dates = DD/MM\n", "row 4, column dates: \"DD/MM\"" },
		{ HEAD "dates = YYYYMMDDDD\n", "once each" },
		{ HEAD "language = de\n", "write en or fr" },
		{ HEAD "order = name\n", "write day or person" },
		{ HEAD "consent = none\n", "write share or count" },
		{ HEAD "colour = red\n", "[profile] has title" },
		{ HEAD "[columns]\nx = 1\n", "row 5: \"columns\": a section" },
		{ HEAD "[column A]\nsource = person.shoe\n",
		  "row 5, column source: \"person.shoe\": no such field" },
		{ HEAD "[column A]\nsource = note.text\n", "notes are not" },
		{ HEAD "[column A]\nsource = service_contact.note\n",
		  "freely is not handed over" },
		{ HEAD "[column A]\nsource = person.story\n",
		  "freely is not handed over" },
		{ HEAD "[column A]\nsource = person.choir\nvalue = Q=1\n",
		  "no such code" },
		{ HEAD "[column A]\nwords = yes\n"
		       "source = service_contact.person\n",
		  "its words would be a name" },
		{ HEAD "[column A]\nsource = step.goal\nwords = yes\n",
		  "its words would be a name" },
		{ "[profile]\ntitle = T\nconsent = count\n[column A]\n"
		  "source = service_contact.person\n",
		  "no column says who somebody is" },
		{ HEAD "[column A]\nsource = person.gender\nvalue = Q=1\n",
		  "no such code" },
		{ HEAD "[column A]\nsource = person.gender\nvalue = W\n",
		  "write ours=theirs" },
		{ HEAD "[column A]\nsource = 'x'\nmost = none\n",
		  "how many letters" },
		{ HEAD "[column A]\nsource = 'x'\nrequired = maybe\n",
		  "write yes or no" },
		{ HEAD "[column A]\nsource = 'x'\nwidth = 3\n",
		  "a column has source" },
		{ HEAD "consent = count\n[column A]\nsource = 'x'\n",
		  "take the recipient out" },
		{ "[profile]\ntitle = T\nconsent = count\n[column A]\n"
		  "source = name.latin\n",
		  "no column says who somebody is" },
		{ "[profile]\ntitle = T\n[column A]\nsource = 'x'\n",
		  "whom people agree to share with" },
		{ "[profile]\nrecipient = R\n[column A]\nsource = 'x'\n",
		  "write a title" },
	};
	struct book *book = *state;

	(void)book_make(book, "own_field", "of", "person", "name", "story",
			"type", "long", "label_en", "Story", "label_fr", "R",
			NULL);
	(void)book_make(book, "own_field", "of", "person", "name", "choir",
			"type", "code", "codes", "A B", "label_en", "Choir",
			"label_fr", "Chœur", NULL);
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct findings findings = { 0 };
		struct funder *funder = NULL;
		bool told = false;

		assert_int_equal(
		    read_text(book, wrong[i].text, &findings, &funder),
		    FAULT_FORMAT);
		assert_null(funder);
		for (size_t j = 0; j < findings.count; j++)
			told = told ||
			       strstr(findings.list[j].line, wrong[i].told);
		if (!told)
			fail_msg("%s: %s", wrong[i].text,
				 findings.list[0].line);
		findings_done(&findings);
	}
}

static void too_many_columns_are_refused(void **state)
{
	struct book *book = *state;
	struct bytes text = { 0 };
	struct findings findings = { 0 };
	struct funder *funder = NULL;

	bytes_add_text(&text, HEAD);
	for (int i = 0; i <= FUNDER_COLUMNS; i++)
		bytes_add_format(&text, "[column %d]\nsource = 'x'\n", i);
	assert_int_equal(
	    read_text(book, (const char *)text.data, &findings, &funder),
	    FAULT_FORMAT);
	assert_non_null(strstr(findings.list[0].line, "at most 200 columns"));
	findings_done(&findings);
	bytes_done(&text);
}

static void
those_that_ship_are_whole_and_an_agencys_own_goes_before(void **state)
{
	struct book *book = *state;
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(char_freep) char *folder = folder_file(book->folder, "funders");
	SCOPED(char_freep)
	char *own = folder_file(book->folder, "funders/maple.ini");
	SCOPED(char_freep) char *path = NULL;
	SCOPED(char_freep) char *shipped = NULL;
	struct funders funders;

	assert_int_equal(home_open(book->folder, &home), FAULT_NONE);
	funders_read(home, &funders);
	assert_int_equal(funders.count, 2);
	assert_string_equal(funders.names[0], "erable");
	for (size_t i = 0; i < funders.count; i++) {
		SCOPED(funder_freep) struct funder *funder = NULL;
		SCOPED(char_freep)
		char *file = funder_path(home, funders.names[i]);
		struct findings findings = { 0 };

		assert_int_equal(
		    funder_read(book->record, file, &findings, &funder),
		    FAULT_NONE);
		assert_int_equal(findings.count, 0);
	}
	shipped = funder_path(home, "maple");
	assert_int_equal(folder_make(folder), FAULT_NONE);
	assert_int_equal(file_write(own, "", 0, 0600), FAULT_NONE);
	path = funder_path(home, "maple");
	assert_string_equal(path, own);
	assert_string_not_equal(shipped, own);
	assert_null(funder_path(home, "../maple"));
	assert_null(funder_path(home, "none"));
	funders_done(&funders);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BOOK(a_profile_is_read_in_the_order_of_its_columns),
		WITH_BOOK(what_is_wrong_is_told_with_its_line_and_the_mend),
		WITH_BOOK(too_many_columns_are_refused),
		WITH_BOOK(
		    those_that_ship_are_whole_and_an_agencys_own_goes_before),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
