#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "tests/support/sheets.h"
#include "tests/test.h"

/*
 * Sheets that are wrong, and what is said of them. A table row is a survey
 * sheet below the usual titles, so its first row is row 2.
 */
#define TITLES                                                            \
	"type,name,label,relevant,constraint,calculation,trigger,choice_" \
	"filter,"                                                         \
	"appearance,default,repeat_count,save_to,flat\n"
#define LIST "list_name,name,label\nl,x,X\n"

struct mistake {
	const char *rows, *line;
};

static void each_is_found(const struct mistake *mistakes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		SCOPED(char_freep)
		char *survey = xasprintf(TITLES "%s", mistakes[i].rows);

		sheets_find(
		    (struct sheets_text){ .survey = survey, .choices = LIST },
		    mistakes[i].line, NULL);
	}
}

static void rows_that_are_no_questions(void **state)
{
	static const struct mistake mistakes[] = {
		{ "texxt,a,A\n",
		  "survey.csv: row 2, column type: unknown type \"texxt\"; did "
		  "you mean text?" },
		{ "begin repeat,r,R\ntexxt,a,A\n"
		  "end repeat\n",
		  "survey.csv: row 3, column type: unknown type \"texxt\"; did "
		  "you mean text?" },
		{ "text,,A\n",
		  "survey.csv: row 2, column name: every row needs a name, "
		  "one word such as age" },
		{ "text,a b,A\n",
		  "survey.csv: row 2, column name: \"a b\" cannot be a name; "
		  "begin with a letter and use letters, digits, - _ and . "
		  "only" },
		{ "text,1a,A\n",
		  "survey.csv: row 2, column name: \"1a\" cannot be a name; "
		  "begin with a letter and use letters, digits, - _ and . "
		  "only" },
		{ "text,a,A\nnote,b,B\ntext,a,A\n",
		  "survey.csv: row 4, column name: a is the name of row 2 "
		  "already; every question needs its own" },
		{ "begin group,g,G,,,,,,field-list,,,,yes\ntext,a,A\n"
		  "end group\ntext,a,A\n",
		  "survey.csv: row 5, column name: a is the name of row 3 "
		  "already; every question needs its own" },
		{ "text,meta,A\n",
		  "survey.csv: row 2, column name: meta is the name of what "
		  "every form adds; choose another" },
		{ "calculate,a\n",
		  "survey.csv: row 2, column calculation: a calculate needs a "
		  "calculation; write here what it is" },
	};

	(void)state;
	each_is_found(mistakes, COUNT(mistakes));
}

static void groups_that_do_not_close(void **state)
{
	static const struct mistake mistakes[] = {
		{ "begin group,g,G\ntext,a,A\n",
		  "survey.csv: row 2, column type: this group is never ended; "
		  "add a row end group" },
		{ "text,a,A\nend group\n",
		  "survey.csv: row 3, column type: end group, and no group is "
		  "open; remove the row" },
		{ "begin repeat,r,R\ntext,a,A\nend group\nend repeat\n",
		  "survey.csv: row 4, column type: end group, but row 2 began "
		  "a repeat; end that first" },
		{ "begin group,g,G,true(),,,,,,,,,yes\ntext,a,A\nend group\n",
		  "survey.csv: row 2, column relevant: a flat group has no "
		  "node that could be relevant; write it on every question in "
		  "it" },
		{ "begin repeat,r,R,,,,,,,,1 + 1\ntext,a,A\nend repeat\n"
		  "text,r_count,B\n",
		  "survey.csv: row 2, column name: this repeat needs r_count "
		  "for its count; name that other row differently" },
	};

	(void)state;
	each_is_found(mistakes, COUNT(mistakes));
}

