#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "ask/title.h"
#include "base/bytes.h"
#include "tests/support/asks.h"
#include "tests/support/forms.h"
#include "tests/support/logged.h"

#define ITEM(name, label) \
	"<item><label>" label "</label><value>" name "</value></item>"
#define ONE(name, looks, items)                                             \
	"<select1 ref='/data/" name "' appearance='" looks "'><label>" name \
	"?</label>" items "</select1>"
#define SEVERAL(name, items)                                          \
	"<select ref='/data/" name "'><label>" name "?</label>" items \
	"</select>"
#define INPUT(name) \
	"<input ref='/data/" name "'><label>" name "?</label></input>"
#define YES_NO ITEM("YES", "Yes") ITEM("NO", "No")
#define CONSENT YES_NO ITEM("MORE", "Tell me more")

static void expect_answer(const struct asks *asks, const char *reference,
			  const char *value)
{
	assert_string_equal(forms_value(asks->run, reference), value);
}

static void one_choice_is_seen_for_a_moment_and_comes_back_kept(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(&asks, "en", "<a/>", "", ONE("a", "", YES_NO));
	asks_at(&asks, "/data/a");
	assert_false(question_answered(asks.question));
	assert_int_equal(asks_key(&asks, UI_KEY_DOWN), QUESTION_CHANGED);
	expect_answer(&asks, "/data/a", "");
	assert_int_equal(asks_key(&asks, UI_KEY_ENTER), QUESTION_SHOWN);
	expect_answer(&asks, "/data/a", "NO");
	asks_at(&asks, "/data/a");
	assert_true(question_answered(asks.question));
	assert_true(asks_shows(&asks, "▸ 2  No"));
	assert_int_equal(asks_type(&asks, "1"), QUESTION_SHOWN);
	expect_answer(&asks, "/data/a", "YES");
	asks_done(&asks);
}

static void a_private_choice_comes_back_blank_and_keeps_its_value(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(&asks, "en", "<a/>", "", ONE("a", "private", YES_NO));
	asks_at(&asks, "/data/a");
	SCOPED(char_freep) char *blank = asks_picture(&asks, 14, 60);

	/* Nothing is confirmed: the next screen comes at once. */
	assert_int_equal(asks_type(&asks, "2"), QUESTION_ONWARD);
	expect_answer(&asks, "/data/a", "NO");
	asks_at(&asks, "/data/a");
	SCOPED(char_freep) char *again = asks_picture(&asks, 14, 60);

	assert_string_equal(again, blank);
	assert_false(question_answered(asks.question));
	assert_int_equal(asks_onward(&asks), QUESTION_ONWARD);
	expect_answer(&asks, "/data/a", "NO");
	assert_int_equal(asks_back(&asks), QUESTION_BEFORE);
	expect_answer(&asks, "/data/a", "NO");
	asks_done(&asks);
}

/* Who wrote something is not told that it is skipped. */
static void what_is_begun_is_not_skipped(void **state)
{
	static const struct {
		const char *type, *keys;
		enum question_event onward;
	} rows[] = {
		{ "string", "Ab", QUESTION_ONWARD },
		{ "int", "12", QUESTION_ONWARD },
		{ "date", "5", QUESTION_CHANGED }, /* no day yet */
		{ "time", "9", QUESTION_CHANGED },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct asks asks;
		SCOPED(char_freep)
		char *bind = xasprintf("<bind nodeset='/data/a' type='%s'/>",
				       rows[i].type);

		asks_start(&asks, "en", "<a/>", bind, INPUT("a"));
		asks_at(&asks, "/data/a");
		assert_false(question_answered(asks.question));
		asks_type(&asks, rows[i].keys);
		assert_true(question_answered(asks.question));
		assert_int_equal(asks_onward(&asks), rows[i].onward);
		asks_done(&asks);
	}
}

