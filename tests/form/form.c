#include "tests/test.h"

#include <string.h>

#include "base/file.h"
#include "tests/support/folder.h"
#include "tests/support/forms.h"
#include "tests/support/hex.h"
#include "tests/support/logged.h"

#define LIST "<instance id='people' src='jr://file-csv/people.csv'/>"
#define BODY                                                 \
	"<select1 ref='/data/a'>"                            \
	"<itemset nodeset=\"instance('people')/root/item\">" \
	"<value ref='name'/><label ref='label'/></itemset></select1>"

static void a_form_says_what_it_is(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_of(
	    "<instance><data id='intake' version='3'><a/></data></instance>"
	    "<bind nodeset='/data/a' foyer:bytes='40' "
	    "entities:saveto='family' type='string'/>",
	    "");

	(void)state;
	assert_string_equal(form_title(form), "t");
	assert_string_equal(form_id(form), "intake");
	assert_string_equal(form_version(form), "3");
	assert_string_equal(
	    form_bind_attribute(form, "/data/a", "foyer", "bytes"), "40");
	assert_string_equal(
	    form_bind_attribute(form, "/data/a", "entities", "saveto"),
	    "family");
	assert_string_equal(form_bind_attribute(form, "/data/a", NULL, "type"),
			    "string");
	assert_null(form_bind_attribute(form, "/data/a", "foyer", "max"));
	assert_null(form_bind_attribute(form, "/data/a", "other", "bytes"));
	assert_null(form_bind_attribute(form, "/data/b", "foyer", "bytes"));
	assert_int_equal(form_language_count(form), 0);
}

static void digest_of(const char *text, const char *attachments,
		      uint8_t digest[32])
{
	struct form *form = NULL;

	assert_int_equal(
	    form_parse("test", text, strlen(text), attachments, &form),
	    FAULT_NONE);
	form_digest(form, digest);
	form_free(form);
}

/* SHA-256 over what `xmllint --c14n11` gives without the comment. */
static void the_digest_is_of_the_canonical_document(void **state)
{
	static const char one[] =
	    "<?xml version='1.0'?>\n"
	    "<h:html xmlns:h='http://www.w3.org/1999/xhtml'"
	    " xmlns='http://www.w3.org/2002/xforms'><h:head><model>"
	    "<instance><data version=\"1\" id='f'><a/></data></instance>"
	    "</model></h:head><!-- note --></h:html>\n";
	static const char same[] =
	    "<h:html xmlns='http://www.w3.org/2002/xforms'"
	    " xmlns:h='http://www.w3.org/1999/xhtml'><h:head><model>"
	    "<instance><data id='f' version='1'><a></a></data></instance>"
	    "</model></h:head></h:html>";
	uint8_t first[32], second[32];

	(void)state;
	digest_of(one, NULL, first);
	digest_of(same, NULL, second);
	assert_memory_equal(first, second, 32);
	assert_hex(first, 32,
		   "0111c6d317d88db931239e4e2e3436ae"
		   "eda7a39eba1be5aaa28a982dffc0a2a9");
}

static void write_list(const char *folder, const char *text)
{
	SCOPED(char_freep) char *path = folder_file(folder, "people.csv");

	assert_int_equal(file_write(path, text, strlen(text), 0600),
			 FAULT_NONE);
}

static void
a_list_beside_the_form_gives_choices_and_enters_the_digest(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep)
	char *text = forms_text(
	    "<instance><data id='f'><a/></data></instance>" LIST, BODY);
	SCOPED(form_freep) struct form *form = NULL;
	uint8_t first[32], second[32];

	(void)state;
	write_list(folder, "\xef\xbb\xbfname;label;note\r\n"
			   "x;\"Ex; \"\"quoted\"\"\";1\r\n"
			   "y;Why\r\n\r\nz;;3;4\n");
	assert_int_equal(form_parse("test", text, strlen(text), folder, &form),
			 FAULT_NONE);
	assert_int_equal(form_choice_count(form, "/data/a"), 3);
	assert_string_equal(form_choice_value(form, "/data/a", 2), "z");

	SCOPED(run_freep) struct run *run = forms_run(form);
	const struct choice_item *items;
	size_t count;
	assert_int_equal(
	    node_choices(forms_node(run, "/data/a"), &items, &count),
	    FAULT_NONE);
	assert_int_equal(count, 3);
	assert_string_equal(items[0].label, "Ex; \"quoted\"");
	assert_string_equal(items[2].label, "");

	form_digest(form, first);
	write_list(folder, "name,label\nx,Ex\n");
	digest_of(text, folder, second);
	assert_memory_not_equal(first, second, 32);
}