static void references_that_lead_nowhere(void **state)
{
	static const struct mistake mistakes[] = {
		{ "text,a,A,${b} = 1\n",
		  "survey.csv: row 2, column relevant: ${b}: no question has "
		  "this name" },
		{ "text,a,A ${b}\n",
		  "survey.csv: row 2, column label: ${b}: no question has this "
		  "name" },
		{ "text,a,A,${a = 1\n",
		  "survey.csv: row 2, column relevant: ${ without its }; write "
		  "${name}" },
		{ "begin group,g,G\ntext,a,A\nend group\n"
		  "begin group,h,G\ntext,a,A\nend group\ntext,b,B,${a} = 1\n",
		  "survey.csv: row 8, column relevant: ${a} could be any of 2 "
		  "rows; give each its own name" },
		{ "text,a,A,,,${last-saved#a}\n",
		  "survey.csv: row 2, column calculation: ${last-saved#...} "
		  "would show the last visitor's answers; it is refused" },
		{ "begin repeat,r,R,,,,,,,,${n}\ntext,a,A\nend repeat\n",
		  "survey.csv: row 2, column repeat_count: ${n}: no question "
		  "has this name" },
		{ "text,a,A,,,,${z}\n",
		  "survey.csv: row 2, column trigger: ${z}: no question has "
		  "this name" },
		{ "text,a,A,,,,a\n",
		  "survey.csv: row 2, column trigger: name questions only: "
		  "${a}, ${b}" },
		{ "hidden,h\ntext,a,A,,,,${h}\n",
		  "survey.csv: row 3, column trigger: h is never answered by a "
		  "person, so it triggers nothing" },
	};

	(void)state;
	each_is_found(mistakes, COUNT(mistakes));
}

static void expressions_that_are_none(void **state)
{
	static const struct mistake mistakes[] = {
		{ "text,a,A,area(.) > 1\n",
		  "survey.csv: row 2, column relevant: area() is not available "
		  "here: Foyer asks no places on a map, at \"area(.) > 1\"" },
		{ "text,a,A,,. = = 1\n",
		  "survey.csv: row 2, column constraint: a value is expected "
		  "before \"=\", at \"= 1\"" },
		{ "text,a,A,,,if(1)\n",
		  "survey.csv: row 2, column calculation: if() takes 3 "
		  "arguments, not 1, at \"if(1)\"" },
		{ "select_one l,a,A,,,,,name =\n",
		  "survey.csv: row 2, column choice_filter: a value is missing "
		  "at the end" },
		{ "text,a,A,,,,,,,foo(1)\n",
		  "survey.csv: row 2, column default: unknown function foo(), "
		  "at \"foo(1)\"" },
	};

	(void)state;
	each_is_found(mistakes, COUNT(mistakes));
}

