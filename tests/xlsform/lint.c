#include "xlsform/lint.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "tests/support/folder.h"
#include "tests/test.h"
#include "xlsform/xlsform.h"

static void write_text(const char *folder, const char *name, const char *text)
{
	SCOPED(char_freep) char *path = folder_file(folder, name);

	assert_int_equal(file_write(path, text, strlen(text), 0600),
			 FAULT_NONE);
}

/* Asserts that these are all the findings; NULL ends them. */
static void expect(const struct findings *findings, va_list lines)
{
	const char *line;
	size_t count = 0;

	for (; (line = va_arg(lines, const char *)); count++) {
		if (count == findings->count)
			fail_msg("not found: %s", line);
		assert_string_equal(findings->list[count].line, line);
	}
	if (count < findings->count)
		fail_msg("found too: %s", findings->list[count].line);
}

/* Looks a survey sheet over, rows below the usual titles. */
static void sheet_has(const char *rows, enum fault fault, ...)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep)
	char *survey = xasprintf("type,name,label,relevant,constraint,"
				 "calculation,trigger,choice_filter,default\n"
				 "%s",
				 rows);
	struct findings findings = { 0 };
	va_list lines;

	write_text(folder, "survey.csv", survey);
	if (strstr(rows, " l,"))
		write_text(folder, "choices.csv",
			   "list_name,name,label\nl,x,X\n");
	assert_int_equal(xlsform_check(folder, &findings), fault);
	va_start(lines, fault);
	expect(&findings, lines);
	va_end(lines);
	findings_done(&findings);
}

#define ALWAYS_AT(row, name, of, truth, sign)                        \
	"survey.csv: row " row ", column relevant: " name "() of a " \
	"question itself is always " truth                           \
	", also when it is empty; write ${" of "} " sign " ''"
#define ALWAYS(name, truth, sign) ALWAYS_AT("3", name, "age", truth, sign)
#define CALCULATED(name, truth)                                       \
	"survey.csv: row 4, column relevant: " name "() of a "        \
	"calculation itself is always " truth ", whatever it gives; " \
	"compare it, as ${k} = '" truth "'"