static void a_missing_list_is_empty_and_a_broken_one_refused(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep)
	char *text = forms_text(
	    "<instance><data id='f'><a/></data></instance>" LIST, BODY);
	struct form *form = NULL;

	(void)state;
	logged_start();
	assert_int_equal(form_parse("test", text, strlen(text), folder, &form),
			 FAULT_NONE);
	assert_non_null(strstr(logged(), "people.csv"));
	assert_int_equal(form_choice_count(form, "/data/a"), 0);
	form_free(form);

	write_list(folder, "name,label\nx,\"never closed\n");
	assert_int_equal(form_parse("test", text, strlen(text), folder, &form),
			 FAULT_FORMAT);
	assert_non_null(strstr(logged(), "row 2"));
	/* As a spreadsheet saves it that knows no Unicode. */
	write_list(folder, "name,label\nx,Ex\ny,caf\xe9\n");
	assert_int_equal(form_parse("test", text, strlen(text), folder, &form),
			 FAULT_FORMAT);
	assert_non_null(strstr(logged(), "row 3, column 2"));
	assert_non_null(strstr(logged(), "UTF-8"));
	write_list(folder, "na\x01me,label\nx,Ex\n");
	assert_int_equal(form_parse("test", text, strlen(text), folder, &form),
			 FAULT_FORMAT);
	assert_non_null(strstr(logged(), "row 1, column 1"));
	write_list(folder, "");
	assert_int_equal(form_parse("test", text, strlen(text), folder, &form),
			 FAULT_FORMAT);
	logged_stop();
}

static void a_file_that_is_not_there_is_a_fault_of_the_system(void **state)
{
	struct form *form = NULL;

	(void)state;
	logged_start();
	assert_int_equal(form_read("/nowhere/x.xml", NULL, &form),
			 FAULT_SYSTEM);
	logged_stop();
}

/* In the form itself, or in a file beside it. */
static void a_list_of_too_many_choices_is_refused(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep)
	char *text = forms_text(
	    "<instance><data id='f'><a/></data></instance>" LIST, BODY);
	struct bytes rows = { 0 }, items = { 0 };
	struct form *form = NULL;

	(void)state;
	bytes_add_text(&rows, "name,label\n");
	bytes_add_text(&items, "<instance><data id='f'><a/></data></instance>"
			       "<instance id='people'><root>");
	for (int i = 0; i < FORM_ITEMS_LIMIT; i++) {
		bytes_add_format(&rows, "n%d,x\n", i);
		bytes_add_text(&items, "<item/>");
	}
	write_list(folder, (char *)rows.data);
	assert_int_equal(form_parse("test", text, strlen(text), folder, &form),
			 FAULT_NONE);
	form_free(form);
	form = NULL;
	bytes_add_text(&rows, "one,too many\n");
	bytes_add_text(&items, "<item/></root></instance>");
	write_list(folder, (char *)rows.data);
	logged_start();
	assert_int_equal(form_parse("test", text, strlen(text), folder, &form),
			 FAULT_LIMIT);
	assert_non_null(strstr(logged(), "people.csv: more than 50000 rows"));
	logged_stop();
	forms_refused((char *)items.data, BODY, FAULT_LIMIT,
		      "/data/a has more than 50000 choices", NULL);
	bytes_done(&rows);
	bytes_done(&items);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_list_of_too_many_choices_is_refused),
		cmocka_unit_test(a_form_says_what_it_is),
		cmocka_unit_test(the_digest_is_of_the_canonical_document),
		cmocka_unit_test(
		    a_list_beside_the_form_gives_choices_and_enters_the_digest),
		cmocka_unit_test(
		    a_missing_list_is_empty_and_a_broken_one_refused),
		cmocka_unit_test(
		    a_file_that_is_not_there_is_a_fault_of_the_system),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