static void choices_that_cannot_be_chosen(void **state)
{
	static const struct {
		const char *choices, *line;
	} mistakes[] = {
		{ "list_name,name,label\nk,x,X\n",
		  "survey.csv: row 2, column type: the choices sheet has no "
		  "list l" },
		{ "list_name,name,label\nl,x y,X\n",
		  "choices.csv: row 2, column name: \"x y\" has a blank in it, "
		  "which would make two answers of one; use _ instead" },
		{ "list_name,name,label\nl,x,X\nl,y,Y\nl,x,Z\n",
		  "choices.csv: row 4, column name: x is in the list l "
		  "already, in row 2; remove one, or name it differently" },
		{ "list_name,label\nl,X\n",
		  "choices.csv: row 1: the column name is missing" },
		{ "list_name,name,label\nl,,X\n",
		  "choices.csv: row 2, column name: every choice needs a "
		  "name" },
		{ "list_name,name,label,a b!\nl,x,X,\n",
		  "choices.csv: row 1, column a b!: a filter column is named "
		  "by letters, digits, - _ and . only" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(mistakes); i++) {
		struct findings findings = { 0 };
		SCOPED(char_freep)
		char *document = sheets_compile(
		    (struct sheets_text){ .survey = "type,name,label\n"
						    "select_one l,a,A\n",
					  .choices = mistakes[i].choices },
		    &findings);

		assert_null(document);
		assert_string_equal(findings.list[0].line, mistakes[i].line);
		findings_done(&findings);
	}
}

static void what_the_kiosk_has_not_is_refused_with_its_mend(void **state)
{
	static const struct mistake mistakes[] = {
		{ "rank l,a,A\n",
		  "survey.csv: row 2, column type: rank: putting choices in "
		  "order is not possible yet; ask for the first one with "
		  "select_one" },
		{ "select_one l or_other,a,A\n",
		  "survey.csv: row 2, column type: or_other cannot be "
		  "translated; add a choice for other and a text question "
		  "shown for it" },
		{ "text,r,R\nselect_one ${r},a,A\n",
		  "survey.csv: row 3, column type: choices from a repeat are "
		  "not possible yet; write them on the choices sheet" },
		{ "select_one_external l,a,A\n",
		  "survey.csv: row 2, column type: select_one_external: use "
		  "select_one_from_file with a CSV file instead" },
		{ "xml-external,a,A\n",
		  "survey.csv: row 2, column type: xml-external: only CSV "
		  "files can be looked things up in; use csv-external" },
		{ "select_one_from_file a.xml,a,A\n",
		  "survey.csv: row 2, column type: choices are read from CSV "
		  "files only: select_one_from_file NAME.csv" },
		{ "select_one l,a,A,,,,,,search('x')\n",
		  "survey.csv: row 2, column appearance: search() is refused; "
		  "use select_one_from_file with a choice_filter" },
		{ "select_one,a,A\n",
		  "survey.csv: row 2, column type: name a list of the choices "
		  "sheet: select_one LIST" },
	};

	(void)state;
	each_is_found(mistakes, COUNT(mistakes));
}

static void what_the_kiosk_cannot_show_is_warned_of(void **state)
{
	static const struct mistake mistakes[] = {
		{ "image,a,A\n",
		  "survey.csv: row 2, column type: image: not available on the "
		  "kiosk, which shows \"Not available here\" and never "
		  "requires it" },
		{ "gps,a,A\n",
		  "survey.csv: row 2, column type: geopoint: not available on "
		  "the kiosk, which shows \"Not available here\" and never "
		  "requires it" },
		{ "audit,audit\n",
		  "survey.csv: row 2, column type: audit: the kiosk keeps no "
		  "audit of a visitor; it stays empty" },
		{ "text,a\n",
		  "survey.csv: row 2, column label: a question without "
		  "words; write here what is asked" },
	};

	(void)state;
	each_is_found(mistakes, COUNT(mistakes));
}

#define MASKED(type)                                                          \
	"masked does nothing on a " type " while it is answered: it is seen " \
	"until the question is left, and dots after that; private shows "     \
	"nothing of it again"

static void what_changes_nothing_is_warned_of(void **state)
{
	static const struct {
		const char *type, *title, *cell, *warning;
	} cells[] = {
		{ "range", "parameters", "\"stat=1, end=5 step=2\"",
		  "range has no parameter stat; it is left out; did you mean "
		  "start?" },
		{ "select_one l", "parameters", "randomise=true",
		  "select_one has no parameter randomise; it is left out; did "
		  "you mean randomize?" },
		{ "select_multiple l", "parameters", "randomize",
		  "randomize has no value, so it is left out; write "
		  "randomize=..." },
		{ "date", "default", "31/12/2024",
		  "\"31/12/2024\" is no date; write the year first: "
		  "2024-12-31, or today() for the day it is asked" },
		{ "date", "parameters", "rows=3",
		  "date has no parameter rows; it is left out" },
		{ "select_one l", "appearance", "minimall",
		  "no such appearance: minimall; it changes nothing; did you "
		  "mean minimal?" },
		{ "text", "appearance", "multiline w3x",
		  "no such appearance: w3x; it changes nothing" },
		{ "text", "appearance", "W3 Columns-2 columns-pack", NULL },
		{ "text", "appearance", "ex:any.program(a b)", NULL },
		{ "select_one l", "appearance", "minimal masked",
		  MASKED("select_one") },
		{ "range", "appearance", "masked", MASKED("range") },
		{ "date", "appearance", "hidden-answer", MASKED("date") },
		{ "acknowledge", "appearance", "masked",
		  MASKED("acknowledge") },
		{ "text", "appearance", "masked", NULL },
		{ "integer", "appearance", "counter masked", NULL },
		{ "decimal", "appearance", "masked", NULL },
		{ "tel", "appearance", "masked", NULL },
		{ "select_one l", "parameters", "\"randomize=yes;seed=3\"",
		  NULL },
		{ "text", "parameters", "rows = 3", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cells); i++) {
		SCOPED(char_freep)
		char *survey =
		    xasprintf("type,name,label,%s\n%s,a,A,%s\n", cells[i].title,
			      cells[i].type, cells[i].cell);
		SCOPED(char_freep)
		char *line = cells[i].warning
				 ? xasprintf("survey.csv: row 2, column %s: %s",
					     cells[i].title, cells[i].warning)
				 : NULL;

		sheets_find(
		    (struct sheets_text){ .survey = survey, .choices = LIST },
		    line, NULL);
	}
}

static void a_parameter_takes_what_its_attribute_does(void **state)
{
	static const struct {
		const char *type, *cell, *line;
	} cells[] = {
		{ "geopoint", "capture-accuracy=near",
		  "capture-accuracy=near is left out; write a number of "
		  "metres" },
		{ "geopoint", "warning-accuracy",
		  "warning-accuracy has no value, so it is left out; write "
		  "warning-accuracy=..." },
		{ "geopoint", "incremental=true",
		  "geopoint has no parameter incremental; it is left out" },
		{ "geoshape", "capture-accuracy=5",
		  "geoshape has no parameter capture-accuracy; it is left "
		  "out" },
		{ "geotrace", "incremental=false",
		  "incremental=false is left out; write true" },
		{ "geotrace", "allow-mock-accuracy=maybe",
		  "allow-mock-accuracy=maybe is left out; write true or "
		  "false" },
		{ "image", "max-pixels=small",
		  "max-pixels=small is left out; write a number of pixels" },
		{ "image", "max-pixels=-5",
		  "max-pixels=-5 is left out; write a number of pixels" },
		{ "geopoint", "capture-accuracy=-5",
		  "capture-accuracy=-5 is left out; write a number of "
		  "metres" },
		{ "audio", "quality=banana",
		  "quality=banana is left out; write voice-only, low, normal "
		  "or external" },
		{ "audit", "track-changes-reasons=yes",
		  "track-changes-reasons=yes is left out; write "
		  "on-form-edit" },
		{ "audit",
		  "location-priority=foo location-min-interval=60 "
		  "location-max-age=60",
		  "location-priority=foo is left out; write no-power, "
		  "low-power, balanced or high-accuracy" },
		{ "audit",
		  "location-priority=balanced location-min-interval=1e9 "
		  "location-max-age=60",
		  "location-min-interval=1e9 is left out; write a number of "
		  "seconds" },
		{ "audit", "location-max-age=60",
		  "location-priority, location-min-interval and "
		  "location-max-age count only together; write all three or "
		  "none" },
		{ "audit", "track-changes=1",
		  "track-changes=1 is left out; write true or false" },
		{ "calculate", "rows=3",
		  "calculate has no parameter rows; it is left out" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cells); i++) {
		struct findings findings = { 0 };
		SCOPED(char_freep)
		char *survey = xasprintf("type,name,label,parameters,default\n"
					 "%s,audit,A,%s,\"concat('1','')\"\n",
					 cells[i].type, cells[i].cell);
		SCOPED(char_freep)
		char *line = xasprintf(
		    "survey.csv: row 2, column parameters: %s", cells[i].line);
		SCOPED(char_freep)
		char *document = sheets_compile(
		    (struct sheets_text){ .survey = survey }, &findings);
		size_t found = 0;

		assert_non_null(document);
		assert_null(strstr(document, "racy=\""));
		assert_null(strstr(document, "incremental="));
		assert_null(strstr(document, "pixels="));
		assert_null(strstr(document, "track-changes="));
		for (size_t j = 0; j < findings.count; j++)
			found += !strcmp(findings.list[j].line, line);
		if (found != 1)
			fail_msg("not found: %s", line);
		findings_done(&findings);
	}
}

static void words_at_a_range_belong_to_its_values(void **state)
{
	static const struct {
		const char *list, *line;
	} cases[] = {
		{ "marks",
		  "survey.csv: row 2, column parameters: the choices sheet has "
		  "no list marks; did you mean mark?" },
		{ "mark",
		  "choices.csv: row 3, column name: \"6\" is no value of the "
		  "range a, so its words are never shown; write a number from "
		  "its start to its end, by its step" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(char_freep)
		char *survey = xasprintf("type,name,label,parameters\n"
					 "range,a,A,start=1 end=5 "
					 "tick_labelset=%s\n",
					 cases[i].list);

		sheets_find((struct sheets_text){ .survey = survey,
						  .choices =
						      "list_name,name,label\n"
						      "mark,5,Good\n"
						      "mark,6,Gone\n" },
			    cases[i].line, NULL);
	}
}

static void saving_needs_a_place_to_save_to(void **state)
{
	static const char entities[] = "list_name,label\npeople,'x'\n";
	static const struct {
		const char *rows, *entities, *line;
	} mistakes[] = {
		{ "text,a,A,,,,,,,,,x\n", NULL,
		  "survey.csv: row 2, column save_to: needs a sheet entities "
		  "that says what is saved" },
		{ "text,a,A,,,,,,,,,label\n", entities,
		  "survey.csv: row 2, column save_to: \"label\" cannot be "
		  "saved to; use letters, digits and _, and neither name nor "
		  "label nor __ in front" },
		{ "begin repeat,r,R\ntext,a,A,,,,,,,,,x\nend repeat\n",
		  entities,
		  "survey.csv: row 3, column save_to: what is asked of several "
		  "people cannot be saved to one record" },
		{ "begin group,g,G,,,,,,,,,x\ntext,a,A\nend group\n", entities,
		  "survey.csv: row 2, column save_to: a group or repeat cannot "
		  "be saved; save what is in it" },
		{ "text,a,A\n", "list_name,label\npeople,\n",
		  "entities.csv: row 2, column label: say how the record is "
		  "titled in lists" },
		{ "text,a,A\n", "list_name,label\np,'x'\nq,'y'\n",
		  "entities.csv: row 3: a form saves to one record only; "
		  "remove the row" },
		{ "text,a,A\n", "list_name,label,repeat\np,'x',${r}\n",
		  "entities.csv: row 2, column repeat: saving from a repeat is "
		  "not possible yet" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(mistakes); i++) {
		SCOPED(char_freep)
		char *survey = xasprintf(TITLES "%s", mistakes[i].rows);

		sheets_find(
		    (struct sheets_text){ .survey = survey,
					  .entities = mistakes[i].entities },
		    mistakes[i].line, NULL);
	}
}

static void sheets_that_are_missing_or_lack_columns(void **state)
{
	(void)state;
	sheets_find((struct sheets_text){ .settings = "form_id\nx\n" },
		    "survey: there is no such sheet; it holds the questions",
		    NULL);
	sheets_find((struct sheets_text){ .survey = "type,label\ntext,A\n" },
		    "survey.csv: row 1: the column name is missing", NULL);
	sheets_find((struct sheets_text){ .survey = "name,label\na,A\n" },
		    "survey.csv: row 1: the column type is missing", NULL);
}

static void settings_that_make_no_sense(void **state)
{
	static const struct {
		const char *settings, *line;
	} mistakes[] = {
		{ "namespaces\nx\n",
		  "settings.csv: row 2, column namespaces: write "
		  "prefix=\"address\", several parted by blanks" },
		{ "name\na b\n",
		  "settings.csv: row 2, column name: \"a b\" cannot be a name; "
		  "begin with a letter and use letters, digits, - _ and . "
		  "only" },
		{ "form_id\nx\ny\n",
		  "settings.csv: row 3: only the first row of settings "
		  "counts" },
		{ "instance_name\n${z}\n",
		  "settings.csv: row 2, column instance_name: ${z}: no "
		  "question has this name" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(mistakes); i++)
		sheets_find(
		    (struct sheets_text){ .survey = "type,name,label\n"
						    "text,a,A\n",
					  .settings = mistakes[i].settings },
		    mistakes[i].line, NULL);
}

static void settings_that_nothing_reads(void **state)
{
	static const struct {
		const char *setting, *instead;
	} settings[] = {
		{ "clean_text_values",
		  "words keep the blanks that they are written with" },
		{ "add_none_option",
		  "no list has a choice more than the choices sheet; write "
		  "none there" },
		{ "client_editable",
		  "what was handed in at a kiosk is not edited there again" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(settings); i++) {
		SCOPED(char_freep)
		char *yes = xasprintf("%s\nyes\n", settings[i].setting);
		SCOPED(char_freep)
		char *no = xasprintf("%s\nno\n", settings[i].setting);
		SCOPED(char_freep)
		char *line =
		    xasprintf("settings.csv: row 2, column %s: this "
			      "changes nothing: %s",
			      settings[i].setting, settings[i].instead);
		struct sheets_text text = {
			.survey = "type,name,label\ntext,a,A\n",
			.settings = yes,
		};

		sheets_find(text, line, NULL);
		text.settings = no; /* as it is here */
		sheets_find(text, NULL, NULL);
	}
}

static void sounds_and_films_that_a_kiosk_does_not_play(void **state)
{
	static const struct mistake sheets[] = {
		{ "audio::French (fr)",
		  "survey.csv: row 1, column audio::French (fr): the kiosk "
		  "plays none of it; it shows the label, and reads it aloud "
		  "where it has a voice for the language" },
		{ "media::video",
		  "survey.csv: row 1, column media::video: the kiosk plays "
		  "none of it; it shows the label, so say there what the film "
		  "does" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(sheets); i++) {
		SCOPED(char_freep)
		char *survey = xasprintf("type,name,label::French (fr),%s\n"
					 "text,a,A,a.ogg\ntext,b,B,b.ogg\n",
					 sheets[i].rows);
		SCOPED(char_freep)
		char *empty = xasprintf("type,name,label::French (fr),%s\n"
					"text,a,A,\n",
					sheets[i].rows);

		sheets_find((struct sheets_text){ .survey = survey },
			    sheets[i].line, NULL);
		sheets_find((struct sheets_text){ .survey = empty }, NULL,
			    NULL);
	}
}

static void an_attribute_of_an_undeclared_namespace(void **state)
{
	(void)state;
	sheets_find((struct sheets_text){ .survey =
					      "type,name,label,bind::x:y\n"
					      "text,a,A,1\n" },
		    "survey.csv: row 2, column bind::x:y: x:y cannot be an "
		    "attribute's name; a prefix is declared in settings, "
		    "column namespaces",
		    NULL);
}

static void a_label_of_no_language_beside_one_of_some(void **state)
{
	(void)state;
	sheets_find((struct sheets_text){ .survey =
					      "type,name,label,label::Fr (fr)\n"
					      "text,a,A,B\n" },
		    "survey.csv: row 1, column label: counts as the language "
		    "\"default\"; name one: label::English (en)",
		    NULL);
}

#define CIRCLE                                                             \
	"b needs c, c needs d, d needs b, so that none can be worked out " \
	"first; take "
#define CIRCLE_MEND                                                        \
	" out here, or, where a calculation may wait for an answer, name " \
	"that "                                                            \
	"question in the column trigger (in XForms: a setvalue)"

/* Only loading the compiled form finds this; each cell of the circle is named
 * all the same. */
static void a_cycle_is_told_at_each_of_its_cells(void **state)
{
	(void)state;
	sheets_find(
	    (struct sheets_text){ .survey =
				      "type,name,label,calculation,relevant\n"
				      "text,a,A,,\ncalculate,b,,${c} + 1,\n"
				      "calculate,c,,${d} + ${a},\n"
				      "text,d,D,,${b} > 3\n" },
	    "survey.csv: row 3, column calculation: " CIRCLE "c" CIRCLE_MEND,
	    "survey.csv: row 4, column calculation: " CIRCLE "d" CIRCLE_MEND,
	    "survey.csv: row 5, column relevant: " CIRCLE "b" CIRCLE_MEND,
	    NULL);
}

#define ROWS 3000 /* each with each is above the budget */

/* The form loads, and no kiosk could begin it. */
static void what_takes_too_long_at_the_start_is_told_at_its_cell(void **state)
{
	struct bytes list = { 0 };

	(void)state;
	bytes_add_text(&list, "list_name,name,label\n");
	for (int i = 0; i < ROWS; i++)
		bytes_add_format(&list, "l,n%d,N\n", i);
	SCOPED(char_freep) char *choices = bytes_take_text(&list);
	static const char *const required[] = { "yes", "" };

	for (size_t i = 0; i < COUNT(required); i++) {
		SCOPED(char_freep)
		char *survey =
		    xasprintf("type,name,label,required,choice_filter\n"
			      "select_one l,a,A,%s,name = "
			      "instance('l')/root/item[name != "
			      "'']/name\n",
			      required[i]);

		sheets_find(
		    (struct sheets_text){ .survey = survey,
					  .choices = choices },
		    "survey.csv: row 2, column choice_filter: more than "
		    "10000000 steps; it visits too many nodes, or reads too "
		    "much "
		    "text: instance('l')/root/item[name = "
		    "instance('l')/root/item[name != '']/name]",
		    NULL);
	}
	sheets_find(
	    (struct sheets_text){
		.survey = "type,name,label,calculation\nselect_one l,a,A,\n"
			  "calculate,b,,count(instance('l')/root/item[name = "
			  "instance('l')/root/item[name != '']/name])\n",
		.choices = choices },
	    "survey.csv: row 3, column calculation: more than 2000000 steps; "
	    "it visits too many nodes, or reads too much text: "
	    "count(instance('l')/root/item[name = "
	    "instance('l')/root/item[name != '']/name])",
	    NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_that_are_no_questions),
		cmocka_unit_test(groups_that_do_not_close),
		cmocka_unit_test(references_that_lead_nowhere),
		cmocka_unit_test(expressions_that_are_none),
		cmocka_unit_test(choices_that_cannot_be_chosen),
		cmocka_unit_test(
		    what_the_kiosk_has_not_is_refused_with_its_mend),
		cmocka_unit_test(what_the_kiosk_cannot_show_is_warned_of),
		cmocka_unit_test(what_changes_nothing_is_warned_of),
		cmocka_unit_test(a_parameter_takes_what_its_attribute_does),
		cmocka_unit_test(words_at_a_range_belong_to_its_values),
		cmocka_unit_test(saving_needs_a_place_to_save_to),
		cmocka_unit_test(sheets_that_are_missing_or_lack_columns),
		cmocka_unit_test(settings_that_make_no_sense),
		cmocka_unit_test(settings_that_nothing_reads),
		cmocka_unit_test(sounds_and_films_that_a_kiosk_does_not_play),
		cmocka_unit_test(an_attribute_of_an_undeclared_namespace),
		cmocka_unit_test(a_label_of_no_language_beside_one_of_some),
		cmocka_unit_test(a_cycle_is_told_at_each_of_its_cells),
		cmocka_unit_test(
		    what_takes_too_long_at_the_start_is_told_at_its_cell),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
