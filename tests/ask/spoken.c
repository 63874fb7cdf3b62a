#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "ask/check.h"
#include "base/bytes.h"
#include "speech/prompts.h"
#include "tests/support/asks.h"
#include "tests/support/forms.h"

/*
 * What questions say aloud, written as one line: "question / 1 first* / 2
 * second", where * is under the highlight, ! a warning, and what is private
 * stands in brackets.
 */
static char *line_of(const struct prompts *prompts)
{
	struct bytes line = { 0 };

	bytes_add_text(&line, "");
	for (size_t i = 0; i < prompts->count; i++) {
		const struct prompt *prompt = &prompts->items[i];

		bytes_add_text(&line, i ? " / " : "");
		bytes_add_text(&line, prompt->private ? "(" : "");
		if (prompt->number)
			bytes_add_format(&line, "%d ", prompt->number);
		bytes_add_text(&line, prompt->text);
		bytes_add_text(&line, prompt->part == PROMPT_NOTICE ? "!" : "");
		bytes_add_text(&line, prompt->focused ? "*" : "");
		bytes_add_text(&line, prompt->private ? ")" : "");
	}
	return bytes_take_text(&line);
}

static void expect_said(const struct asks *asks, const char *line)
{
	struct prompts prompts = { 0 };

	question_say(asks->question, &prompts);
	SCOPED(char_freep) char *said = line_of(&prompts);

	assert_string_equal(said, line);
	prompts_done(&prompts);
}

#define TEXT(id, words) "<text id='" id "'><value>" words "</value></text>"
#define NAME "<output value='/data/n'/>"

/* A list whose choice B is marked private. */
#define LIST                                                                  \
	"<instance "                                                          \
	"id='n'><root><item><name>A</name><label>Food</label></item>"         \
	"<item><name>B</name><label>Being safe</label><private>yes</private>" \
	"</item></root></instance>"
#define FROM_LIST(name)                                                    \
	"<select ref='/data/" name "'><label>" name "?</label>"            \
	"<itemset nodeset=\"instance('n')/root/item\"><value ref='name'/>" \
	"<label ref='label'/></itemset></select>"
#define ITEM(name, label) \
	"<item><label>" label "</label><value>" name "</value></item>"

/* A scale with words at both ends. */
#define MARKS                                                                 \
	"<bind nodeset='/data/a' type='int'/><itext><translation "            \
	"lang='en'>" TEXT("i-1", "Bad") TEXT(                                 \
	    "i-5",                                                            \
	    "As " NAME) "</translation></itext>"                              \
			"<instance id='p'><root>"                             \
			"<item><itextId>i-1</itextId><name>1</name></item>"   \
			"<item><itextId>i-5</itextId><name>5</name></item></" \
			"root></instance>"
#define RANGE                                             \
	"<range ref='/data/a' start='1' end='5' step='1'" \
	" odk:tick-labelset='p'><label>How well?</label></range>"

static const struct {
	const char *data, *rest, *body, *line;
} questions[] = {
	{ "<a/>", "",
	  "<select1 ref='/data/a'><label>Who?</label><hint>Pick "
	  "one</hint>" ITEM("Y", "Yes") ITEM("N", "No") "</select1>",
	  "Who? / Pick one / 1 Yes* / 2 No" },
	/* All of a private question is. */
	{ "<a/>", "",
	  "<select1 ref='/data/a' appearance='private'><label>Safe?</label>"
	  "<hint>Now</hint>" ITEM("Y", "Yes") "</select1>",
	  "(Safe?) / (Now) / (1 Yes*)" },
	/* A choice that must not show is not heard. */
	{ "<a/>", LIST, FROM_LIST("a"),
	  "a? / 1 Food* / (Not chosen*) / (2 Being safe) / (Not chosen)" },
	/* Nor is an answer in other words: a name stays what it is. */
	{ "<n>Selam</n><a/>", "",
	  "<input ref='/data/a'><label>Is <output value='/data/n'/> here?"
	  "</label><hint>For <output value='/data/n'/></hint></input>",
	  "(Is Selam here?) / (For Selam) / Write with the letters below. / "
	  "()" },
	{ "<n>Selam</n><a/>", "",
	  "<select1 ref='/data/a'><label>Who?</label><item><label>With "
	  "<output value='/data/n'/></label><value>W</value></item>" ITEM(
	      "N", "No") "</select1>",
	  "Who? / (1 With Selam*) / 2 No" },
	/* What it lies in comes first, each with its own recording. */
	{ "<n>Selam</n><r><a/></r>", "",
	  "<group><label>Home of " NAME "</label>"
	  "<group ref='/data/r'><label>Child</label>"
	  "<repeat nodeset='/data/r'><input ref='/data/r/a'><label>Who?"
	  "</label></input></repeat></group></group>",
	  "(Home of Selam) / Child / 1 / Who? / Write with the letters below. "
	  "/ ()" },
	/* Languages are told by their own names, into headphones. */
	{ "<a/>", "",
	  "<select1 ref='/data/a' "
	  "appearance='language'><label>Which?</label>" ITEM("so", "SO")
	      ITEM("x1", "?") "</select1>",
	  "Which? / (1 Soomaali*) / 2 Another language" },
	/* Of a private one, "another language" is nobody's to hear either. */
	{ "<a/>", "",
	  "<select1 ref='/data/a' appearance='language private'>"
	  "<label>Which?</label>" ITEM("so", "SO") ITEM("x1", "?") "</select1>",
	  "(Which?) / (1 Soomaali*) / (2 Another language)" },
	{ "<a>7</a>", "<bind nodeset='/data/a' type='int'/>",
	  "<input ref='/data/a' appearance='counter'>"
	  "<label>How many?</label></input>",
	  "How many? / 7" },
	/* What the words at a scale are, and then that of the value. */
	{ "<n>Selam</n><a/>", MARKS, RANGE,
	  "How well? / 1 / Bad / 5 / (As Selam)" },
	{ "<n>Selam</n><a>5</a>", MARKS, RANGE, "How well? / 5 / (As Selam)" },
	{ "<n>Selam</n><a>4</a>", MARKS, RANGE, "How well? / 4" },
	{ "<a>1990-05-07</a>", "<bind nodeset='/data/a' type='date'/>",
	  "<input ref='/data/a'><label>When?</label></input>",
	  "When? / Gregorian Calendar / Day* / 7* / Month / May / Year / "
	  "1990" },
	{ "<a>Selam</a>", "",
	  "<input ref='/data/a'><label>Name?</label></input>",
	  "Name? / Write with the letters below. / (M)" },
	{ "<a/>", "",
	  "<upload ref='/data/a' mediatype='image/*'><label>Photo"
	  "</label></upload>",
	  "Photo / Not available here" },
};

