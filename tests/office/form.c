#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/support/workbook.h"

/* foyer form build and check: what is printed where, and the exit status. */

static void write_sheet(const char *folder, const char *name, const char *text)
{
	SCOPED(char_freep) char *path = folder_file(folder, name);

	assert_int_equal(file_write(path, text, strlen(text), 0600),
			 FAULT_NONE);
}

static void write_survey(const char *folder, const char *text)
{
	write_sheet(folder, "survey.csv", text);
}

static void is_said(struct output output, int status, const char *out,
		    const char *err)
{
	assert_int_equal(output.status, status);
	assert_string_equal(output.out, out);
	assert_string_equal(output.err, err);
	output_done(&output);
}

static void a_sound_form_is_written_and_only_warned_of(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *form = folder_file(folder, "form.xml");

	(void)state;
	write_survey(folder, "type,name,label,note\ntext,a,A,remark\n");
	is_said(program_run("", "foyer form build %s -o %s", folder, form), 0,
		"",
		"warning: survey.csv: row 1, column note: no such column in "
		"survey; it is left out\n");
	assert_true(file_exists(form));
	is_said(program_run("", "foyer form check %s", form), 0, "", "");
	is_said(program_run("", "foyer form check %s", folder), 0,
		"warning: survey.csv: row 1, column note: no such column in "
		"survey; it is left out\n",
		"");
}

static void findings_are_written_for_programs_too(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();

	(void)state;
	write_survey(folder, "type,name,label,note\ntext,a b,A,\n");
	is_said(program_run("", "foyer form check --json %s", folder), 1,
		"{\"column\":\"note\",\"file\":\"survey.csv\","
		"\"level\":\"warning\",\"row\":1,\"words\":\"no such column in "
		"survey; it is left out\"}\n"
		"{\"column\":\"name\",\"file\":\"survey.csv\","
		"\"level\":\"error\",\"row\":2,\"words\":\"\\\"a b\\\" cannot "
		"be a name; begin with a letter and use letters, digits, - _ "
		"and . only\"}\n",
		"");
	write_survey(folder, "type,name,label\ntext,a,A\n");
	is_said(program_run("", "foyer form check %s --json", folder), 0, "",
		"");
}

