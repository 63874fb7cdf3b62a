#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "ask/review.h"
#include "ask/title.h"
#include "base/bytes.h"
#include "speech/prompts.h"
#include "tests/support/asks.h"
#include "tests/support/forms.h"
#include "tests/support/golden.h"

/* Each question of a form as it is first seen, after keys were typed. */
static void add_picture(struct bytes *out, struct asks *asks,
			const char *reference, const char *keys, int rows,
			int columns)
{
	asks_at(asks, reference);
	SCOPED(char_freep) char *before = asks_picture(asks, rows, columns);

	if (keys)
		asks_type(asks, keys);
	SCOPED(char_freep) char *picture = asks_picture(asks, rows, columns);
	SCOPED(char_freep) char *heading = title_words(&asks->step);

	bytes_add_format(out, "== %s %s\n%s\n", reference, heading, picture);
}

static void pictures_are_as_they_should_be(void **state)
{
	static const struct {
		const char *name, *form, *language;
		int rows, columns;
		struct {
			const char *reference, *keys;
		} screens[9];
	} cases[] = {
		{ "ask-scales-60x9",
		  "scales",
		  "en",
		  9,
		  60,
		  { { "/data/sleep", "7" },
		    { "/data/stars", "4" },
		    { "/data/upright", "4" },
		    { "/data/plain", "35" },
		    { "/data/picker", NULL },
		    { "/data/half", "+++" },
		    { "/data/named", "3" },
		    { "/data/tall", "5" } } },
		{ "ask-scales-80x19",
		  "scales",
		  "en",
		  19,
		  80,
		  { { "/data/sleep", NULL },
		    { "/data/stars", "2" },
		    { "/data/upright", "8" } } },
		{ "ask-scales-arabic-60x9",
		  "scales",
		  "ar",
		  9,
		  60,
		  { { "/data/sleep", "7" }, { "/data/stars", "4" } } },
		{ "ask-columns-60x9",
		  "columns",
		  "en",
		  9,
		  60,
		  { { "/data/two", NULL },
		    { "/data/pack", "24" },
		    { "/data/scale", NULL },
		    { "/data/plain", NULL } } },
		{ "ask-columns-80x19",
		  "columns",
		  "en",
		  19,
		  80,
		  { { "/data/pack", NULL }, { "/data/scale", NULL } } },
		{ "ask-columns-arabic-60x9",
		  "columns",
		  "ar",
		  9,
		  60,
		  { { "/data/scale", NULL } } },
		{ "ask-find-60x9",
		  "find",
		  "en",
		  9,
		  60,
		  { { "/data/town", NULL }, { "/data/few", NULL } } },
		{ "ask-find-80x19",
		  "find",
		  "en",
		  19,
		  80,
		  { { "/data/town", "dam" }, { "/data/towns", "malmo" } } },
		{ "ask-written-80x19",
		  "written",
		  "en",
		  19,
		  80,
		  { { "/data/secret", "Abc" },
		    { "/data/money", "1250000" },
		    { "/data/fixed", NULL } } },
		{ "ask-table-60x9",
		  "table",
		  "en",
		  9,
		  60,
		  { { "/data/t/sleep", "2" }, { "/data/m/f0", NULL } } },
		{ "ask-table-80x19",
		  "table",
		  "en",
		  19,
		  80,
		  { { "/data/t/sleep", "2" }, { "/data/m/f0", NULL } } },
		{ "ask-table-arabic-60x9",
		  "table",
		  "ar",
		  9,
		  60,
		  { { "/data/t/sleep", "2" } } },
		{ "ask-dates-60x9",
		  "dates",
		  "en",
		  9,
		  60,
		  { { "/data/month", NULL },
		    { "/data/year", NULL },
		    { "/data/ethiopian", NULL },
		    { "/data/islamic", NULL } } },
		{ "ask-marked-60x9",
		  "marked",
		  "en",
		  9,
		  60,
		  { { "/data/bed", NULL }, { "/data/photo", NULL } } },
		{ "ask-marked-80x19",
		  "marked",
		  "en",
		  19,
		  80,
		  { { "/data/bed", NULL } } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct bytes out = { 0 };
		struct asks asks;

		asks_open(&asks, cases[i].language, cases[i].form);
		for (size_t j = 0; cases[i].screens[j].reference; j++)
			add_picture(&out, &asks, cases[i].screens[j].reference,
				    cases[i].screens[j].keys, cases[i].rows,
				    cases[i].columns);
		SCOPED(char_freep) char *whole = bytes_take_text(&out);

		assert_golden(cases[i].name, whole);
		asks_done(&asks);
	}
}

/* "u" and "d" are up and down, "b" erases, the rest is typed. */
static void press(struct asks *asks, const char *keys)
{
	for (; *keys; keys++) {
		char one[2] = { *keys, 0 };

		if (*keys == 'u' || *keys == 'd')
			asks_key(asks, *keys == 'u' ? UI_KEY_UP : UI_KEY_DOWN);
		else if (*keys == 'b')
			asks_key(asks, UI_KEY_BACKSPACE);
		else
			asks_type(asks, one);
	}
}

static void a_scale_goes_by_steps_and_takes_whole_numbers(void **state)
{
	static const struct {
		const char *reference, *keys, *value;
	} cases[] = {
		{ "/data/sleep", "", "" },
		{ "/data/sleep", "u", "0" },
		{ "/data/sleep", "d", "0" },
		{ "/data/sleep", "uuu", "2" },
		{ "/data/sleep", "10", "10" },
		{ "/data/sleep", "10u", "10" },
		{ "/data/sleep", "95", "5" }, /* 95 is beyond it */
		{ "/data/sleep", "9b", "" },
		{ "/data/stars", "u", "1" },
		{ "/data/upright", "uu", "2" },
		{ "/data/upright", "3", "" }, /* between two steps */
		{ "/data/plain", "35", "35" },
		{ "/data/steps", "150", "150" },
		{ "/data/steps", "15", "" }, /* more is to come */
		{ "/data/steps", "2150", "150" },
		{ "/data/year", "2005", "2005" },
		{ "/data/year", "19992", "1999" },
		{ "/data/high", "165", "165" },
		{ "/data/half", "u", "-1.0" },
		{ "/data/half", "uuuu", "0.5" },
		{ "/data/half", "uuud", "-0.5" },
		{ "/data/half", "uuu", "0.0" },
		{ "/data/half", "uuuuu", "1.0" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct asks asks;

		asks_open(&asks, "en", "scales");
		asks_at(&asks, cases[i].reference);
		press(&asks, cases[i].keys);
		assert_string_equal(forms_value(asks.run, cases[i].reference),
				    cases[i].value);
		asks_done(&asks);
	}
}

static enum question_event touch(struct asks *asks, int y, int x)
{
	SCOPED(char_freep) char *drawn = asks_picture(asks, 9, 60);
	const struct ui_event event = { .key = UI_KEY_POINT, .y = y, .x = x };
	enum question_event what;

	assert_int_equal(question_key(asks->question, &event, &what),
			 FAULT_NONE);
	return what;
}

/* Halves and hundreds too, on the scale and in the review. */
static void a_scale_is_in_the_digits_of_the_language(void **state)
{
	static const struct {
		const char *language, *end, *half, *hundred;
	} rows[] = {
		{ "en", "100", "0.5", "99.5" },
		{ "fr", "100", "0,5", "99,5" },
		{ "ar", "١٠٠", "٠٫٥", "٩٩٫٥" },
		{ "zh-Hans", "100", "0.5", "99.5" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct asks asks;

		asks_start(&asks, rows[i].language, "<a/>",
			   "<bind nodeset='/data/a' type='decimal'/>",
			   "<range ref='/data/a' start='0' end='100' "
			   "step='0.5'/>");
		asks_at(&asks, "/data/a");
		assert_true(asks_shows(&asks, rows[i].end));
		asks_type(&asks, "+");
		asks_type(&asks, "+");
		SCOPED(char_freep)
		char *value = xstrdup(forms_value(asks.run, "/data/a"));

		assert_string_equal(value, "0.5");
		assert_true(asks_shows(&asks, rows[i].half));
		assert_int_equal(forms_set(asks.run, "/data/a", "99.5"),
				 RUN_TAKEN);
		SCOPED(char_freep)
		char *words =
		    field_words(forms_node(asks.run, "/data/a"), &asks.look);

		assert_string_equal(words, rows[i].hundred);
		asks_done(&asks);
	}
}

static void a_scale_is_touched_where_its_value_stands(void **state)
{
	struct asks asks;

	(void)state;
	asks_open(&asks, "en", "scales");
	asks_at(&asks, "/data/sleep");
	touch(&asks, 4, 4); /* "0 ┴" */
	assert_string_equal(forms_value(asks.run, "/data/sleep"), "0");
	touch(&asks, 4, 44);
	assert_string_equal(forms_value(asks.run, "/data/sleep"), "10");
	asks_at(&asks, "/data/sleep");
	press(&asks, "1");
	touch(&asks, 4, 4);
	press(&asks, "0"); /* no 10 */
	assert_string_equal(forms_value(asks.run, "/data/sleep"), "0");
	asks_at(&asks, "/data/stars");
	touch(&asks, 4, 12);
	assert_string_equal(forms_value(asks.run, "/data/stars"), "3");
	asks_done(&asks);
	/* From the other side. */
	asks_open(&asks, "ar", "scales");
	asks_at(&asks, "/data/sleep");
	touch(&asks, 4, 55);
	assert_string_equal(forms_value(asks.run, "/data/sleep"), "0");
	asks_done(&asks);
}

static void marks_and_the_knob_stand_where_the_form_wants_them(void **state)
{
	struct asks asks;

	(void)state;
	asks_open(&asks, "en", "scales");
	asks_at(&asks, "/data/marks");
	assert_true(asks_shows(
	    &asks, "0 ┴─────────┴─────────○─────────┴─────────┴ 20"));
	assert_string_equal(forms_value(asks.run, "/data/marks"), "");
	press(&asks, "5");
	assert_true(asks_shows(
	    &asks, "0 ┴─────────●─────────┴─────────┴─────────┴ 20"));
	asks_done(&asks);
}

static void an_answer_is_found_by_its_letters_in_any_script(void **state)
{
	static const struct {
		const char *typed, *value;
	} cases[] = {
		{ "HOM", "homs" },    { "ez zor", "deir_ez-zor" },
		{ "malmo", "malmo" }, { "አስመ", "asmara" },
		{ "هرا", "herat" },   { "ЛЬВ", "lviv" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct asks asks;

		asks_open(&asks, "en", "find");
		asks_at(&asks, "/data/town");
		asks_type(&asks, cases[i].typed);
		assert_true(question_typing(asks.question));
		assert_int_equal(asks_key(&asks, UI_KEY_ENTER),
				 QUESTION_CHANGED);
		assert_false(question_typing(asks.question));
		assert_int_equal(asks_type(&asks, "1"), QUESTION_SHOWN);
		assert_string_equal(forms_value(asks.run, "/data/town"),
				    cases[i].value);
		asks_done(&asks);
	}
}

static void what_was_checked_before_looking_stays_checked(void **state)
{
	struct asks asks;

	(void)state;
	asks_open(&asks, "en", "find");
	asks_at(&asks, "/data/towns");
	asks_type(&asks, "2");
	asks_type(&asks, "lat");
	asks_key(&asks, UI_KEY_ENTER);
	asks_type(&asks, "1");
	assert_string_equal(forms_value(asks.run, "/data/towns"),
			    "damascus latakia");
	asks_done(&asks);
}

/* Who finds nothing goes on writing; the way back leads to the whole list. */
static void nothing_found_is_no_dead_end(void **state)
{
	struct asks asks;

	(void)state;
	asks_open(&asks, "en", "find");
	asks_at(&asks, "/data/town");
	asks_type(&asks, "zzz");
	asks_key(&asks, UI_KEY_ENTER);
	assert_true(question_typing(asks.question));
	for (int i = 0; i < 3; i++)
		asks_key(&asks, UI_KEY_BACKSPACE);
	asks_key(&asks, UI_KEY_ENTER);
	assert_true(asks_shows(&asks, "1  Aleppo"));
	asks_done(&asks);
}

static void a_list_too_long_for_any_screen_is_looked_through(void **state)
{
	struct bytes items = { 0 };
	struct asks asks;

	(void)state;
	for (int i = 0; i < 600; i++)
		bytes_add_format(&items,
				 "<item><label>Place %d</label>"
				 "<value>p%d</value></item>",
				 i, i);
	SCOPED(char_freep) char *text = bytes_take_text(&items);
	SCOPED(char_freep)
	char *body = xasprintf("<select1 ref='/data/a'><label>a?</label>%s"
			       "</select1>",
			       text);

	asks_start(&asks, "en", "<a/>", "", body);
	asks_at(&asks, "/data/a");
	asks_type(&asks, "place 599");
	asks_key(&asks, UI_KEY_ENTER);
	asks_type(&asks, "1");
	assert_string_equal(forms_value(asks.run, "/data/a"), "p599");
	/* It is there again, though far behind what a list holds. */
	asks_at(&asks, "/data/a");
	assert_true(asks_shows(&asks, "Place 599"));
	asks_done(&asks);
}

static void masked_answers_are_dots_wherever_they_show(void **state)
{
	struct review review;
	struct asks asks;

	(void)state;
	asks_open(&asks, "en", "written");
	asks_at(&asks, "/data/secret");
	asks_type(&asks, "Abc");
	assert_false(asks_shows(&asks, "Abc"));
	asks_onward(&asks);
	assert_string_equal(forms_value(asks.run, "/data/secret"), "Abc");
	review_make(asks.run, &asks.look, &review);
	assert_string_equal(review.rows[0].answer, "•••••");
	review_done(&review);
	asks_done(&asks);
}

/* In a folded row, a repeat's list and the review: whatever its type. */
static void a_masked_answer_of_any_type_is_dots(void **state)
{
	static const struct {
		const char *type, *value;
	} rows[] = {
		{ "string", "Abc" },
		{ "int", "1234" },
		{ "decimal", "12.5" },
		{ "date", "1997-09-11" },
		{ "time", "14:30:00.000" },
		{ "dateTime", "1997-09-11T14:30:00.000" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		SCOPED(char_freep)
		char *bind = xasprintf("<bind nodeset='/data/a' type='%s'/>",
				       rows[i].type);
		struct asks asks;

		asks_start(&asks, "en", "<a/>", bind,
			   "<input ref='/data/a' appearance='masked'/>");
		assert_int_equal(forms_set(asks.run, "/data/a", rows[i].value),
				 RUN_TAKEN);
		SCOPED(char_freep)
		char *words =
		    field_words(forms_node(asks.run, "/data/a"), &asks.look);

		assert_string_equal(words, "•••••");
		asks_done(&asks);
	}
}

#define ITEMS                                              \
	"<item><label>Red</label><value>r</value></item>"  \
	"<item><label>Blue</label><value>b</value></item>" \
	"<item><label>Green</label><value>g</value></item>"

/* What is chosen, not written; control is without its appearance. */
static const struct {
	const char *type, *before, *behind, *value;
} chosen[] = {
	{ "string", "<select1 ref='/data/a'", ">" ITEMS "</select1>", "b" },
	{ "string", "<select ref='/data/a'", ">" ITEMS "</select>", "b g" },
	{ "boolean", "<input ref='/data/a'", "/>", "false" },
	{ "int", "<range ref='/data/a' start='1' end='9' step='1'", "/>", "7" },
	{ "date", "<input ref='/data/a'", "/>", "1997-09-11" },
	{ "time", "<input ref='/data/a'", "/>", "14:30:00.000" },
	{ "dateTime", "<input ref='/data/a'", "/>", "1997-09-11T14:30:00.000" },
};

static void start_chosen(struct asks *asks, size_t row, const char *word)
{
	SCOPED(char_freep)
	char *bind =
	    xasprintf("<bind nodeset='/data/a' type='%s'/>", chosen[row].type);
	SCOPED(char_freep)
	char *body = xasprintf("%s appearance='%s'%s", chosen[row].before, word,
			       chosen[row].behind);

	asks_start(asks, "en", "<a/>", bind, body);
}

static char *picture_coming_back(struct asks *asks)
{
	asks_at(asks, "/data/a");
	return asks_picture(asks, 19, 80);
}

/* Not on its own screen either: there is nothing that could be dots. */
static void a_masked_answer_that_is_chosen_is_gone_with_its_screen(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(chosen) * 2; i++) {
		size_t row = i / 2;
		bool masked = i % 2;
		struct asks asks;

		start_chosen(&asks, row, masked ? "masked" : "");
		SCOPED(char_freep) char *blank = picture_coming_back(&asks);

		assert_int_equal(
		    forms_set(asks.run, "/data/a", chosen[row].value),
		    RUN_TAKEN);
		SCOPED(char_freep) char *answered = picture_coming_back(&asks);
		SCOPED(char_freep)
		char *words =
		    field_words(forms_node(asks.run, "/data/a"), &asks.look);

		assert_int_equal(strcmp(answered, blank) == 0, masked);
		assert_int_equal(strcmp(words, "•••••") == 0, masked);
		/* Who goes on without touching it keeps it. */
		assert_int_equal(asks_onward(&asks), QUESTION_ONWARD);
		assert_string_equal(forms_value(asks.run, "/data/a"),
				    chosen[row].value);
		asks_done(&asks);
	}
}

/* It is not seen for a moment more, nor spoken into the room. */
static void a_masked_choice_is_left_at_once(void **state)
{
	struct prompts said = { 0 };
	struct asks asks;

	(void)state;
	start_chosen(&asks, 0, "masked");
	asks_at(&asks, "/data/a");
	asks_key(&asks, UI_KEY_DOWN);
	question_say(asks.question, &said);
	assert_true(said.count > 0);
	for (size_t i = 0; i < said.count; i++)
		assert_true(said.items[i].private);
	prompts_done(&said);
	assert_int_equal(asks_key(&asks, UI_KEY_ENTER), QUESTION_ONWARD);
	assert_string_equal(forms_value(asks.run, "/data/a"), "b");
	asks_done(&asks);
}

/* Boxes that came back blank and are blank again say nothing. */
static void ticks_taken_back_keep_what_is_not_shown(void **state)
{
	static const struct {
		const char *word, *kept;
	} rows[] = { { "masked", "b g" }, { "private", "b g" }, { "", "b" } };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		SCOPED(char_freep)
		char *body = xasprintf(
		    "<select ref='/data/a' appearance='%s'>"
		    "<item><label>R</label><value>r</value></item>"
		    "<item><label>B</label><value>b</value></item>"
		    "<item><label>G</label><value>g</value></item></select>",
		    rows[i].word);
		struct asks asks;

		asks_start(&asks, "en", "<a/>", "", body);
		assert_int_equal(forms_set(asks.run, "/data/a", "b g"),
				 RUN_TAKEN);
		asks_at(&asks, "/data/a");
		asks_type(&asks, "3");
		asks_type(&asks, "1");
		assert_string_equal(forms_value(asks.run, "/data/a"),
				    rows[i].word[0] ? "r g" : "r b");
		asks_type(&asks, "1");
		if (rows[i].word[0])
			asks_type(&asks, "3");
		assert_string_equal(forms_value(asks.run, "/data/a"),
				    rows[i].kept);
		asks_done(&asks);
	}
}

/* Back from another question of its screen it is as gone as from another
 * screen. */
static void
what_must_not_show_again_is_gone_beside_another_question(void **state)
{
	static const char *const words[] = { "masked", "private" };

	(void)state;
	for (size_t i = 0; i < COUNT(words); i++) {
		SCOPED(char_freep)
		char *body = xasprintf("<group ref='/data/g' "
				       "appearance='field-list'>"
				       "<input ref='/data/g/a' "
				       "appearance='%s'/>"
				       "<input ref='/data/g/b'/></group>",
				       words[i]);
		struct asks asks;

		asks_start(&asks, "en", "<g><a/><b/></g>",
			   "<bind nodeset='/data/g/a' type='date'/>", body);
		asks_at(&asks, "/data/g/a");
		asks_type(&asks, "11");
		asks_key(&asks, UI_KEY_ENTER);
		asks_type(&asks, "9");
		asks_key(&asks, UI_KEY_ENTER);
		asks_type(&asks, "1997");
		assert_true(asks_shows(&asks, "1997"));
		asks_key(&asks, UI_KEY_ENTER);
		assert_string_equal(forms_value(asks.run, "/data/g/a"),
				    "1997-09-11");
		assert_false(asks_shows(&asks, "1997"));
		assert_int_equal(asks_back(&asks), QUESTION_CHANGED);
		assert_false(asks_shows(&asks, "1997"));
		assert_int_equal(asks_onward(&asks), QUESTION_CHANGED);
		assert_string_equal(forms_value(asks.run, "/data/g/a"),
				    "1997-09-11");
		asks_done(&asks);
	}
}

/* A counter has its number in large letters; masked it is written. */
static void a_masked_number_is_written_and_not_counted(void **state)
{
	static const struct {
		const char *word;
		bool shows;
	} rows[] = { { "counter", true }, { "counter masked", false } };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		SCOPED(char_freep)
		char *body = xasprintf("<input ref='/data/a' appearance='%s'/>",
				       rows[i].word);
		struct asks asks;

		asks_start(&asks, "en", "<a/>",
			   "<bind nodeset='/data/a' type='int'/>", body);
		asks_at(&asks, "/data/a");
		asks_type(&asks, "4711");
		asks_onward(&asks);
		assert_string_equal(forms_value(asks.run, "/data/a"), "4711");
		assert_int_equal(asks_shows(&asks, "4711"), rows[i].shows);
		assert_int_equal(asks_shows(&asks, "••••"), !rows[i].shows);
		asks_at(&asks, "/data/a");
		assert_int_equal(asks_shows(&asks, "4711"), rows[i].shows);
		asks_done(&asks);
	}
}

static void no_key_shows_a_masked_answer(void **state)
{
	static const struct {
		const char *language, *larger, *own_letters;
	} rows[] = {
		{ "en", "Show it larger", NULL },
		{ "zh-Hans", "放大显示", "ABC" },
		{ "am", "በትልቁ ማሳየት", "A B C" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct asks asks;

		asks_start(&asks, rows[i].language, "<a/><b/>", "",
			   "<input ref='/data/a'/>"
			   "<input ref='/data/b' appearance='masked'/>");
		asks_at(&asks, "/data/a");
		SCOPED(char_freep) char *open = asks_picture(&asks, 19, 80);

		asks_at(&asks, "/data/b");
		SCOPED(char_freep) char *masked = asks_picture(&asks, 19, 80);

		assert_non_null(strstr(open, rows[i].larger));
		assert_null(strstr(masked, rows[i].larger));
		/* What is offered would be seen until it is chosen. */
		if (rows[i].own_letters) {
			assert_non_null(strstr(open, rows[i].own_letters));
			assert_null(strstr(masked, rows[i].own_letters));
		}
		asks_done(&asks);
	}
}

static void numbers_are_grouped_as_the_language_does(void **state)
{
	static const struct {
		const char *language, *words;
	} cases[] = { { "en", "1,250,000" }, { "hi", "12,50,000" } };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct asks asks;

		asks_open(&asks, cases[i].language, "written");
		forms_set(asks.run, "/data/money", "1250000");
		asks_at(&asks, "/data/money");
		assert_true(asks_shows(&asks, cases[i].words));
		asks_done(&asks);
	}
}

static void a_read_only_answer_is_seen_and_stays(void **state)
{
	struct asks asks;

	(void)state;
	asks_open(&asks, "en", "written");
	asks_at(&asks, "/data/fixed");
	assert_true(asks_shows(&asks, "Evening"));
	assert_false(asks_shows(&asks, "Morning"));
	assert_int_equal(asks_type(&asks, "1"), QUESTION_IGNORED);
	assert_int_equal(asks_key(&asks, UI_KEY_ENTER), QUESTION_SHOWN);
	assert_string_equal(forms_value(asks.run, "/data/fixed"), "b");
	asks_done(&asks);
}

static void numbers_are_taken_in_any_digits(void **state)
{
	struct asks asks;

	(void)state;
	asks_open(&asks, "ar", "written");
	asks_at(&asks, "/data/own");
	for (int i = 0; i < 4; i++)
		asks_key(&asks, UI_KEY_BACKSPACE);
	asks_type(&asks, "٦٢٫٥");
	asks_onward(&asks);
	assert_string_equal(forms_value(asks.run, "/data/own"), "62.5");
	asks_done(&asks);
}

/* --- repeats ---------------------------------------------------------------
 */

/* "Yes" on the list behind the instances, at row from the first one. */
static enum question_event press_row(struct asks *asks, int row)
{
	asks_key(asks, UI_KEY_HOME);
	for (int i = 0; i < row; i++)
		asks_key(asks, UI_KEY_DOWN);
	return asks_key(asks, UI_KEY_ENTER);
}

static void expect_steps(struct asks *asks, const char *expected)
{
	SCOPED(char_freep) char *steps = asks_steps(asks);

	assert_string_equal(steps, expected);
}

/* To where the question goes, as the kiosk does it. */
static void follow(struct asks *asks)
{
	struct node *instance = question_goes(asks->question);

	assert_true(step_inside(instance, &asks->step));
	question_free(asks->question);
	assert_int_equal(
	    question_new(asks->run, &asks->step, &asks->look, &asks->question),
	    FAULT_NONE);
}

static void another_one_is_asked_for_behind_those_there_are(void **state)
{
	struct asks asks;

	(void)state;
	asks_open(&asks, "en", "repeats");
	expect_steps(&asks, "start | child | end");
	asks_at(&asks, "/data/child");
	assert_true(asks_shows(&asks, "▸ 1  +  Child"));
	assert_int_equal(asks_key(&asks, UI_KEY_ENTER), QUESTION_GOES);
	expect_steps(&asks, "start | name | age | toy | child | end");
	follow(&asks);
	assert_string_equal(node_name(asks.step.field[0]), "name");
	asks_type(&asks, "Amira");
	asks_onward(&asks);
	assert_string_equal(forms_value(asks.run, "/data/child[1]/name"),
			    "Amira");
	forms_set(asks.run, "/data/child[1]/age", "4");
	asks_at(&asks, "/data/child");
	assert_true(asks_shows(&asks, "1  Amira · 4"));
	/* Only yes goes on now. */
	assert_int_equal(asks_key(&asks, UI_KEY_ENTER), QUESTION_SHOWN);
	expect_steps(&asks, "start | name | age | toy | child | end");
	asks_done(&asks);
}

static void one_of_several_is_changed_or_taken_away(void **state)
{
	static const char *const names[] = { "Amira", "Basel", "Chams" };
	struct asks asks;

	(void)state;
	asks_open(&asks, "en", "repeats");
	for (size_t i = 0; i < COUNT(names); i++) {
		SCOPED(char_freep)
		char *name = xasprintf("/data/child[%zu]/name", i + 1);

		assert_int_equal(
		    run_repeat_add(asks.run,
				   forms_node(asks.run, "/data/child")),
		    FAULT_NONE);
		forms_set(asks.run, name, names[i]);
	}
	asks_at(&asks, "/data/child");
	assert_int_equal(press_row(&asks, 1), QUESTION_CHANGED);
	assert_true(asks_shows(&asks, "1  Change"));
	assert_int_equal(asks_key(&asks, UI_KEY_ESCAPE), QUESTION_CHANGED);
	assert_true(asks_shows(&asks, "2  Basel"));
	press_row(&asks, 1);
	assert_int_equal(asks_type(&asks, "1"), QUESTION_GOES);
	follow(&asks);
	assert_true(asks_shows(&asks, "Basel"));
	asks_at(&asks, "/data/child");
	press_row(&asks, 1);
	assert_int_equal(asks_type(&asks, "2"), QUESTION_CHANGED);
	assert_false(asks_shows(&asks, "Basel"));
	assert_true(asks_shows(&asks, "2  Chams"));
	assert_string_equal(forms_value(asks.run, "/data/child[2]/name"),
			    "Chams");
	asks_done(&asks);
}

static void a_repeat_within_a_repeat_has_its_own_list(void **state)
{
	struct asks asks;

	(void)state;
	asks_open(&asks, "en", "repeats");
	asks_at(&asks, "/data/child");
	asks_key(&asks, UI_KEY_ENTER);
	asks_at(&asks, "/data/child[1]/toy");
	assert_true(asks_shows(&asks, "+  Toy"));
	assert_int_equal(asks_key(&asks, UI_KEY_ENTER), QUESTION_GOES);
	follow(&asks);
	assert_string_equal(node_name(asks.step.field[0]), "what");
	expect_steps(&asks, "start | name | age | what | toy | child | end");
	asks_done(&asks);
}

static void a_full_repeat_says_so(void **state)
{
	struct asks asks;

	(void)state;
	asks_open(&asks, "en", "repeats");
	for (int i = 0; i < 100; i++)
		assert_int_equal(
		    run_repeat_add(asks.run,
				   forms_node(asks.run, "/data/child")),
		    FAULT_NONE);
	asks_at(&asks, "/data/child");
	asks_key(&asks, UI_KEY_UP);
	assert_int_equal(asks_key(&asks, UI_KEY_ENTER), QUESTION_CHANGED);
	assert_true(asks_shows(&asks, "The paper is full."));
	asks_done(&asks);
}

static void a_table_is_asked_row_by_row_below_its_title(void **state)
{
	struct asks asks;

	(void)state;
	asks_open(&asks, "en", "table");
	expect_steps(&asks, "(head)+sleep+eat+worry | "
			    "f0+f1+f2+f3+f4+f5+f6+f7+f8+f9+f10+f11");
	asks_at(&asks, "/data/t/sleep");
	SCOPED(char_freep) char *heading = title_words(&asks.step);

	assert_string_equal(heading, "In the last two weeks");
	asks_type(&asks, "2");
	asks_type(&asks, "1");
	assert_int_equal(asks_type(&asks, "3"), QUESTION_SHOWN);
	assert_string_equal(forms_value(asks.run, "/data/t/sleep"), "s");
	assert_string_equal(forms_value(asks.run, "/data/t/worry"), "o");
	asks_done(&asks);
}

#define OFTEN                                                            \
	"<item><label>Never</label><value>n</value></item><item><label>" \
	"Often</label><value>o</value></item>"
#define ROW(name)                                                    \
	"<select1 ref='/data/t/" name                                \
	"' appearance='list-nolabel'><label>" name "?</label>" OFTEN \
	"</select1>"

static void expect_first_row_below_title(const char *label)
{
	SCOPED(char_freep)
	char *body = xasprintf(
	    "<group ref='/data/t' appearance='field-list'>%s"
	    "<input ref='/data/t/note'><label>How often?</label></input>"
	    "<select1 ref='/data/t/head' appearance='label'>%s" OFTEN
	    "</select1>" ROW("eat") ROW("sleep") "</group>",
	    label, label);
	struct asks asks;

	asks_start(&asks, "en", "<t><note/><head/><eat/><sleep/></t>",
		   "<bind nodeset='/data/t/note' readonly='true()'/>", body);
	asks_at(&asks, "/data/t/eat");
	SCOPED(char_freep) char *heading = title_words(&asks.step);

	assert_string_equal(heading, "How often?");
	assert_false(asks_shows(&asks, "How often?")); /* not once more */
	assert_true(asks_shows(&asks, "▸ 1  Never"));
	assert_int_equal(asks_type(&asks, "2"), QUESTION_CHANGED);
	assert_true(asks_shows(&asks, "eat?  Often"));
	assert_int_equal(asks_type(&asks, "1"), QUESTION_SHOWN);
	assert_string_equal(forms_value(asks.run, "/data/t/head"), "");
	assert_string_equal(forms_value(asks.run, "/data/t/eat"), "o");
	assert_string_equal(forms_value(asks.run, "/data/t/sleep"), "n");
	asks_done(&asks);
}

/* What compilers make of `table-list`: its words are a note, and the choices
 * above its rows have none, or a label of nothing or of blanks. */
static void a_written_out_table_begins_with_its_first_row(void **state)
{
	(void)state;
	expect_first_row_below_title("");
	expect_first_row_below_title("<label></label>");
	expect_first_row_below_title("<label> </label>");
}

/* --- dates -----------------------------------------------------------------
 */

/* Each part typed, "yes" behind it. */
static void write_date(struct asks *asks, const char *const parts[3])
{
	for (int i = 0; i < 3 && parts[i]; i++) {
		asks_type(asks, parts[i]);
		asks_key(asks, UI_KEY_ENTER);
	}
}

static void a_day_is_kept_in_iso_and_said_in_its_calendar(void **state)
{
	static const struct {
		const char *reference, *parts[3], *value, *words;
	} cases[] = {
		{ "/data/month",
		  { "9", "1997" },
		  "1997-09-01",
		  "September 1997" },
		{ "/data/year", { "1997" }, "1997-01-01", "1997" },
		{ "/data/ethiopian",
		  { "1", "1", "1990" },
		  "1997-09-11",
		  "1 Meskerem 1990" },
		{ "/data/coptic",
		  { "1", "1", "1714" },
		  "1997-09-11",
		  "1 Tout 1714" },
		/* Umm al-Qura, which is what `islamic` means here. */
		{ "/data/islamic",
		  { "1", "9", "1445" },
		  "2024-03-11",
		  "1 Ramadan 1445" },
		{ "/data/persian",
		  { "1", "1", "1400" },
		  "2021-03-21",
		  "1 Farvardin 1400" },
		{ "/data/buddhist",
		  { "5", "12", "2540" },
		  "1997-12-05",
		  "5 December 2540" },
		{ "/data/own", { "1", "1990" }, "1997-09-11", "Meskerem 1990" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct asks asks;

		asks_open(&asks, "en", "dates");
		asks_at(&asks, cases[i].reference);
		write_date(&asks, cases[i].parts);
		assert_string_equal(forms_value(asks.run, cases[i].reference),
				    cases[i].value);
		SCOPED(char_freep)
		char *words = field_words(
		    forms_node(asks.run, cases[i].reference), &asks.look);

		assert_string_equal(words, cases[i].words);
		asks_done(&asks);
	}
}

static void the_gregorian_day_stands_small_below_another(void **state)
{
	struct asks asks;

	(void)state;
	asks_open(&asks, "en", "dates");
	forms_set(asks.run, "/data/ethiopian", "1997-09-11");
	forms_set(asks.run, "/data/day", "1997-09-11");
	asks_at(&asks, "/data/ethiopian");
	assert_true(asks_shows(&asks, "= 1997-09-11"));
	asks_at(&asks, "/data/day");
	assert_false(asks_shows(&asks, "= 1997-09-11"));
	asks_done(&asks);
}

/* What a question of one control looks like; the caller frees it. */
static char *picture_of(const char *control, const char *type,
			const char *appearance, const char *value)
{
	static const char list[] =
	    "<item><label>Monday</label><value>1</value></item>"
	    "<item><label>Tuesday</label><value>2</value></item>"
	    "<item><label>Wednesday</label><value>3</value></item>"
	    "<item><label>Thursday</label><value>4</value></item>"
	    "<item><label>Friday</label><value>5</value></item>"
	    "<item><label>Saturday</label><value>6</value></item>"
	    "<item><label>Sunday</label><value>7</value></item>";
	SCOPED(char_freep)
	char *bind = xasprintf("<bind nodeset='/data/a' type='%s'/>", type);
	SCOPED(char_freep)
	char *body = xasprintf(
	    "<%s ref='/data/a' appearance='%s'><label>Ask</label>%s"
	    "</%s>",
	    control, appearance, control[0] == 's' ? list : "", control);
	struct asks asks;
	char *picture;

	asks_start(&asks, "en", "<a/>", bind, body);
	assert_int_equal(forms_set(asks.run, "/data/a", value), RUN_TAKEN);
	asks_at(&asks, "/data/a");
	picture = asks_picture(&asks, 19, 80);
	asks_done(&asks);
	return picture;
}

/* Old words, words for what a kiosk does anyway, and words for what it has
 * not: none leaves a person with less than the plain question. */
static void many_appearances_look_the_same(void **state)
{
	static const struct {
		const char *control, *type, *word, *as, *value;
	} cases[] = {
		{ "select1", "string", "compact", "columns-pack", "" },
		{ "select1", "string", "quickcompact", "columns-pack", "" },
		{ "select", "string", "horizontal", "columns-pack", "" },
		{ "select", "string", "horizontal-compact", "columns-pack",
		  "" },
		{ "select1", "string", "no-buttons", "columns-pack", "" },
		{ "select1", "string", "compact-2", "columns-2", "" },
		{ "select1", "string", "quickcompact-2", "columns-2", "" },
		{ "select1", "string", "quick", "", "2" },
		{ "select1", "string", "image-map", "", "2" },
		{ "select", "string", "map", "", "2" },
		{ "input", "string", "hidden-answer", "masked", "Abc" },
		{ "input", "string", "ex:org.app(a=1)", "", "Abc" },
		{ "input", "string", "printer:org.app(1)", "", "Abc" },
		{ "input", "decimal", "bearing", "", "12.5" },
		{ "input", "date", "no-calendar", "", "1997-09-11" },
	};
	char *intent = picture_of("input", "intent", "", "Abc");
	char *text = picture_of("input", "string", "", "Abc");

	(void)state;
	assert_string_equal(intent, text);
	free(intent);
	free(text);
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(char_freep)
		char *one = picture_of(cases[i].control, cases[i].type,
				       cases[i].word, cases[i].value);
		SCOPED(char_freep)
		char *other = picture_of(cases[i].control, cases[i].type,
					 cases[i].as, cases[i].value);

		if (strcmp(one, other) != 0)
			fail_msg("%s is not as %s:\n%s\n%s", cases[i].word,
				 cases[i].as, one, other);
	}
}

static void what_a_kiosk_cannot_ask_blocks_nobody(void **state)
{
	static const char *const references[] = { "/data/photo",
						  "/data/place" };
	struct asks asks;

	(void)state;
	asks_open(&asks, "en", "marked");
	for (size_t i = 0; i < COUNT(references); i++) {
		asks_at(&asks, references[i]);
		assert_true(asks_shows(&asks, "Not available here"));
		assert_int_equal(asks_onward(&asks), QUESTION_ONWARD);
		assert_int_equal(asks_key(&asks, UI_KEY_ENTER), QUESTION_SHOWN);
		assert_false(step_holds_up(&asks.step));
	}
	asks_done(&asks);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures_are_as_they_should_be),
		cmocka_unit_test(a_scale_goes_by_steps_and_takes_whole_numbers),
		cmocka_unit_test(a_scale_is_in_the_digits_of_the_language),
		cmocka_unit_test(a_scale_is_touched_where_its_value_stands),
		cmocka_unit_test(
		    marks_and_the_knob_stand_where_the_form_wants_them),
		cmocka_unit_test(
		    an_answer_is_found_by_its_letters_in_any_script),
		cmocka_unit_test(what_was_checked_before_looking_stays_checked),
		cmocka_unit_test(nothing_found_is_no_dead_end),
		cmocka_unit_test(
		    a_list_too_long_for_any_screen_is_looked_through),
		cmocka_unit_test(masked_answers_are_dots_wherever_they_show),
		cmocka_unit_test(a_masked_answer_of_any_type_is_dots),
		cmocka_unit_test(
		    a_masked_answer_that_is_chosen_is_gone_with_its_screen),
		cmocka_unit_test(a_masked_choice_is_left_at_once),
		cmocka_unit_test(ticks_taken_back_keep_what_is_not_shown),
		cmocka_unit_test(
		    what_must_not_show_again_is_gone_beside_another_question),
		cmocka_unit_test(a_masked_number_is_written_and_not_counted),
		cmocka_unit_test(no_key_shows_a_masked_answer),
		cmocka_unit_test(numbers_are_grouped_as_the_language_does),
		cmocka_unit_test(a_read_only_answer_is_seen_and_stays),
		cmocka_unit_test(numbers_are_taken_in_any_digits),
		cmocka_unit_test(
		    another_one_is_asked_for_behind_those_there_are),
		cmocka_unit_test(one_of_several_is_changed_or_taken_away),
		cmocka_unit_test(a_repeat_within_a_repeat_has_its_own_list),
		cmocka_unit_test(a_full_repeat_says_so),
		cmocka_unit_test(a_table_is_asked_row_by_row_below_its_title),
		cmocka_unit_test(a_written_out_table_begins_with_its_first_row),
		cmocka_unit_test(a_day_is_kept_in_iso_and_said_in_its_calendar),
		cmocka_unit_test(the_gregorian_day_stands_small_below_another),
		cmocka_unit_test(many_appearances_look_the_same),
		cmocka_unit_test(what_a_kiosk_cannot_ask_blocks_nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