static void a_question_tells_what_it_asks(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(questions); i++) {
		struct asks asks;

		asks_start(&asks, "en", questions[i].data, questions[i].rest,
			   questions[i].body);
		asks_at(&asks, strstr(questions[i].data, "<r>") ? "/data/r/a"
								: "/data/a");
		expect_said(&asks, questions[i].line);
		asks_done(&asks);
	}
}

static void the_row_under_the_highlight_and_a_warning_are_told(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(&asks, "en", "<a/>",
		   "<bind nodeset='/data/a' required='true()'/>",
		   "<select1 ref='/data/a'><label>Who?</label>" ITEM("Y", "Yes")
		       ITEM("N", "No") "</select1>");
	asks_at(&asks, "/data/a");
	assert_int_equal(asks_key(&asks, UI_KEY_DOWN), QUESTION_CHANGED);
	expect_said(&asks, "Who? / 1 Yes / 2 No*");
	assert_int_equal(asks_onward(&asks), QUESTION_CHANGED);
	expect_said(&asks, "Who? / Please choose one answer here.! / "
			   "1 Yes / 2 No*");
	asks_done(&asks);
}

/* In the form's translations too, and in what it says of a wrong answer. */
static void words_with_an_answer_in_them_are_private(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(
	    &asks, "en", "<n>Selam</n><a/>",
	    "<itext><translation lang='en'>" TEXT("l", "With " NAME "?")
		TEXT("h", "One of these") TEXT(
		    "m", "Ask " NAME) "</translation></itext>"
				      "<bind nodeset='/data/a' constraint=\". "
				      "!= 'N'\""
				      " jr:constraintMsg=\"jr:itext('m')\"/>",
	    "<select1 ref='/data/a'><label ref=\"jr:itext('l')\"/>"
	    "<hint ref=\"jr:itext('h')\"/>" ITEM("N", "No") "</select1>");
	asks_at(&asks, "/data/a");
	expect_said(&asks, "(With Selam?) / One of these / 1 No*");
	asks_type(&asks, "1");
	expect_said(&asks, "(With Selam?) / One of these / (Ask Selam!) / "
			   "1 No*");
	asks_done(&asks);
}

static void answers_in_the_review_are_private(void **state)
{
	struct asks asks;
	struct check check;
	struct prompts prompts = { 0 };

	(void)state;
	asks_start(&asks, "en", "<a>Selam</a>", "",
		   "<input ref='/data/a'><label>Name?</label></input>");
	assert_int_equal(check_make(asks.run, &asks.look, false, &check),
			 FAULT_NONE);
	check_say(&check, &prompts);
	SCOPED(char_freep) char *said = line_of(&prompts);

	assert_string_equal(
	    said, "Check your answers / 1 Finish and print my paper* / "
		  "(2 Name?  Selam)");
	prompts_done(&prompts);
	check_done(&check);
	asks_done(&asks);
}

static void a_number_on_a_scale_is_said_as_it_is_shown(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(&asks, "fr", "<a/>",
		   "<bind nodeset='/data/a' type='decimal'/>",
		   "<range ref='/data/a' start='0.5' end='2' step='0.5'>"
		   "<label>a?</label></range>");
	asks_at(&asks, "/data/a");
	asks_key(&asks, UI_KEY_UP);
	expect_said(&asks, "a? / 0,5");
	asks_done(&asks);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_question_tells_what_it_asks),
		cmocka_unit_test(
		    the_row_under_the_highlight_and_a_warning_are_told),
		cmocka_unit_test(words_with_an_answer_in_them_are_private),
		cmocka_unit_test(answers_in_the_review_are_private),
		cmocka_unit_test(a_number_on_a_scale_is_said_as_it_is_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