static void empty_is_not_a_small_number(void **state)
{
	static const char warning[] =
	    "survey.csv: row 3, column relevant: while age has no answer, this "
	    "comparison is "
	    "false; if that is meant, say so (${age} != '' and ...), "
	    "else compare coalesce(${age}, 0) to count no answer as 0";

	(void)state;
	sheet_has("integer,age,A\ntext,b,B,${age} < 18\n", FAULT_NONE, warning,
		  NULL);
	sheet_has("integer,age,A\ntext,b,B,18 >= ${age}\n", FAULT_NONE, warning,
		  NULL);
	sheet_has("integer,age,A\n"
		  "text,b,B,${age} != '' and ${age} < 18\n"
		  "text,c,C,\"coalesce(${age}, 0) < 18\"\n"
		  "text,d,D,${age} = 18\n"
		  "calculate,e,,,,1 + 1\n"
		  "text,f,F,${e} > 1\n",
		  FAULT_NONE, NULL);
	/* What says nothing of no answer makes the comparison no better. */
	sheet_has("integer,age,A\ntext,b,B,${age} != 5 and ${age} < 18\n",
		  FAULT_NONE, warning, NULL);
	sheet_has("integer,age,A\n"
		  "text,b,B,count(${age}) = 1 and ${age} < 18\n",
		  FAULT_NONE, warning, NULL);
	sheet_has("integer,age,A\n"
		  "text,b,B,string-length(${age}) > 0 and ${age} < 18\n"
		  "text,c,C,'' = ${age} or ${age} < 18\n",
		  FAULT_NONE, NULL);
	/* Nor does what is true of any question, answered or not. */
	sheet_has("integer,age,A\ntext,b,B,boolean(${age}) and ${age} < 18\n",
		  FAULT_NONE, ALWAYS("boolean", "true", "!="), warning, NULL);
	sheet_has("integer,age,A\ntext,b,B,not(${age}) or ${age} < 18\n",
		  FAULT_NONE, ALWAYS("not", "false", "="), warning, NULL);
	sheet_has("integer,age,A\n"
		  "text,b,B,boolean(${age} != '') and ${age} != ''\n"
		  "text,c,C,not(${age} = '') and not(${b} = 'x')\n",
		  FAULT_NONE, NULL);
	/* That there is another one of a repeat is worth asking. */
	sheet_has("begin repeat,r,R\ninteger,n,N\nend repeat\n"
		  "text,b,B,boolean(${n})\ntext,c,C,not(${n})\n",
		  FAULT_NONE, NULL);
	/* One around the repeat is there, and so is the next repeat out's. */
	sheet_has("integer,age,A\nbegin repeat,r,R\n"
		  "text,b,B,not(${age})\nend repeat\n",
		  FAULT_NONE, ALWAYS_AT("4", "not", "age", "false", "="), NULL);
	sheet_has("begin repeat,o,O\ninteger,age,A\nbegin repeat,r,R\n"
		  "text,b,B,boolean(${age})\nend repeat\nend repeat\n",
		  FAULT_NONE, ALWAYS_AT("5", "boolean", "age", "true", "!="),
		  NULL);
	/* What is tapped, and what is worked out, even to "false". */
	sheet_has("acknowledge,k,K\ntext,b,B,boolean(${k})\n", FAULT_NONE,
		  ALWAYS_AT("3", "boolean", "k", "true", "!="), NULL);
	sheet_has("text,a,A\ncalculate,k,,,,${a} = 'x'\n"
		  "text,b,B,not(${k})\n",
		  FAULT_NONE, CALCULATED("not", "false"), NULL);
	sheet_has("text,a,A\ncalculate,k,,,,${a} = 'x'\n"
		  "text,b,B,boolean(${k})\n",
		  FAULT_NONE, CALCULATED("boolean", "true"), NULL);
	/* A constraint is asked only of what is there. */
	sheet_has("integer,age,A,,. < 18\ninteger,b,B,,${b} < 18\n", FAULT_NONE,
		  NULL);
}

static void a_calculation_overwrites_what_a_person_says(void **state)
{
	(void)state;
	sheet_has("text,a,A,,,1 + 1\n", FAULT_NONE,
		  "survey.csv: row 2, column calculation: what a person "
		  "answers here is overwritten whenever it is worked out anew; "
		  "use the column trigger, or make it a calculate",
		  NULL);
	sheet_has("text,t,T\ntext,a,A,,,1 + 1,${t}\nnote,n,N,,,1 + 1\n",
		  FAULT_NONE, NULL);
}

static void a_question_alone_is_always_true(void **state)
{
	(void)state;
	sheet_has("text,a,A\ncalculate,b,,,,\"if(${a}, 1, 2)\"\n", FAULT_NONE,
		  "survey.csv: row 3, column calculation: if() on a question "
		  "itself is true even when it is empty; write ${x} != ''",
		  NULL);
	sheet_has("text,a,A\ncalculate,b,,,,\"if(${a} != '', 1, 2)\"\n",
		  FAULT_NONE, NULL);
}

