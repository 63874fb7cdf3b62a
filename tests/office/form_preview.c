#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "tests/support/folder.h"
#include "tests/support/pty.h"
#include "tests/support/workbook.h"

/* A form on the terminal, as somebody who wrote it tries it. */

#define WAIT 20000 /* ms; a screen that does not come fails */

static const char survey[] =
    "type,name,label::English (en),label::French (fr),relevant\n"
    "select_one yn,child,Any children?,Des enfants ?,\n"
    "text,name,Your name,Votre nom,${child} = 'n'\n"
    "integer,many,How many?,Combien ?,${child} = 'y'\n";
static const char choices[] =
    "list_name,name,label::English (en),label::French (fr)\n"
    "yn,y,Yes,Oui\nyn,n,No,Non\n";

static char *form_in(const char *folder)
{
	static const struct {
		const char *name, *text;
	} sheets[] = {
		{ "survey.csv", survey },
		{ "choices.csv", choices },
		{ "settings.csv", "form_id,form_title\nkin,Kin\n" },
	};

	for (size_t i = 0; i < COUNT(sheets); i++) {
		SCOPED(char_freep)
		char *path = folder_file(folder, sheets[i].name);

		assert_int_equal(file_write(path, sheets[i].text,
					    strlen(sheets[i].text), 0600),
				 FAULT_NONE);
	}
	return xstrdup(folder);
}

static struct pty *preview(const char *form, const char *tag, const char *told)
{
	SCOPED(char_freep)
	char *program = xasprintf("%s/foyer", getenv("FOYER_BUILD"));
	const char *const argv[] = { program,  "form", "preview", form,
				     "--lang", tag,    told,      NULL };

	return pty_start(argv, NULL, 24, 80);
}

static void answers_are_asked_and_told_and_nothing_is_kept(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *form = form_in(folder);
	struct pty *pty = preview(form, "en", "--xml");

	(void)state;
	assert_true(pty_expect(pty, "Nothing is kept", WAIT));
	pty_send(pty, PTY_ENTER);
	assert_true(pty_expect(pty, "Any children?", WAIT));
	pty_send(pty, "1");
	assert_true(pty_expect(pty, "How many?", WAIT));
	pty_send(pty, PTY_ESCAPE);
	assert_true(pty_expect(pty, "Any children?", WAIT));
	pty_send(pty, "2");
	assert_true(pty_expect(pty, "Your name", WAIT));
	pty_send(pty, "\t");
	assert_int_equal(pty_wait(pty, WAIT), 0);
	assert_true(pty_shows(pty, "<child>n</child>"));
	assert_true(pty_shows(pty, "nothing was kept"));
	pty_stop(pty);
}

static void another_language_is_read_and_leaving_tells_nothing(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *form = form_in(folder);
	struct pty *pty = preview(form, "fr", "--json");

	(void)state;
	assert_true(pty_expect(pty, "Nothing is kept", WAIT));
	pty_send(pty, PTY_ENTER);
	assert_true(pty_expect(pty, "Des enfants ?", WAIT));
	pty_send(pty, PTY_F9);
	assert_int_equal(pty_wait(pty, WAIT), 0);
	assert_true(pty_shows(pty, "left before the end; nothing was kept"));
	assert_false(pty_shows(pty, "/data"));
	pty_stop(pty);
}

static const char repeats[] = "type,name,label::English (en)\n"
			      "begin repeat,child,Child\n"
			      "text,name,Name of the child\n"
			      "end repeat,,\n"
			      "text,end,The end\n";

/* As a workbook, which is all a person has who wrote it in a spreadsheet. */
static char *workbook_in(const char *folder)
{
	char *path = folder_file(folder, "form.xlsx");
	struct bytes bytes = { 0 };

	workbook_make(&(struct workbook){ .sheets = { { "survey", repeats } } },
		      &bytes);
	assert_int_equal(file_write(path, bytes.data, bytes.length, 0600),
			 FAULT_NONE);
	bytes_done(&bytes);
	return path;
}

static void a_repeat_of_a_workbook_is_filled(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *form = workbook_in(folder);
	struct pty *pty = preview(form, "en", "--xml");

	(void)state;
	assert_true(pty_expect(pty, "Nothing is kept", WAIT));
	pty_send(pty, PTY_ENTER);
	assert_true(pty_expect(pty, "Name of the child", WAIT));
	pty_send(pty, "Amira\t");
	assert_true(pty_expect(pty, "+  Child", WAIT));
	pty_send(pty, "2"); /* another one */
	assert_true(pty_expect(pty, "Name of the child", WAIT));
	pty_send(pty, "Basel\t");
	assert_true(pty_expect(pty, "+  Child", WAIT));
	pty_send(pty, PTY_ENTER); /* goes on */
	assert_true(pty_expect(pty, "The end", WAIT));
	pty_send(pty, "\t");
	assert_int_equal(pty_wait(pty, WAIT), 0);
	assert_true(pty_shows(pty, "<name>Amira</name>"));
	assert_true(pty_shows(pty, "<name>Basel</name>"));
	pty_stop(pty);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    answers_are_asked_and_told_and_nothing_is_kept),
		cmocka_unit_test(
		    another_language_is_read_and_leaving_tells_nothing),
		cmocka_unit_test(a_repeat_of_a_workbook_is_filled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