/* One of each kind, but for circles, which are told before the rest. */
static void each_kind_of_doubt_is_written_for_programs(void **state)
{
	static const char survey[] =
	    "type,name,label::English (en),label::French "
	    "(fr),relevant,constraint,calculation,choice_filter\n"
	    "integer,age,Age,Âge,,,,\n"
	    "text,b,B,B,${age} < 18,,,\n"
	    "text,c,C,C,,,1 + 1,\n"
	    "calculate,d,,,,,\"if(${b}, 1, 2)\",\n"
	    "text,e,E,E,,\"regex(., '[0-9]+')\",,\n"
	    "text,f,F,,,,,\n"
	    "begin repeat,r,R,R,,,,\n"
	    "text,g,G,G,,,,\n"
	    "text,h,H,H,/data/r/g = 'x',,,\n"
	    "end repeat,,,,,,,\n"
	    "select_one l,k,K,K,,,,\n"
	    "text,n,N,N,${k} = 'z',,,\n"
	    "select_one m,o,O,O,,,,of = ${k}\n";
	static const char choices[] =
	    "list_name,name,label::English (en),label::French (fr),of\n"
	    "l,x,X,X,\n"
	    "m,p,P,P,x\n"
	    "m,q,Q,Q,y\n";
	static const char wanted[] =
	    "{\"column\":\"relevant\",\"file\":\"survey.csv\",\"level\":"
	    "\"warning\",\"row\":3,\"words\":\"while age has no answer, this "
	    "comparison is "
	    "false; if that is meant, say so (${age} != '' and ...), "
	    "else compare coalesce(${age}, 0) to count no answer as 0\"}\n"
	    "{\"column\":\"calculation\",\"file\":\"survey.csv\",\"level\":"
	    "\"warning\",\"row\":4,\"words\":\"what a person answers here is "
	    "overwritten whenever it is worked out anew; use the column "
	    "trigger, or make it a calculate\"}\n"
	    "{\"column\":\"calculation\",\"file\":\"survey.csv\",\"level\":"
	    "\"warning\",\"row\":5,\"words\":\"if() on a question itself is "
	    "true even when it is empty; write ${x} != ''\"}\n"
	    "{\"column\":\"constraint\",\"file\":\"survey.csv\",\"level\":"
	    "\"warning\",\"row\":6,\"words\":\"write the regex as '^...$': "
	    "some programs match it anywhere in an answer, this one only as a "
	    "whole\"}\n"
	    "{\"column\":\"relevant\",\"file\":\"survey.csv\",\"level\":"
	    "\"error\",\"row\":10,\"words\":\"/data/r/g is always that of the "
	    "first one in its repeat; write ${g} for the one that is being "
	    "asked about (in XForms: ../g)\"}\n"
	    "{\"column\":\"label::French "
	    "(fr)\",\"file\":\"survey.csv\",\"level\":\"warning\",\"row\":7,"
	    "\"words\":\"f has no words in French (fr); write them here, or "
	    "who reads it sees another language\"}\n"
	    "{\"column\":\"relevant\",\"file\":\"survey.csv\",\"level\":"
	    "\"warning\",\"row\":13,\"words\":\"this is never asked: k has no "
	    "choice \\\"z\\\"; it has: x\"}\n"
	    "{\"column\":\"name\",\"file\":\"choices.csv\",\"level\":"
	    "\"warning\",\"row\":4,\"words\":\"q is never offered: no answer "
	    "lets it through the choice_filter of the list m\"}\n";
	SCOPED(folder_freep) char *folder = folder_new();

	(void)state;
	write_survey(folder, survey);
	write_sheet(folder, "choices.csv", choices);
	is_said(program_run("", "foyer form check --json %s", folder), 1,
		wanted, "");
	write_survey(folder, "type,name,calculation\ncalculate,a,${a} + ${b}\n"
			     "calculate,b,${a}\n");
	struct output output =
	    program_run("", "foyer form check --json %s", folder);

	assert_int_equal(output.status, 1);
	assert_non_null(strstr(output.out, "\"calculation\",\"file\":"
					   "\"survey.csv\",\"level\":"
					   "\"error\",\"row\":2,"));
	assert_non_null(strstr(output.out, "\"row\":3,"));
	output_done(&output);
}

static void a_workbook_is_a_form_like_any_other(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = folder_file(folder, "form.xlsx");
	SCOPED(char_freep) char *form = folder_file(folder, "form.xml");
	struct bytes bytes = { 0 };

	(void)state;
	workbook_make(
	    &(struct workbook){ .sheets = { { "survey", "type,name,label\n"
							"select_one_from_file "
							"l.csv,a,A\n" } } },
	    &bytes);
	assert_int_equal(file_write(path, bytes.data, bytes.length, 0600),
			 FAULT_NONE);
	bytes_done(&bytes);
	/* What it reads lies beside it. */
	SCOPED(char_freep) char *list = folder_file(folder, "l.csv");

	assert_int_equal(file_write(list, "name,label\nx,X\n", 15, 0600),
			 FAULT_NONE);
	is_said(program_run("", "foyer form check %s", path), 0, "", "");
	is_said(program_run("", "foyer form build %s -o %s", path, form), 0, "",
		"");
	assert_true(folder_holds(folder, "jr://file-csv/l.csv"));
}