static void a_regex_says_where_it_begins_and_ends(void **state)
{
	static const char warning[] =
	    "survey.csv: row 2, column constraint: write the regex as '^...$': "
	    "some programs match it anywhere in an answer, this one only as a "
	    "whole";
	static const char branches[] =
	    "survey.csv: row 2, column constraint: write the regex as "
	    "'^(...|...)$': without the brackets, ^ and $ are of one side of "
	    "the | alone, and some programs match the other anywhere";
	static const char *const loose[] = { "^a|b$", "^(a|b)$|c", "a|^b$" };
	static const char *const whole[] = { "^(a|b)$", "^[|]$", "^a\\|b$",
					     "^a$|^b$" };

	(void)state;
	for (size_t i = 0; i < COUNT(loose); i++) {
		SCOPED(char_freep)
		char *row =
		    xasprintf("text,a,A,,\"regex(., '%s')\"\n", loose[i]);

		sheet_has(row, FAULT_NONE, branches, NULL);
	}
	for (size_t i = 0; i < COUNT(whole); i++) {
		SCOPED(char_freep)
		char *row =
		    xasprintf("text,a,A,,\"regex(., '%s')\"\n", whole[i]);

		sheet_has(row, FAULT_NONE, NULL);
	}
	sheet_has("text,a,A,,\"regex(., '^5\\$')\"\n", FAULT_NONE, warning,
		  NULL);
	sheet_has("text,a,A,,\"regex(., '[0-9]+')\"\n", FAULT_NONE, warning,
		  NULL);
	sheet_has("text,a,A,,\"regex(., '^[0-9]+')\"\n", FAULT_NONE, warning,
		  NULL);
	sheet_has("text,a,A,,\"regex(., '^[0-9]+$')\"\n", FAULT_NONE, NULL);
}

