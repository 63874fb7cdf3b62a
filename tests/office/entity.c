#include "office/entity.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "record/value.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/test.h"

/* What a command prints, after asserting its exit status. */
static char *said(int status, const char *home, const char *command)
{
	struct output output =
	    program_run("", "foyer %s --home %s", command, home);
	char *text = status ? xstrdup(output.err) : xstrdup(output.out);

	if (output.status != status)
		print_error("%s: %s", command, output.err);
	assert_int_equal(output.status, status);
	output_done(&output);
	return text;
}

/* What a command says beside what it prints. */
static void told(const char *home, const char *command, const char *told)
{
	struct output output =
	    program_run("", "foyer %s --home %s", command, home);

	if (output.status || strcmp(output.err, told) != 0)
		fail_msg("%s: %d: %s", command, output.status, output.err);
	output_done(&output);
}

static void who_books_is_told_of_a_clash(void **state)
{
	SCOPED(folder_freep) char *home = folder_new();
	SCOPED(char_freep) char *mark = folder_file(home, "demo");
#define BOOK "appointment add mode=phone person="
#define AT(time) " at=2026-11-23T" time ":00Z"
#define FIRST "at the same time as 1: 2026-11-23 10:00, person 1\n"

	(void)state;
	setenv("TZ", "UTC", 1);
	assert_int_equal(file_write(mark, "", 0, 0600), FAULT_NONE);
	told(home, "people add birth_from=1990", "");
	told(home, "people add birth_from=1991", "");
	told(home, BOOK "1" AT("10:00"), "");
	told(home, BOOK "1" AT("10:29"), "foyer appointment add: " FIRST);
	told(home, BOOK "2" AT("10:00"), "");
	told(home, BOOK "1" AT("11:00"), "");
	told(home, "appointment change 4 note=late", "");
	told(home, "appointment change 4 at=2026-11-23T09:31:00Z",
	     "foyer appointment change: " FIRST);
	told(home,
	     "appointment shift 4 --reason work --at 2026-11-23T09:40:00Z",
	     "foyer appointment shift: " FIRST);
}

static void a_person_is_written_down_changed_and_taken_back(void **state)
{
	static const struct {
		const char *command;
		int status;
		const char *says;
	} steps[] = {
		{ "people add birth_from=1990 interpreter=yes", 0,
		  "\"birth_from\":\"1990\"" },
		{ "people add name person=1 latin=Selam", 0,
		  "\"latin\":\"Selam\"" },
		{ "people change 1 language=ti --source seen", 0,
		  "\"version\":2" },
		{ "people change 1 language=am --version 1", 1,
		  "somebody else changed this" },
		{ "people history 1", 0, "\"after\":true" },
		{ "people change 1 gender=Q", 1,
		  "person: gender: this value does not fit; it takes one "
		  "code: W M X" },
		{ "people change 1 shoe=41", 1, "shoe: no such field" },
		{ "people change 1", 2, "FIELD=VALUE" },
		{ "people list language=ti", 0, "\"id\":1" },
		{ "people list language=fr", 0, "" },
		{ "people list --order shoe", 2, "--order takes a field" },
		{ "people show 9", 1, "there is none with this id" },
		{ "list people", 0, "\"latin\":\"Selam\"" },
		{ "list people --csv", 0, "\"Selam\"" },
		{ "list nonsense", 2, "no such list" },
		{ "record undo", 0, "{\"undone\":\"person\",\"id\":1}" },
		{ "people show 1", 0, "\"language\":null" },
		{ "agency add suggestion text=larger", 0, "\"open\"" },
		{ "agency move suggestion 1 done", 1, "life-cycle" },
		{ "agency move suggestion 1 accepted", 0, "\"accepted\"" },
		{ "agency remove suggestion 1 --reason twice", 0, "" },
		{ "agency show suggestion 1", 1, "there is none" },
		{ "household fields member", 0, "\"grandparent\"" },
	};
	SCOPED(folder_freep) char *home = folder_new();
	struct output made =
	    program_run("", "foyer demo new --home %s/h", home);
	SCOPED(char_freep) char *path = xasprintf("%s/h", home);

	(void)state;
	assert_int_equal(made.status, 0);
	output_done(&made);
	for (size_t i = 0; i < COUNT(steps); i++) {
		SCOPED(char_freep)
		char *text = said(steps[i].status, path, steps[i].command);

		if (!strstr(text, steps[i].says))
			print_error("%s: %s\n", steps[i].command, text);
		assert_non_null(strstr(text, steps[i].says));
		assert_true(steps[i].says[0] || !text[0]);
	}
}

static void values_are_read_as_people_write_them(void **state)
{
	static const struct {
		enum field_type type;
		const char *text, *value, *again; /* NULL: it is none */
	} cases[] = {
		{ FIELD_MONEY, "12", "1200", "12.00" },
		{ FIELD_MONEY, "-0,5", "-50", "-0.50" },
		{ FIELD_MONEY, "1.234", NULL, NULL },
		{ FIELD_MONEY, "$5", NULL, NULL },
		{ FIELD_YES, "Oui", "1", "yes" },
		{ FIELD_YES, "false", "0", "no" },
		{ FIELD_YES, "perhaps", NULL, NULL },
		{ FIELD_INSTANT, "2026-11-22T14:30:00Z", "1795357800000",
		  "2026-11-22T14:30:00.000Z" },
		{ FIELD_INSTANT, "yesterday", NULL, NULL },
		{ FIELD_TEXT, "سلام", "سلام", "سلام" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct field field = { .type = cases[i].type };
		SCOPED(char_freep) char *value = NULL;
		SCOPED(char_freep) char *again = NULL;

		assert_true(value_read(&field, cases[i].text, &value) ==
			    (cases[i].value != NULL));
		if (!value)
			continue;
		assert_string_equal(value, cases[i].value);
		again = value_write(&field, value);
		assert_string_equal(again, cases[i].again);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_books_is_told_of_a_clash),
		cmocka_unit_test(
		    a_person_is_written_down_changed_and_taken_back),
		cmocka_unit_test(values_are_read_as_people_write_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