static void a_picture_that_cannot_be_shown_is_told(void **state)
{
	static const char damaged[] = "<svg viewBox='0 0 9 9'><text/></svg>";
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *media = xasprintf("%s-media", folder);
	SCOPED(char_freep) char *path = folder_file(media, "a.svg");

	(void)state;
	assert_int_equal(folder_make(media), FAULT_NONE);
	assert_int_equal(file_write(path, damaged, strlen(damaged), 0600),
			 FAULT_NONE);
	write_survey(folder, "type,name,label::English (en),media::image\n"
			     "text,a,A,a.svg\ntext,b,B,bed.svg\n"
			     "text,c,C,../a.svg\n");
	is_said(program_run("", "foyer form check %s", folder), 0,
		"warning: pictures: a.svg: line 1: a drawing of lines has no "
		"element text\n"
		"warning: pictures: jr://images/../a.svg: a picture's name has "
		"only letters, digits, '-', '_' and '.', and no folders\n",
		"");
	folder_remove(media);
}

/* Translations of the intake form are made of its English as it ships. */
static void a_question_that_was_changed_is_told(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep)
	char *change = xasprintf("cp -r '%s/screens/intake' %s/s && sed -i "
				 "'s/Have you been here before?/Did you come "
				 "here before?/' %s/s/survey.csv",
				 getenv("FOYER_SOURCE"), folder, folder);
	struct output output;

	(void)state;
	assert_int_equal(system(change), 0);
	/* A home's folder forms is made, and none that was misspelt. */
	output = program_run("", "foyer form build %s/s -o %s/form/f.xml",
			     folder, folder);
	assert_int_equal(output.status, 3);
	assert_non_null(strstr(output.err, "form/f.xml"));
	output_done(&output);
	output = program_run("", "foyer form build %s/s -o %s/forms/f.xml",
			     folder, folder);
	assert_int_equal(output.status, 0);
	assert_non_null(strstr(output.err, "warning: /data/A4:label: the text "
					   "was changed since "));
	assert_non_null(strstr(output.err, "write it anew with `foyer form "
					   "strings "));
	output_done(&output);
	output = program_run("", "foyer form check %s/s", folder);
	assert_int_equal(output.status, 0);
	assert_non_null(strstr(output.out, "/data/A4:label: the text was "));
	assert_null(strstr(output.out, "/data/A3:label"));
	output_done(&output);
	is_said(program_run("", "foyer form check '%s/screens/intake'",
			    getenv("FOYER_SOURCE")),
		0, "", "");
}

static void a_wrong_form_is_not_written(void **state)
{
	static const char line[] = "survey.csv: row 2, column type: unknown "
				   "type \"texxt\"; did you mean text?\n";
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *form = folder_file(folder, "form.xml");

	(void)state;
	write_survey(folder, "type,name,label\ntexxt,a,A\n");
	is_said(program_run("", "foyer form build %s -o %s", folder, form), 1,
		"", line);
	assert_false(file_exists(form));
	is_said(program_run("", "foyer form check %s", folder), 1, line, "");
}

static void what_is_there_not_or_asked_wrongly_has_its_status(void **state)
{
	static const struct {
		const char *arguments;
		int status;
	} calls[] = {
		{ "build", 2 },          { "build a b", 2 },
		{ "build -x", 2 },       { "check", 2 },
		{ "check a b", 2 },      { "build Makefile", 1 },
		{ "check /no/such", 3 }, { "build /no/such", 3 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(calls); i++) {
		struct output output =
		    program_run("", "foyer form %s", calls[i].arguments);

		assert_int_equal(output.status, calls[i].status);
		assert_string_equal(output.out, "");
		assert_true(*output.err);
		output_done(&output);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sound_form_is_written_and_only_warned_of),
		cmocka_unit_test(findings_are_written_for_programs_too),
		cmocka_unit_test(each_kind_of_doubt_is_written_for_programs),
		cmocka_unit_test(a_workbook_is_a_form_like_any_other),
		cmocka_unit_test(a_picture_that_cannot_be_shown_is_told),
		cmocka_unit_test(a_question_that_was_changed_is_told),
		cmocka_unit_test(a_wrong_form_is_not_written),
		cmocka_unit_test(
		    what_is_there_not_or_asked_wrongly_has_its_status),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