static void what_is_written_by_habit_is_told_what_was_meant(void **state)
{
	static const struct {
		const char *rows, *line;
	} cases[] = {
		{ "select_one l,a,A\ntext,b,B,${a} = x\n",
		  "survey.csv: row 3, column relevant: x alone is always empty "
		  "here; put a text into quotes: 'x'" },
		{ "integer,age,A\ntext,b,B,age = 18\n",
		  "survey.csv: row 3, column relevant: age alone is always "
		  "empty here; write ${age} for what was answered to that "
		  "question" },
		{ "select_multiple l,a,A\ntext,b,B,${a} = 'x'\n",
		  "survey.csv: row 3, column relevant: of a several may be "
		  "chosen, and this is true only where x is the only one; "
		  "write "
		  "selected(${a}, 'x')" },
		{ "integer,a,A,,0-120\n",
		  "survey.csv: row 2, column constraint: this is the same "
		  "whatever is answered; the answer is a point: . >= 0 and . "
		  "<= "
		  "120" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		sheet_has(cases[i].rows, FAULT_NONE, cases[i].line, NULL);
	/* What a filter has in it are the columns of a list. */
	sheet_has("select_multiple l,a,A\n"
		  "select_one l,b,B,,,,,name = ${a}\n"
		  "text,c,C,\"${a} != '' and selected(${a}, 'x')\"\n"
		  "text,e,E,${a} = '' or ${a} = 'x'\n"
		  "text,d,D,,true()\n",
		  FAULT_NONE, NULL);
}

static void an_absolute_path_in_a_repeat_means_the_first(void **state)
{
	(void)state;
	sheet_has("begin repeat,r,R\n"
		  "text,a,A\n"
		  "text,b,B,/data/r/a = 'x'\n"
		  "select_one l,s,S,,,,,name = /data/r/a\n"
		  "integer,t,T,- /data/r/a > 0\n"
		  "end repeat\n",
		  FAULT_FORMAT,
		  "survey.csv: row 4, column relevant: /data/r/a is always "
		  "that of the first one in its repeat; write ${a} for the one "
		  "that is being asked about (in XForms: ../a)",
		  "survey.csv: row 6, column relevant: /data/r/a is always "
		  "that of the first one in its repeat; write ${a} for the one "
		  "that is being asked about (in XForms: ../a)",
		  "survey.csv: row 5, column choice_filter: /data/r/a is "
		  "always that of the first one in its repeat; write ${a} for "
		  "the one that is being asked about (in XForms: ../a)",
		  NULL);
	/* A repeat whose name begins like another's is not in it. */
	sheet_has("begin repeat,child,C\ntext,nm,N\nend repeat\n"
		  "begin repeat,child_school,S\n"
		  "text,b,B,${nm} = 'x'\nend repeat\n",
		  FAULT_NONE, NULL);
	sheet_has("begin repeat,r,R\n"
		  "text,a,A\n"
		  "text,b,B,${a} = 'x' and sum(/data/r/a) > 1\n"
		  "text,c,C,/data/r[1]/a = 'x'\n"
		  "end repeat\n"
		  "text,d,D,/data/r/a = 'x'\n",
		  FAULT_NONE, NULL);
}

static void a_cycle_is_an_error(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	struct findings findings = { 0 };

	(void)state;
	write_text(folder, "survey.csv",
		   "type,name,calculation\ncalculate,a,${b}\n"
		   "calculate,b,${a}\n");
	assert_int_equal(xlsform_check(folder, &findings), FAULT_FORMAT);
	assert_int_equal(findings.errors, 2);
	assert_non_null(strstr(findings.list[0].line,
			       "survey.csv: row 2, column calculation: "));
	assert_non_null(strstr(findings.list[1].line,
			       "survey.csv: row 3, column calculation: "));
	findings_done(&findings);
}

static void texts_missing_in_a_language_are_listed(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	struct findings findings = { 0 };

	(void)state;
	write_text(folder, "survey.csv",
		   "type,name,label::English (en),label::French (fr)\n"
		   "select_one l,a,A,\ntext,b,,B\n");
	write_text(folder, "choices.csv",
		   "list_name,name,label::English (en)\nl,x,X\n");
	assert_int_equal(xlsform_check(folder, &findings), FAULT_NONE);
	assert_int_equal(findings.count, 3);
	assert_true(findings_has(
	    &findings, "choices.csv: row 2, column label::French "
		       "(fr): x has no words in French (fr); write them here, "
		       "or who reads it sees another language"));
	assert_true(findings_has(
	    &findings, "survey.csv: row 2, column label::French "
		       "(fr): a has no words in French (fr); write them here, "
		       "or who reads it sees another language"));
	assert_true(findings_has(
	    &findings, "survey.csv: row 3, column label::English "
		       "(en): b has no words in English (en); write them here, "
		       "or who reads it sees another language"));
	findings_done(&findings);
}

/* The note that shows a table's words is made: nobody wrote its name. */
static void
a_table_without_words_in_a_language_is_told_by_its_group(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	struct findings findings = { 0 };

	(void)state;
	write_text(folder, "survey.csv",
		   "type,name,label::English (en),label::French (fr),"
		   "appearance\n"
		   "begin group,often,How often?,,table-list\n"
		   "select_one l,a,A,A,\nend group\n");
	write_text(folder, "choices.csv",
		   "list_name,name,label::English (en),label::French (fr)\n"
		   "l,x,X,X\n");
	assert_int_equal(xlsform_check(folder, &findings), FAULT_NONE);
	assert_int_equal(findings.count, 1);
	assert_string_equal(findings.list[0].line,
			    "survey.csv: row 2, column label::French (fr): "
			    "often has no words in French (fr); write them "
			    "here, or who reads it sees another language");
	findings_done(&findings);
}

/* --- what nobody meets ---------------------------------------------------- */

/* Asserts that these are all the findings of sheets that can be used. */
static void sheets_have(const char *survey, const char *choices, ...)
{
	SCOPED(folder_freep) char *folder = folder_new();
	struct findings findings = { 0 };
	va_list lines;

	write_text(folder, "survey.csv", survey);
	write_text(folder, "choices.csv", choices);
	assert_int_equal(xlsform_check(folder, &findings), FAULT_NONE);
	va_start(lines, choices);
	expect(&findings, lines);
	va_end(lines);
	findings_done(&findings);
}

#define YES_NO "list_name,name,label\nyn,yes,Yes\nyn,no,No\n"

static void a_rule_that_is_never_true_is_told_with_its_reason(void **state)
{
	static const struct {
		const char *rule, *reason;
	} rules[] = {
		{ "false()", "its rule is never true" },
		{ "no", "its rule is never true" },
		{ "1 = 2", "its rule is never true" },
		{ "not(true())", "its rule is never true" },
		{ "${a} = 'Yes'", "a has no choice \"Yes\"; it has: yes, no" },
		{ "'maybe' = ${a}",
		  "a has no choice \"maybe\"; it has: yes, no" },
		{ "${t} != '' and ${a} = 1",
		  "a has no choice \"1\"; it has: yes, no" },
		{ "${a} = 'x' or false()",
		  "a has no choice \"x\"; it has: yes, no" },
		{ "\"selected(${m}, 'x')\"",
		  "m has no choice \"x\"; it has: yes, no" },
		{ "${never} = 'x'", "it waits for never, which is never "
				    "asked" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rules); i++) {
		SCOPED(char_freep)
		char *survey =
		    xasprintf("type,name,label,relevant\nselect_one yn,a,A,\n"
			      "select_multiple yn,m,M,\ntext,t,T,\n"
			      "text,never,N,false()\ntext,q,Q,%s\n",
			      rules[i].rule);
		SCOPED(char_freep)
		char *line = xasprintf("survey.csv: row 6, column relevant: "
				       "this is never asked: %s",
				       rules[i].reason);

		sheets_have(survey, YES_NO,
			    "survey.csv: row 5, column relevant: this is never "
			    "asked: its rule is never true",
			    line, NULL);
	}
}

static void a_rule_that_may_be_true_is_left_alone(void **state)
{
	static const char *const rules[] = {
		"${a} = 'yes'",      "${a} != 'yes'",
		"${a} = ''",         "${a} = ${t}",
		"${t} = 'anything'", "\"selected(${m}, 'no')\"",
		"${m} = 'yes no'",   "${d} = 'other'",
		"${c} = 'z'",        "true()",
		"not(false())",      "1 = 1",
		"position(..) = 9",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rules); i++) {
		SCOPED(char_freep)
		char *survey = xasprintf(
		    "type,name,label,relevant,default,trigger,calculation\n"
		    "select_one yn,a,A,,,,\nselect_multiple yn,m,M,,,,\n"
		    "text,t,T,,,,\nselect_one yn,d,D,,other,,\n"
		    "select_one yn,c,C,,,${t},'z'\ntext,q,Q,%s,,,\n",
		    rules[i]);

		sheets_have(survey, YES_NO, NULL);
	}
}

static void what_lies_in_a_group_never_asked_is_not(void **state)
{
	(void)state;
	sheets_have("type,name,label,relevant\nbegin group,g,G,false()\n"
		    "select_one yn,a,A,\nend group,,,\n"
		    "text,q,Q,${a} = 'yes'\n",
		    YES_NO,
		    "survey.csv: row 2, column relevant: this is never asked: "
		    "its rule is never true",
		    "survey.csv: row 5, column relevant: this is never asked: "
		    "it waits for a, which is never asked",
		    NULL);
}

static void an_answer_that_is_no_choice_is_told_anywhere(void **state)
{
	(void)state;
	sheets_have("type,name,label,relevant,calculation\n"
		    "select_one yn,a,A,,\ntext,t,T,${a} = 'si' or ${a} = 'no'"
		    ",\ncalculate,c,,,\"if(${a} != 'Yes', 1, 2)\"\n",
		    YES_NO,
		    "survey.csv: row 3, column relevant: a has no choice "
		    "\"si\"; it has: yes, no",
		    "survey.csv: row 4, column calculation: a has no choice "
		    "\"Yes\"; it has: yes, no",
		    NULL);
}

static void choices_that_nobody_is_offered_are_told(void **state)
{
	static const char survey[] =
	    "type,name,label,choice_filter,calculation\n"
	    "select_one town,town,Town,,\n"
	    "select_one street,s,Street,town = ${town},\n"
	    "calculate,c,,,instance('looked')/root/item[name = 'a']/label\n";

	(void)state;
	sheets_have(survey,
		    "list_name,name,label,town\ntown,x,X,\ntown,y,Y,\n"
		    "street,1,One,x\nstreet,2,Two,z\nstreet,3,Three,\n"
		    "looked,a,A,\n",
		    "choices.csv: row 5, column name: 2 is never offered: no "
		    "answer lets it through the choice_filter of the list "
		    "street",
		    NULL);
	sheets_have("type,name,label\nselect_one yn,a,A\n",
		    YES_NO "old,x,X\nold,y,Y\n",
		    "choices.csv: row 4, column list_name: no question offers "
		    "the list old; write select_one old in survey, or remove "
		    "the list",
		    NULL);
}

/* --- a document that no sheet is known of --------------------------------- */

#define DOCUMENT(nodes, binds, body)                                        \
	"<h:html xmlns=\"http://www.w3.org/2002/xforms\" "                  \
	"xmlns:h=\"http://www.w3.org/1999/xhtml\"><h:head><h:title>T</"     \
	"h:title>"                                                          \
	"<model><instance><data id=\"t\">" nodes "</data></instance>" binds \
	"</model></h:head><h:body>" body "</h:body></h:html>"

static void a_document_is_looked_over_as_it_is(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = folder_file(folder, "form.xml");
	SCOPED(char_freep)
	char *line = xasprintf("%s: /data/a, constraint: write the regex as "
			       "'^...$': some programs match it anywhere in an "
			       "answer, this one only as a whole",
			       path);
	struct findings findings = { 0 };

	(void)state;
	write_text(folder, "form.xml",
		   DOCUMENT("<a/>",
			    "<bind nodeset=\" /data/a \" "
			    "constraint=\"regex(., 'x')\"/>",
			    "<input ref=\"/data/a\"><label>A</label></input>"));
	assert_int_equal(xlsform_check(path, &findings), FAULT_NONE);
	assert_int_equal(findings.count, 1);
	assert_string_equal(findings.list[0].line, line);
	findings_done(&findings);
}

static void what_is_no_form_is_an_error(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = folder_file(folder, "form.xml");
	struct findings findings = { 0 };

	(void)state;
	write_text(folder, "form.xml", "<!DOCTYPE x><x/>");
	assert_int_equal(xlsform_check(path, &findings), FAULT_FORMAT);
	assert_int_equal(findings.errors, 1);
	findings_done(&findings);
	write_text(folder, "form.xml", "name,label");
	assert_int_equal(xlsform_check(path, &findings), FAULT_FORMAT);
	assert_true(findings.errors > 0);
	findings_done(&findings);
}

static void the_intake_form_has_nothing_to_find(void **state)
{
	struct findings findings = { 0 };

	(void)state;
	assert_int_equal(xlsform_check("screens/intake", &findings),
			 FAULT_NONE);
	assert_int_equal(findings.count, 0);
	findings_done(&findings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(empty_is_not_a_small_number),
		cmocka_unit_test(a_calculation_overwrites_what_a_person_says),
		cmocka_unit_test(a_question_alone_is_always_true),
		cmocka_unit_test(a_regex_says_where_it_begins_and_ends),
		cmocka_unit_test(
		    what_is_written_by_habit_is_told_what_was_meant),
		cmocka_unit_test(an_absolute_path_in_a_repeat_means_the_first),
		cmocka_unit_test(a_cycle_is_an_error),
		cmocka_unit_test(texts_missing_in_a_language_are_listed),
		cmocka_unit_test(
		    a_table_without_words_in_a_language_is_told_by_its_group),
		cmocka_unit_test(
		    a_rule_that_is_never_true_is_told_with_its_reason),
		cmocka_unit_test(a_rule_that_may_be_true_is_left_alone),
		cmocka_unit_test(what_lies_in_a_group_never_asked_is_not),
		cmocka_unit_test(an_answer_that_is_no_choice_is_told_anywhere),
		cmocka_unit_test(choices_that_nobody_is_offered_are_told),
		cmocka_unit_test(a_document_is_looked_over_as_it_is),
		cmocka_unit_test(what_is_no_form_is_an_error),
		cmocka_unit_test(the_intake_form_has_nothing_to_find),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