static void private_text_numbers_and_days_keep_theirs_too(void **state)
{
	static const struct {
		const char *type, *value;
	} cases[] = {
		{ "string", "Secret" },
		{ "int", "41" },
		{ "date", "1990-05-07" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(char_freep)
		char *bind = xasprintf("<bind nodeset='/data/a' type='%s'/>",
				       cases[i].type);
		struct asks asks;

		asks_start(&asks, "en", "<a/>", bind,
			   "<input ref='/data/a' appearance='private'>"
			   "<label>a?</label></input>");
		forms_set(asks.run, "/data/a", cases[i].value);
		asks_at(&asks, "/data/a");
		assert_false(asks_shows(&asks, "Secret"));
		assert_false(asks_shows(&asks, "41"));
		assert_false(asks_shows(&asks, "1990"));
		assert_int_equal(asks_onward(&asks), QUESTION_ONWARD);
		expect_answer(&asks, "/data/a", cases[i].value);
		asks_done(&asks);
	}
}

static void several_choices_are_checked_one_by_one(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(&asks, "en", "<a/>", "",
		   SEVERAL("a", ITEM("F", "Food") ITEM("B", "Bed")
				    ITEM("M", "Medicine")));
	asks_at(&asks, "/data/a");
	assert_int_equal(asks_type(&asks, "3"), QUESTION_CHANGED);
	assert_int_equal(asks_type(&asks, "1"), QUESTION_CHANGED);
	expect_answer(&asks, "/data/a", "F M");
	assert_int_equal(asks_type(&asks, "3"), QUESTION_CHANGED);
	expect_answer(&asks, "/data/a", "F");
	asks_type(&asks, "2");
	/* They are there again after going away and back. */
	asks_at(&asks, "/data/a");
	assert_int_equal(asks_type(&asks, "1"), QUESTION_CHANGED);
	expect_answer(&asks, "/data/a", "B");
	assert_int_equal(asks_onward(&asks), QUESTION_ONWARD);
	asks_done(&asks);
}

/* As the consent question does it: "tell me more" is answered with words and
 * asked again. */
static void a_refused_choice_says_why_and_is_asked_again(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(&asks, "en", "<a/>",
		   "<bind nodeset='/data/a' constraint=\". != 'MORE'\""
		   " jr:constraintMsg='This is the notice.'/>",
		   ONE("a", "", CONSENT));
	asks_at(&asks, "/data/a");
	assert_int_equal(asks_type(&asks, "3"), QUESTION_CHANGED);
	assert_true(asks_shows(&asks, "This is the notice."));
	/* Nor does Skip pass over it. */
	assert_int_equal(asks_onward(&asks), QUESTION_CHANGED);
	assert_true(asks_shows(&asks, "This is the notice."));
	assert_int_equal(asks_type(&asks, "1"), QUESTION_SHOWN);
	expect_answer(&asks, "/data/a", "YES");
	assert_false(asks_shows(&asks, "This is the notice."));
	asks_done(&asks);
}

/* Pages, one after the other, have the words and no choice; then the choices
 * stand alone. */
static void expect_pages(struct asks *asks, const char *last_words)
{
	bool seen = false;

	for (int page = 0; page < 4 && !seen; page++) {
		SCOPED(char_freep) char *picture = asks_picture(asks, 9, 60);

		assert_null(strstr(picture, "1  Yes"));
		seen = strstr(picture, last_words);
		assert_int_equal(asks_key(asks, UI_KEY_ENTER),
				 QUESTION_CHANGED);
	}
	assert_true(seen);
	SCOPED(char_freep) char *choices = asks_picture(asks, 9, 60);

	assert_non_null(strstr(choices, "1  Yes"));
	assert_null(strstr(choices, last_words));
}

static void
a_long_notice_is_read_whole_before_the_choices_come_back(void **state)
{
	SCOPED(char_freep)
	char *bind =
	    xasprintf("<bind nodeset='/data/a' constraint=\". != 'MORE'\""
		      " jr:constraintMsg='%s%s%s'/>",
		      "We ask so that staff can help you well. Only staff who "
		      "help you see your answers. ",
		      "If a child may be in danger, the law says that we must "
		      "tell. You can ask to see what we keep. ",
		      "You can say no and still get help from everybody here.");
	struct asks asks;

	(void)state;
	asks_start(&asks, "en", "<a/>", bind, ONE("a", "", CONSENT));
	asks_at(&asks, "/data/a");
	asks_type(&asks, "3");
	expect_pages(&asks, "You can say no and");
	/* Back from the notice leads to the choices, not past them. */
	asks_type(&asks, "3");
	SCOPED(char_freep) char *again = asks_picture(&asks, 9, 60);

	assert_null(strstr(again, "1  Yes"));
	assert_int_equal(asks_back(&asks), QUESTION_CHANGED);
	SCOPED(char_freep) char *choices = asks_picture(&asks, 9, 60);

	assert_non_null(strstr(choices, "1  Yes"));
	asks_done(&asks);
}

static void a_long_hint_is_read_whole_before_the_choices(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(&asks, "en", "<a/>", "",
		   "<select1 ref='/data/a'><label>a?</label><hint>"
		   "We ask so that staff can help you well. Only staff who "
		   "help you see your answers. If a child may be in danger, "
		   "the law says that we must tell. You can ask to see what "
		   "we keep. You can say no and still get help from everybody "
		   "here. This is the last sentence.</hint>" CONSENT
		   "</select1>");
	asks_at(&asks, "/data/a");
	expect_pages(&asks, "This is the last");
	/* On a large screen there is room for both. */
	asks_at(&asks, "/data/a");
	SCOPED(char_freep) char *large = asks_picture(&asks, 24, 80);

	assert_non_null(strstr(large, "This is the last"));
	assert_non_null(strstr(large, "1  Yes"));
	asks_done(&asks);
}

#define PHRASE "我们问这些是为了让工作人员更好地帮助您，" /* 20 signs */
#define PHRASES PHRASE PHRASE PHRASE PHRASE

/* It has no blanks to end a page at. */
static void a_sentence_longer_than_a_page_is_read_whole(void **state)
{
	const struct ui_event enter = { .key = UI_KEY_ENTER };
	static const char *const words[] = { "我们问", "这是最后一句。",
					     "1  Yes" };
	struct asks asks;

	(void)state;
	asks_start(&asks, "zh-Hans", "<a/>", "",
		   "<select1 ref='/data/a'><label>a?</label>"
		   "<hint>" PHRASES PHRASES PHRASES
		   "这是最后一句。</hint>" CONSENT "</select1>");
	asks_at(&asks, "/data/a");
	for (size_t page = 0; page < COUNT(words); page++) {
		SCOPED(char_freep) char *picture = asks_picture(&asks, 9, 60);
		enum question_event what;

		assert_non_null(strstr(picture, words[page]));
		assert_int_equal(question_key(asks.question, &enter, &what),
				 FAULT_NONE);
	}
	expect_answer(&asks, "/data/a", "YES");
	asks_done(&asks);
}

static void a_required_question_without_words_of_its_own_says_so(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(&asks, "en", "<a/>",
		   "<bind nodeset='/data/a' required='true()'/>",
		   ONE("a", "", YES_NO));
	asks_at(&asks, "/data/a");
	assert_int_equal(asks_onward(&asks), QUESTION_CHANGED);
	assert_true(asks_shows(&asks, "Please choose one answer here."));
	asks_done(&asks);
}

static void a_required_question_is_not_skipped(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(&asks, "en", "<a/>",
		   "<bind nodeset='/data/a' required='true()'"
		   " jr:requiredMsg='Please choose one.'/>",
		   ONE("a", "", YES_NO));
	asks_at(&asks, "/data/a");
	assert_int_equal(asks_onward(&asks), QUESTION_CHANGED);
	assert_true(asks_shows(&asks, "Please choose one."));
	/* But one may always go back. */
	assert_int_equal(asks_back(&asks), QUESTION_BEFORE);
	assert_int_equal(asks_type(&asks, "1"), QUESTION_SHOWN);
	asks_done(&asks);
}

/* A finger needs a key for it, and has none where a choice is not the end. */
static void whoever_has_answered_what_is_required_can_go_on(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(&asks, "en", "<g><a/><b/><c/></g>",
		   "<bind nodeset='/data/g/a' type='int' required='true()'/>"
		   "<bind nodeset='/data/g/b' required='true()'/>",
		   "<group ref='/data/g' appearance='field-list'>"
		   "<input ref='/data/g/a' appearance='counter'/>"
		   "<input ref='/data/g/b'/>"
		   "<input ref='/data/g/c'/></group>");
	asks_at(&asks, "/data/g/a");
	assert_false(question_goes_on(asks.question));
	asks_type(&asks, "3");
	assert_true(question_goes_on(asks.question));
	assert_true(question_answered(asks.question));
	assert_int_equal(asks_onward(&asks), QUESTION_CHANGED);
	/* What is being written is an answer once they go on. */
	assert_true(question_goes_on(asks.question));
	assert_int_equal(asks_onward(&asks), QUESTION_CHANGED);
	assert_true(asks_shows(&asks, "Please"));
	asks_type(&asks, "x");
	assert_int_equal(asks_onward(&asks), QUESTION_CHANGED);
	assert_string_equal(forms_value(asks.run, "/data/g/b"), "x");
	/* One that is not required may be left out beside those that are. */
	assert_true(question_goes_on(asks.question));
	assert_int_equal(asks_onward(&asks), QUESTION_ONWARD);
	asks_done(&asks);
}

#define AROUND                                                            \
	"<group ref='/data/g'><label>Your *doctor*</label>"               \
	"<input ref='/data/g/a'><label>Name?</label></input></group>"     \
	"<group><label>Home</label><input ref='/data/b'><label>Street?"   \
	"</label></input></group><group appearance='field-list'>"         \
	"<label>Work</label><input ref='/data/c'><label>Where?</label>"   \
	"</input><input ref='/data/d'><label>Since when?</label></input>" \
	"</group><group ref='/data/r'><label>Child</label>"               \
	"<repeat nodeset='/data/r' jr:count='2'><group ref='/data/r/g'>"  \
	"<label>School</label><input ref='/data/r/g/e'><label>Which?"     \
	"</label></input></group></repeat></group>"

/* "Name?" is a question about somebody: that of the group it lies in. */
static void a_question_says_what_it_lies_in(void **state)
{
	static const struct {
		const char *at, *heading, *shown, *not ;
	} cases[] = {
		{ "/data/g/a", "Name?", "Your doctor", "Home" },
		{ "/data/b", "Street?", "Home", "doctor" },
		{ "/data/c", "Work", "Where?", "Work" },
		{ "/data/r[2]/g/e", "Which?", "Child 2 · School", "Work" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct asks asks;

		asks_start(&asks, "en",
			   "<g><a/></g><b/><c/><d/><r><g><e/></g></r>", "",
			   AROUND);
		asks_at(&asks, cases[i].at);
		SCOPED(char_freep) char *heading = title_words(&asks.step);

		assert_string_equal(heading, cases[i].heading);
		assert_true(asks_shows(&asks, cases[i].shown));
		assert_false(asks_shows(&asks, cases[i].not ));
		/* Not at the cost of the letters to write with. */
		SCOPED(char_freep) char *low = asks_picture(&asks, 6, 60);
		assert_int_equal(strstr(low, cases[i].shown) != NULL,
				 strcmp(heading, "Work") == 0);
		asks_done(&asks);
	}
}

static void a_number_the_form_refuses_is_taken_back(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(&asks, "en", "<a/>",
		   "<bind nodeset='/data/a' type='int'"
		   " constraint='. &lt;= 12'/>",
		   "<input ref='/data/a' appearance='counter'>"
		   "<label>a?</label></input>");
	asks_at(&asks, "/data/a");
	assert_int_equal(asks_type(&asks, "1"), QUESTION_CHANGED);
	expect_answer(&asks, "/data/a", "1");
	assert_int_equal(asks_type(&asks, "3"), QUESTION_CHANGED);
	expect_answer(&asks, "/data/a", "1");
	assert_true(asks_shows(&asks, "This answer does not fit here."));
	assert_int_equal(asks_type(&asks, "2"), QUESTION_CHANGED);
	expect_answer(&asks, "/data/a", "12");
	assert_false(asks_shows(&asks, "This answer does not fit here."));
	assert_int_equal(asks_key(&asks, UI_KEY_UP), QUESTION_CHANGED);
	expect_answer(&asks, "/data/a", "12");
	assert_int_equal(asks_key(&asks, UI_KEY_ENTER), QUESTION_SHOWN);
	asks_done(&asks);
}

static void a_number_of_another_kind_is_refused_with_words(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(&asks, "en", "<a/>",
		   "<bind nodeset='/data/a' type='decimal'/>", INPUT("a"));
	asks_at(&asks, "/data/a");
	asks_type(&asks, "many");
	assert_int_equal(asks_onward(&asks), QUESTION_CHANGED);
	assert_true(asks_shows(&asks, "Please write a number."));
	expect_answer(&asks, "/data/a", "");
	for (int i = 0; i < 4; i++)
		asks_key(&asks, UI_KEY_BACKSPACE);
	asks_type(&asks, "2.5");
	assert_int_equal(asks_onward(&asks), QUESTION_ONWARD);
	expect_answer(&asks, "/data/a", "2.5");
	asks_done(&asks);
}

static void a_day_is_told_when_it_is_whole(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(&asks, "en", "<a/>", "<bind nodeset='/data/a' type='date'/>",
		   INPUT("a"));
	asks_at(&asks, "/data/a");
	asks_type(&asks, "7");
	expect_answer(&asks, "/data/a", "");
	/* Begun and not whole: said, not lost. */
	assert_int_equal(asks_onward(&asks), QUESTION_CHANGED);
	assert_true(asks_shows(&asks, "This day does not exist."));
	asks_key(&asks, UI_KEY_ENTER);
	asks_key(&asks, UI_KEY_UP);
	asks_key(&asks, UI_KEY_ENTER);
	asks_type(&asks, "1990");
	expect_answer(&asks, "/data/a", "1990-01-07");
	assert_int_equal(asks_key(&asks, UI_KEY_ENTER), QUESTION_SHOWN);
	asks_at(&asks, "/data/a");
	assert_true(asks_shows(&asks, "January"));
	asks_done(&asks);
}

static void a_day_is_given_in_the_calendar_that_the_form_names(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(&asks, "en", "<g><a/><c/></g>",
		   "<bind nodeset='/data/g/a' type='date'/>",
		   "<group ref='/data/g' appearance='field-list'>"
		   "<input ref='/data/g/a' appearance='ethiopian'>"
		   "<label>a?</label></input>" ONE(
		       "g/c", "calendar",
		       ITEM("ethiopic", "E")
			   ITEM("gregorian", "G")) "</group>");
	asks_at(&asks, "/data/g/a");
	/* 1 Meskerem 1987 is 11 September 1994. */
	asks_type(&asks, "1");
	asks_key(&asks, UI_KEY_ENTER);
	asks_key(&asks, UI_KEY_UP);
	asks_key(&asks, UI_KEY_ENTER);
	asks_type(&asks, "1987");
	expect_answer(&asks, "/data/g/a", "1994-09-11");
	expect_answer(&asks, "/data/g/c", "ethiopic");
	asks_done(&asks);
}

#define CALENDARS                                                        \
	ONE("g/c", "calendar",                                           \
	    ITEM("persian", "Solar Hijri") ITEM("ethiopic", "Ethiopian") \
		ITEM("bikram-sambat", "Bikram Sambat")                   \
		    ITEM("gregorian", "Gregorian"))

static void start_with_calendars(struct asks *asks, const char *tag,
				 const char *type, const char *appearance)
{
	SCOPED(char_freep)
	char *rest = xasprintf("<bind nodeset='/data/g/a' type='%s'/>", type);
	SCOPED(char_freep)
	char *body = xasprintf("<group ref='/data/g' appearance='field-list'>"
			       "<input ref='/data/g/a' appearance='%s'>"
			       "<label>a?</label></input>" CALENDARS "</group>",
			       appearance);

	asks_start(asks, tag, "<g><a/><c/></g>", rest, body);
	asks_at(asks, "/data/g/a");
}

/* Nothing is presumed: Gregorian, one's own, then the others. */
static void a_calendar_is_picked_before_the_day(void **state)
{
	struct asks asks;

	(void)state;
	start_with_calendars(&asks, "am", "date", "");
	SCOPED(char_freep) char *list = asks_picture(&asks, 10, 60);
	const char *gregorian = strstr(list, "Gregorian");
	const char *own = strstr(list, "Ethiopian");
	const char *other = strstr(list, "Solar Hijri");

	assert_true(gregorian && own && other);
	assert_true(gregorian < own && own < other);
	/* As high as a finger is wide, as other choices are. */
	assert_ptr_not_equal(strchr(strchr(gregorian, '\n') + 1, '\n'),
			     strchr(own, '\n'));
	expect_answer(&asks, "/data/g/c", "");
	asks_type(&asks, "2");
	assert_true(asks_shows(&asks, "Ethiopian  ⇄"));
	asks_type(&asks, "1");
	asks_key(&asks, UI_KEY_ENTER);
	asks_key(&asks, UI_KEY_UP);
	asks_key(&asks, UI_KEY_ENTER);
	asks_type(&asks, "1987");
	expect_answer(&asks, "/data/g/a", "1994-09-11");
	expect_answer(&asks, "/data/g/c", "ethiopic");
	/* Back through the parts to the key for another calendar. */
	for (int i = 0; i < 3; i++)
		assert_int_equal(asks_key(&asks, UI_KEY_LEFT),
				 QUESTION_CHANGED);
	asks_key(&asks, UI_KEY_ENTER);
	assert_true(asks_shows(&asks, "Bikram Sambat"));
	asks_type(&asks, "1");
	expect_answer(&asks, "/data/g/a", "1994-09-11");
	expect_answer(&asks, "/data/g/c", "gregorian");
	assert_true(asks_shows(&asks, "1994"));
	asks_done(&asks);
}

static void
a_language_without_another_calendar_begins_with_the_day(void **state)
{
	struct asks asks;

	(void)state;
	start_with_calendars(&asks, "en", "date", "");
	assert_true(asks_shows(&asks, "Gregorian  ⇄ Other calendar"));
	assert_int_equal(asks_key(&asks, UI_KEY_LEFT), QUESTION_CHANGED);
	assert_int_equal(asks_key(&asks, UI_KEY_LEFT), QUESTION_IGNORED);
	asks_done(&asks);
}

static void a_day_comes_back_in_the_calendar_it_was_given_in(void **state)
{
	struct asks asks;

	(void)state;
	start_with_calendars(&asks, "ne", "date", "");
	asks_type(&asks, "2");
	asks_type(&asks, "15");
	asks_key(&asks, UI_KEY_ENTER);
	asks_key(&asks, UI_KEY_UP);
	asks_key(&asks, UI_KEY_DOWN); /* round to the last month */
	asks_key(&asks, UI_KEY_ENTER);
	asks_key(&asks, UI_KEY_UP);
	asks_type(&asks, "2073");
	expect_answer(&asks, "/data/g/a", "2017-03-28");
	expect_answer(&asks, "/data/g/c", "bikram-sambat");
	SCOPED(char_freep)
	char *words = field_words(run_find(asks.run, "/data/g/a"), &asks.look);
	assert_string_equal(words, "१५ चैत २०७३");
	asks_at(&asks, "/data/g/a");
	assert_true(asks_shows(&asks, "Bikram Sambat  ⇄"));
	assert_true(asks_shows(&asks, "१५"));
	assert_true(asks_shows(&asks, "२०७३"));
	asks_done(&asks);
}

static void a_year_is_given_in_a_calendar_too(void **state)
{
	struct asks asks;

	(void)state;
	start_with_calendars(&asks, "prs", "int", "year");
	asks_type(&asks, "2");
	asks_type(&asks, "137");
	expect_answer(&asks, "/data/g/a", "");
	assert_int_equal(asks_onward(&asks), QUESTION_CHANGED);
	assert_true(asks_shows(&asks, "۱۳۷"));
	asks_type(&asks, "5");
	expect_answer(&asks, "/data/g/a", "1375");
	expect_answer(&asks, "/data/g/c", "persian");
	asks_at(&asks, "/data/g/a");
	assert_true(asks_shows(&asks, "۱۳۷۵"));
	assert_true(asks_shows(&asks, "Solar Hijri"));
	assert_int_equal(asks_key(&asks, UI_KEY_ENTER), QUESTION_SHOWN);
	asks_done(&asks);
}

/* Nothing would say that 1371 is a year of the solar Hijri. */
static void a_year_that_keeps_no_calendar_is_gregorian(void **state)
{
	static const char *const beside[] = {
		"",
		ONE("g/c", "calendar", ITEM("myanmar", "Burmese")),
	};

	(void)state;
	for (size_t i = 0; i < COUNT(beside); i++) {
		SCOPED(char_freep)
		char *body =
		    xasprintf("<group ref='/data/g' appearance='field-list'>"
			      "<input ref='/data/g/a' appearance='year'>"
			      "<label>a?</label></input>%s</group>",
			      beside[i]);
		struct asks asks;

		asks_start(&asks, "prs", "<g><a/><c/></g>",
			   "<bind nodeset='/data/g/a' type='int'/>", body);
		asks_at(&asks, "/data/g/a");
		asks_type(&asks, "1371");
		expect_answer(&asks, "/data/g/a", "");
		asks_type(&asks, "1992");
		expect_answer(&asks, "/data/g/a", "1992");
		asks_done(&asks);
	}
}

/* A touch on the folded question of row y. */
static enum question_event touch(struct asks *asks, int y)
{
	const struct ui_event event = { .key = UI_KEY_POINT, .y = y, .x = 4 };
	SCOPED(char_freep) char *drawn = asks_picture(asks, 24, 60);
	enum question_event what;

	assert_int_equal(question_key(asks->question, &event, &what),
			 FAULT_NONE);
	return what;
}

#define ROW_LAST 23 /* of the picture */

static void a_touch_on_another_question_keeps_what_was_written(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(&asks, "en", "<g><a/><b/><c/></g>",
		   "<bind nodeset='/data/g/b' required='true()'/>",
		   "<group ref='/data/g' appearance='field-list'>"
		   "<label>All of it</label>" INPUT("g/a") INPUT("g/b")
		       INPUT("g/c") "</group>");
	asks_at(&asks, "/data/g/a");
	asks_type(&asks, "Selam");
	assert_int_equal(touch(&asks, ROW_LAST - 1), QUESTION_CHANGED);
	expect_answer(&asks, "/data/g/a", "Selam");
	/* What must be answered is not passed over, wherever the touch. */
	assert_int_equal(touch(&asks, ROW_LAST), QUESTION_CHANGED);
	assert_true(asks_shows(&asks, "Please choose one answer here."));
	assert_int_equal(touch(&asks, 0), QUESTION_CHANGED);
	assert_false(asks_shows(&asks, "Please choose one answer here."));
	assert_int_equal(touch(&asks, ROW_LAST), QUESTION_CHANGED);
	assert_true(asks_shows(&asks, "Please choose one answer here."));
	asks_type(&asks, "Hana");
	assert_int_equal(touch(&asks, ROW_LAST), QUESTION_CHANGED);
	expect_answer(&asks, "/data/g/b", "Hana");
	assert_int_equal(asks_onward(&asks), QUESTION_ONWARD);
	asks_done(&asks);
}

static void a_group_unfolds_one_question_at_a_time(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(&asks, "en", "<g><a/><b/><c/></g>",
		   "<bind nodeset='/data/g/b' type='int'"
		   " relevant=\"/data/g/a = 'YES'\"/>",
		   "<group ref='/data/g' appearance='field-list'>"
		   "<label>All of it</label>" ONE("g/a", "", YES_NO)
		       INPUT("g/b") INPUT("g/c") "</group>");
	asks_at(&asks, "/data/g/a");
	assert_false(asks_shows(&asks, "g/b?"));
	assert_true(asks_shows(&asks, "g/c?  …"));
	/* The answer brings the next one, which unfolds. */
	assert_int_equal(asks_type(&asks, "1"), QUESTION_CHANGED);
	assert_true(asks_shows(&asks, "g/a?  Yes"));
	assert_int_equal(asks_type(&asks, "4"), QUESTION_CHANGED);
	assert_int_equal(asks_onward(&asks), QUESTION_CHANGED);
	assert_true(asks_shows(&asks, "g/b?  4"));
	asks_type(&asks, "Hello");
	assert_int_equal(asks_back(&asks), QUESTION_CHANGED);
	expect_answer(&asks, "/data/g/c", "Hello");
	assert_true(asks_shows(&asks, "g/c?  Hello"));
	assert_int_equal(asks_back(&asks), QUESTION_CHANGED);
	assert_int_equal(asks_back(&asks), QUESTION_BEFORE);
	asks_done(&asks);
}

static void neighbours_on_one_screen_each_show_what_they_ask(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(&asks, "en", "<z/><a/><b/>",
		   "<bind nodeset='/data/z' relevant='false()'/>",
		   INPUT("z") "<input ref='/data/a' appearance='same-screen'>"
			      "<label>a?</label></input>"
			      "<input ref='/data/b' appearance='same-screen'>"
			      "<label>b?</label></input>");
	asks_at(&asks, "/data/b");
	SCOPED(char_freep) char *heading = title_words(&asks.step);

	/* The heading is the first that is asked, and not said twice. */
	assert_string_equal(heading, "a?");
	assert_false(asks_shows(&asks, "a?"));
	asks_onward(&asks);
	assert_true(asks_shows(&asks, "b?"));
	asks_done(&asks);
}

static void a_question_that_a_kiosk_cannot_ask_blocks_nobody(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(&asks, "en", "<a/>",
		   "<bind nodeset='/data/a' type='binary'/>",
		   "<upload ref='/data/a' mediatype='image/*'>"
		   "<label>a?</label></upload>");
	asks_at(&asks, "/data/a");
	assert_true(asks_shows(&asks, "Not available here"));
	assert_int_equal(asks_onward(&asks), QUESTION_ONWARD);
	asks_done(&asks);
}

static int little_room(void *to, const struct node *node, const char *text)
{
	(void)to;
	(void)node;
	return 5 - (int)strlen(text);
}

static void what_does_not_fit_on_the_ticket_is_not_written(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(&asks, "en", "<a/>", "", INPUT("a"));
	asks.look.room = little_room;
	asks_at(&asks, "/data/a");
	asks_type(&asks, "abcdefg");
	assert_true(asks_shows(&asks, "The paper is full"));
	asks_onward(&asks);
	expect_answer(&asks, "/data/a", "abcde");
	asks_done(&asks);
}

static void what_is_still_spelt_is_answered_as_it_stands(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(&asks, "zh-Hans", "<a/>", "", INPUT("a"));
	asks_at(&asks, "/data/a");
	assert_true(asks_shows(&asks, "q"));
	asks_key(&asks, UI_KEY_DOWN);
	asks_key(&asks, UI_KEY_ENTER);
	asks_key(&asks, UI_KEY_ENTER);
	expect_answer(&asks, "/data/a", "");
	assert_int_equal(asks_onward(&asks), QUESTION_ONWARD);
	expect_answer(&asks, "/data/a", "y");
	asks_done(&asks);
}

static bool only_french(void *to, const char *tag)
{
	(void)to;
	return strcmp(tag, "fr") == 0;
}

static bool none(void *to, const char *tag)
{
	(void)to;
	(void)tag;
	return false;
}

static void only_languages_that_are_offered_can_be_chosen(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(
	    &asks, "en", "<a/>", "",
	    ONE("a", "language", ITEM("en", "English") ITEM("fr", "Français")));
	asks.look.offers = only_french;
	asks_at(&asks, "/data/a");
	assert_false(asks_shows(&asks, "English"));
	assert_int_equal(asks_type(&asks, "1"), QUESTION_SHOWN);
	expect_answer(&asks, "/data/a", "fr");
	asks.look.offers = none;
	asks_at(&asks, "/data/a");
	assert_int_equal(asks_type(&asks, "1"), QUESTION_IGNORED);
	assert_int_equal(asks_onward(&asks), QUESTION_ONWARD);
	asks_done(&asks);
}

static const struct field *scanned(struct asks *asks)
{
	struct field *field;

	assert_int_equal(question_scanned(asks->question, &field), FAULT_NONE);
	return field;
}

static void a_scan_finds_its_question_on_the_screen(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(
	    &asks, "en", "<g><a/><t/></g>",
	    "<bind nodeset='/data/g/t' relevant=\"/data/g/a = 'YES'\"/>",
	    "<group ref='/data/g' appearance='field-list'>" ONE(
		"g/a", "", YES_NO) "<input ref='/data/g/t' appearance='scan'>"
				   "<label>t?</label></input></group>");
	asks_at(&asks, "/data/g/a");
	assert_null(scanned(&asks));
	asks_type(&asks, "1");
	asks_back(&asks);
	assert_string_equal(node_name(scanned(&asks)->node), "t");
	asks_done(&asks);
}

static void a_scan_keeps_what_was_being_written(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(&asks, "en", "<g><a/><t/></g>", "",
		   "<group ref='/data/g' appearance='field-list'>"
		   "<input ref='/data/g/a'><label>a?</label></input>"
		   "<input ref='/data/g/t' appearance='scan'>"
		   "<label>t?</label></input></group>");
	asks_at(&asks, "/data/g/a");
	asks_type(&asks, "Selam");
	assert_string_equal(node_name(scanned(&asks)->node), "t");
	assert_string_equal(node_value(asks.step.field[0]), "Selam");
	asks_done(&asks);
}

static void the_grid_puts_folded_questions_side_by_side(void **state)
{
	const struct ui_event right = { .key = UI_KEY_POINT,
					.y = ROW_LAST - 1,
					.x = 40 };
	static const char body[] =
	    "<group ref='/data/g' appearance='field-list'>"
	    "<label>All</label><input ref='/data/g/a'><label>A</label></input>"
	    "<input ref='/data/g/b' appearance='w6'><label>B</label></input>"
	    "<input ref='/data/g/c' appearance='w6 url'><label>C</label>"
	    "</input><input ref='/data/g/d' appearance='w6'><label>D</label>"
	    "</input></group>";
	enum question_event what;
	struct asks asks;

	(void)state;
	asks_start(&asks, "en", "<g><a/><b/><c/><d/></g>", "", body);
	asks_at(&asks, "/data/g/a");
	SCOPED(char_freep) char *wide = asks_picture(&asks, 24, 60);
	assert_non_null(strstr(wide, "\n  B  …                        C  …\n"
				     "  D  …\n"));
	/* Too narrow to read two. */
	SCOPED(char_freep) char *narrow = asks_picture(&asks, 24, 40);
	assert_non_null(strstr(narrow, "\n  B  …\n  C  …\n  D  …\n"));
	SCOPED(char_freep) char *again = asks_picture(&asks, 24, 60);
	assert_int_equal(question_key(asks.question, &right, &what),
			 FAULT_NONE);
	asks_type(&asks, "x");
	asks_key(&asks, UI_KEY_ENTER);
	expect_answer(&asks, "/data/g/c", "x");
	asks_done(&asks);
}

/* Of a group without words the first question's are the heading, which the
 * screen's frame draws. */
static void a_folded_question_does_not_say_the_heading_again(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(&asks, "en", "<g><a/><b/></g>", "",
		   "<group ref='/data/g' appearance='field-list'>"
		   "<input ref='/data/g/a'><label>First</label></input>"
		   "<input ref='/data/g/b'><label>Second</label></input>"
		   "</group>");
	asks_at(&asks, "/data/g/a");
	asks_type(&asks, "Selam");
	assert_true(asks_shows(&asks, "Second"));
	asks_key(&asks, UI_KEY_ENTER);
	assert_true(asks_shows(&asks, "Selam"));
	assert_false(asks_shows(&asks, "First"));
	asks_done(&asks);
}

/* --- a name made from another ---------------------------------------------
 */

#define TWO_NAMES                                                      \
	"<group ref='/data/g' appearance='field-list'>"                \
	"<input ref='/data/g/latin' appearance='latin'><label>A-B-C?"  \
	"</label></input><input ref='/data/g/own'><label>Own?</label>" \
	"</input></group>"

static void start_names(struct asks *asks)
{
	asks_start(asks, "uk", "<g><latin/><own/></g><mark/>",
		   "<bind nodeset='/data/g/latin' foyer:bytes='20'"
		   " foyer:romanize=' /data/g/own '"
		   " foyer:suggested=' /data/mark '/>",
		   TWO_NAMES);
	asks_at(asks, "/data/g/own");
}

#define SUGGESTED "Ми зробили це з вашого імені."

static void a_name_is_suggested_until_the_person_goes_on(void **state)
{
	struct asks asks;

	(void)state;
	start_names(&asks);
	/* The one in its own letters is asked first. */
	assert_int_equal(asks_type(&asks, "Олена"), QUESTION_CHANGED);
	expect_answer(&asks, "/data/g/own", "");
	assert_int_equal(asks_key(&asks, UI_KEY_ENTER), QUESTION_CHANGED);
	expect_answer(&asks, "/data/g/own", "Олена");
	expect_answer(&asks, "/data/g/latin", "");
	assert_true(asks_shows(&asks, "Olena"));
	assert_true(asks_shows(&asks, SUGGESTED));
	assert_int_equal(asks_key(&asks, UI_KEY_ENTER), QUESTION_SHOWN);
	expect_answer(&asks, "/data/g/latin", "Olena");
	expect_answer(&asks, "/data/mark", "");
	assert_false(asks_shows(&asks, SUGGESTED));
	asks_done(&asks);
}

static void neighbours_on_one_screen_are_asked_the_same_way(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(&asks, "uk", "<a/><latin/><own/><z/>",
		   "<bind nodeset='/data/latin' foyer:romanize='/data/own'/>",
		   INPUT("a") INPUT("latin") "<input ref='/data/own' "
					     "appearance='same-screen'><label>"
					     "own?</label></input>" INPUT("z"));
	SCOPED(char_freep) char *steps = asks_steps(&asks);

	assert_string_equal(steps, "a | own+latin | z");
	asks_done(&asks);
}

static void going_back_leaves_it_a_suggestion(void **state)
{
	struct asks asks;

	(void)state;
	start_names(&asks);
	asks_type(&asks, "Юрій");
	asks_onward(&asks);
	assert_int_equal(asks_back(&asks), QUESTION_CHANGED);
	expect_answer(&asks, "/data/g/latin", "Yurii");
	expect_answer(&asks, "/data/mark", "yes");
	/* It follows the name, also when it was asked anew. */
	asks_at(&asks, "/data/g/own");
	asks_type(&asks, "й");
	asks_onward(&asks);
	assert_true(asks_shows(&asks, "Yuriii"));
	assert_true(asks_shows(&asks, SUGGESTED));
	assert_int_equal(asks_onward(&asks), QUESTION_ONWARD);
	expect_answer(&asks, "/data/g/latin", "Yuriii");
	expect_answer(&asks, "/data/mark", "");
	asks_done(&asks);
}

static void what_the_person_changes_is_theirs(void **state)
{
	struct asks asks;

	(void)state;
	start_names(&asks);
	asks_type(&asks, "Юрій");
	asks_onward(&asks);
	asks_type(&asks, "k");
	assert_true(asks_shows(&asks, "Yuriik"));
	assert_false(asks_shows(&asks, SUGGESTED));
	assert_int_equal(asks_back(&asks), QUESTION_CHANGED);
	expect_answer(&asks, "/data/g/latin", "Yuriik");
	expect_answer(&asks, "/data/mark", "");
	asks_type(&asks, "й");
	asks_onward(&asks);
	assert_true(asks_shows(&asks, "Yuriik"));
	asks_done(&asks);
}

static void erasing_a_suggestion_takes_it_all_away(void **state)
{
	struct asks asks;

	(void)state;
	start_names(&asks);
	asks_type(&asks, "Юрій");
	asks_onward(&asks);
	assert_true(asks_shows(&asks, "Yurii"));
	asks_key(&asks, UI_KEY_BACKSPACE);
	assert_false(asks_shows(&asks, "Yurii"));
	assert_false(asks_shows(&asks, SUGGESTED));
	assert_int_equal(asks_onward(&asks), QUESTION_ONWARD);
	expect_answer(&asks, "/data/g/latin", "");
	/* Nor does it come back by itself. */
	asks_at(&asks, "/data/g/own");
	asks_onward(&asks);
	assert_false(asks_shows(&asks, SUGGESTED));
	assert_int_equal(asks_onward(&asks), QUESTION_ONWARD);
	expect_answer(&asks, "/data/g/latin", "");
	asks_done(&asks);
}

static int no_room_for_much(void *to, const struct node *node, const char *text)
{
	(void)to;
	(void)node;
	return 10 - (int)strlen(text);
}

static void what_does_not_fit_is_not_suggested(void **state)
{
	struct asks asks;

	(void)state;
	start_names(&asks);
	asks.look.room = no_room_for_much;
	asks_at(&asks, "/data/g/own");
	asks_type(&asks, "щщщщ");
	asks_onward(&asks);
	assert_false(asks_shows(&asks, "Shch"));
	assert_false(asks_shows(&asks, SUGGESTED));
	asks_done(&asks);
}

/* --- answers that change each other on one screen --------------------------
 */

static void choices_follow_the_answer_beside_them(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(
	    &asks, "en", "<g><r/><d/></g>",
	    "<instance id='towns'><root xmlns=''>"
	    "<item><name>n1</name><label>Norton</label><reg>N</reg>"
	    "</item><item><name>s1</name><label>Sutton</label>"
	    "<reg>S</reg></item></root></instance>",
	    "<group ref='/data/g' appearance='field-list'>" ONE(
		"g/r", "",
		ITEM("N", "North") ITEM(
		    "S", "South")) "<select1 ref='/data/g/d'>"
				   "<label>d?</label><itemset "
				   "nodeset=\"instance('towns')"
				   "/root/item[reg = /data/g/r]\"><value "
				   "ref='name'/>"
				   "<label "
				   "ref='label'/></itemset></select1></group>");
	asks_at(&asks, "/data/g/r");
	assert_int_equal(asks_type(&asks, "2"), QUESTION_CHANGED);
	assert_true(asks_shows(&asks, "1  Sutton"));
	assert_int_equal(asks_back(&asks), QUESTION_CHANGED);
	assert_int_equal(asks_type(&asks, "1"), QUESTION_CHANGED);
	assert_true(asks_shows(&asks, "1  Norton"));
	assert_int_equal(asks_type(&asks, "1"), QUESTION_SHOWN);
	expect_answer(&asks, "/data/g/d", "n1");
	asks_done(&asks);
}

/* What the form works out comes into a field beside; going over it changes
 * nothing, and what a person makes of it is theirs. */
static void what_the_form_works_out_stands_in_the_field(void **state)
{
	static const struct {
		const char *bind, *shown, *value;
	} rows[] = {
		{ "<bind nodeset='/data/g/n' type='int'/>", "5", "5" },
		{ "<bind nodeset='/data/g/n' type='string' "
		  "calculate=\"concat(/data/g/a, '!')\"/>",
		  "q!", "q!" },
		{ "<bind nodeset='/data/g/n' type='time' "
		  "calculate=\"if(/data/g/a = '', '', '14:30:15.000')\"/>",
		  "14", "14:30:15.000" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct asks asks;
		SCOPED(char_freep)
		char *body = xasprintf(
		    "<group ref='/data/g' appearance='field-list'>"
		    "<input ref='/data/g/a'><label>a?</label>%s</input>"
		    "<input ref='/data/g/n'><label>Number</label></input>"
		    "</group>",
		    i ? ""
		      : "<setvalue event='xforms-value-changed' "
			"ref='/data/g/n' value='5'/>");

		asks_start(&asks, "en", "<g><a/><n/></g>", rows[i].bind, body);
		asks_at(&asks, "/data/g/a");
		asks_type(&asks, "q");
		assert_int_equal(asks_onward(&asks), QUESTION_CHANGED);
		assert_true(asks_shows(&asks, rows[i].shown));
		assert_int_equal(asks_onward(&asks), QUESTION_ONWARD);
		expect_answer(&asks, "/data/g/n", rows[i].value);
		asks_done(&asks);
	}
}

/* Going back over the question that set it off does not set it off again. */
static void going_over_an_answer_does_not_tell_it_again(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(&asks, "en", "<g><a/><n/></g>", "",
		   "<group ref='/data/g' appearance='field-list'>"
		   "<input ref='/data/g/a'><label>a?</label>"
		   "<setvalue event='xforms-value-changed' ref='/data/g/n' "
		   "value=\"'five'\"/></input>"
		   "<input ref='/data/g/n'><label>n?</label></input></group>");
	asks_at(&asks, "/data/g/a");
	asks_type(&asks, "q");
	asks_onward(&asks);
	asks_type(&asks, "s");
	asks_back(&asks);
	asks_onward(&asks);
	assert_true(asks_shows(&asks, "fives"));
	asks_onward(&asks);
	expect_answer(&asks, "/data/g/n", "fives");
	asks_done(&asks);
}

#define NAMES(name) "instance('list')/root/item[" name "]/name"
#define EACH_WITH_EACH NAMES("name = " NAMES("name != /data/a"))

/* A list so long that each with each is too much. */
static char *rest_of_a_list(void)
{
	struct bytes out = { 0 };

	bytes_add_text(&out, "<instance id='list'><root xmlns=''>");
	for (int i = 0; i < 4000; i++)
		bytes_add_format(&out, "<item><name>n%d</name></item>", i);
	bytes_add_text(&out, "</root></instance><bind nodeset='/data/b' "
			     "calculate=\"if(/data/a = '', '', "
			     "count(" EACH_WITH_EACH "))\"/>");
	return bytes_take_text(&out);
}

/* The log tells staff; the person's answer is kept, and the next question
 * comes, if with nothing to choose. */
static void a_form_that_takes_too_long_ends_no_conversation(void **state)
{
	SCOPED(char_freep) char *rest = rest_of_a_list();
	struct asks asks;

	(void)state;
	asks_start(&asks, "en", "<a/><b/><c/>", rest,
		   INPUT("a") "<select1 ref='/data/c'><label>c?</label>"
			      "<itemset nodeset=\"" EACH_WITH_EACH
			      "\"><value ref='name'/><label ref='name'/>"
			      "</itemset></select1>");
	asks_at(&asks, "/data/a");
	asks_type(&asks, "x");
	logged_start();
	assert_int_equal(asks_onward(&asks), QUESTION_ONWARD);
	assert_non_null(strstr(logged(), "/data/b, calculate: more than"));
	logged_stop();
	expect_answer(&asks, "/data/a", "x");
	logged_start();
	asks_at(&asks, "/data/c");
	assert_non_null(strstr(logged(), "/data/c, choices: more than"));
	logged_stop();
	assert_int_equal(asks_onward(&asks), QUESTION_ONWARD);
	asks_done(&asks);
}

static void touch_row(struct asks *asks, const char *words)
{
	SCOPED(char_freep) char *picture = asks_picture(asks, 24, 60);
	const char *at = strstr(picture, words);
	struct ui_event event = { .key = UI_KEY_POINT, .x = 4 };
	enum question_event what;

	assert_non_null(at);
	for (const char *from = picture; from < at; from++)
		event.y += *from == '\n';
	assert_int_equal(question_key(asks->question, &event, &what),
			 FAULT_NONE);
}

/* Each blank of a paper is told of once, and then passed over. */
static void a_touch_passes_a_blank_that_was_told_of(void **state)
{
	static const struct ask_paper paper = { .language = "en",
						.blank = "It stays blank." };
	struct asks asks;

	(void)state;
	asks_start(&asks, "en", "<g><a/><b/><c/></g>",
		   "<bind nodeset='/data/g/a' required='true()'/>"
		   "<bind nodeset='/data/g/b' required='true()'/>",
		   "<group ref='/data/g' appearance='field-list'>"
		   "<label>All</label>" INPUT("g/a") INPUT("g/b")
		       INPUT("g/c") "</group>");
	asks.look.paper = &paper;
	asks_at(&asks, "/data/g/a");
	touch_row(&asks, "g/c?");
	assert_true(asks_shows(&asks, "It stays blank."));
	assert_true(asks_shows(&asks, "g/c?  …"));
	touch_row(&asks, "g/c?");
	assert_true(asks_shows(&asks, "It stays blank."));
	assert_true(asks_shows(&asks, "g/a?  …")); /* of the second, now */
	touch_row(&asks, "g/c?");
	assert_false(asks_shows(&asks, "It stays blank."));
	assert_false(asks_shows(&asks, "g/c?  …"));
	asks_done(&asks);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    one_choice_is_seen_for_a_moment_and_comes_back_kept),
		cmocka_unit_test(
		    a_private_choice_comes_back_blank_and_keeps_its_value),
		cmocka_unit_test(what_is_begun_is_not_skipped),
		cmocka_unit_test(private_text_numbers_and_days_keep_theirs_too),
		cmocka_unit_test(several_choices_are_checked_one_by_one),
		cmocka_unit_test(a_refused_choice_says_why_and_is_asked_again),
		cmocka_unit_test(
		    a_long_notice_is_read_whole_before_the_choices_come_back),
		cmocka_unit_test(a_long_hint_is_read_whole_before_the_choices),
		cmocka_unit_test(a_sentence_longer_than_a_page_is_read_whole),
		cmocka_unit_test(a_required_question_is_not_skipped),
		cmocka_unit_test(
		    a_required_question_without_words_of_its_own_says_so),
		cmocka_unit_test(
		    whoever_has_answered_what_is_required_can_go_on),
		cmocka_unit_test(a_question_says_what_it_lies_in),
		cmocka_unit_test(a_number_the_form_refuses_is_taken_back),
		cmocka_unit_test(
		    a_number_of_another_kind_is_refused_with_words),
		cmocka_unit_test(a_day_is_told_when_it_is_whole),
		cmocka_unit_test(
		    a_day_is_given_in_the_calendar_that_the_form_names),
		cmocka_unit_test(a_calendar_is_picked_before_the_day),
		cmocka_unit_test(
		    a_language_without_another_calendar_begins_with_the_day),
		cmocka_unit_test(
		    a_day_comes_back_in_the_calendar_it_was_given_in),
		cmocka_unit_test(a_year_is_given_in_a_calendar_too),
		cmocka_unit_test(a_year_that_keeps_no_calendar_is_gregorian),
		cmocka_unit_test(a_group_unfolds_one_question_at_a_time),
		cmocka_unit_test(
		    a_touch_on_another_question_keeps_what_was_written),
		cmocka_unit_test(
		    neighbours_on_one_screen_each_show_what_they_ask),
		cmocka_unit_test(
		    a_question_that_a_kiosk_cannot_ask_blocks_nobody),
		cmocka_unit_test(
		    what_does_not_fit_on_the_ticket_is_not_written),
		cmocka_unit_test(what_is_still_spelt_is_answered_as_it_stands),
		cmocka_unit_test(only_languages_that_are_offered_can_be_chosen),
		cmocka_unit_test(a_scan_finds_its_question_on_the_screen),
		cmocka_unit_test(a_scan_keeps_what_was_being_written),
		cmocka_unit_test(the_grid_puts_folded_questions_side_by_side),
		cmocka_unit_test(
		    a_folded_question_does_not_say_the_heading_again),
		cmocka_unit_test(a_name_is_suggested_until_the_person_goes_on),
		cmocka_unit_test(
		    neighbours_on_one_screen_are_asked_the_same_way),
		cmocka_unit_test(going_back_leaves_it_a_suggestion),
		cmocka_unit_test(what_the_person_changes_is_theirs),
		cmocka_unit_test(erasing_a_suggestion_takes_it_all_away),
		cmocka_unit_test(what_does_not_fit_is_not_suggested),
		cmocka_unit_test(choices_follow_the_answer_beside_them),
		cmocka_unit_test(what_the_form_works_out_stands_in_the_field),
		cmocka_unit_test(going_over_an_answer_does_not_tell_it_again),
		cmocka_unit_test(
		    a_form_that_takes_too_long_ends_no_conversation),
		cmocka_unit_test(a_touch_passes_a_blank_that_was_told_of),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
