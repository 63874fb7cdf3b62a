#include "tests/test.h"

#include "ask/interview.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "tests/support/asks.h"
#include "tests/support/event.h"
#include "tests/support/forms.h"
#include "tests/support/logged.h"

/*
 * The whole conversation: two questions with one answer, one that only "yes" to
 * the first brings, and a review.
 */
#define ITEM(name, label) \
	"<item><label>" label "</label><value>" name "</value></item>"
#define ONE(name)                                    \
	"<select1 ref='/data/" name "'><label>" name \
	"?</label>" ITEM("YES", "Yes") ITEM("NO", "No") "</select1>"
#define LOOKS(name, looks)                                                \
	"<input ref='/data/" name "' appearance='" looks "'><label>" name \
	"?</label></input>"

#define RELEVANT "<bind nodeset='/data/c' relevant=\"/data/a = 'YES'\"/>"
#define REQUIRED "<bind nodeset='/data/a' required='true()'/>"

struct talk {
	struct asks asks;
	struct interview *interview;
	char spoken[16];
};

static void speaks(void *to, const char *tag)
{
	struct talk *talk = to;

	snprintf(talk->spoken, sizeof talk->spoken, "%s", tag);
}

/* Where somebody left it, or NULL. */
static void take_up(struct talk *talk, const char *at)
{
	interview_free(talk->interview);
	talk->interview = NULL;
	assert_int_equal(interview_new(
			     &(struct interview_options){
				 .run = talk->asks.run,
				 .look = &talk->asks.look,
				 .speaks = speaks,
				 .to = talk,
				 .at = at,
			     },
			     &talk->interview),
			 FAULT_NONE);
}

static void talk_start(struct talk *talk, const char *data, const char *rest,
		       const char *body)
{
	*talk = (struct talk){ 0 };
	asks_start(&talk->asks, "en", data, rest, body);
	take_up(talk, NULL);
}

static void talk_end(struct talk *talk)
{
	interview_free(talk->interview);
	asks_done(&talk->asks);
}

static char *picture(struct talk *talk)
{
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(24, 70, false);

	interview_draw(talk->interview, canvas);
	return canvas_picture(canvas);
}

static void expect_shown(struct talk *talk, const char *text)
{
	SCOPED(char_freep) char *drawn = picture(talk);

	if (!strstr(drawn, text))
		fail_msg("\"%s\" is not in\n%s", text, drawn);
}

static enum interview_event press(struct talk *talk, struct ui_event event)
{
	SCOPED(char_freep) char *drawn = picture(talk);
	enum surround_action action;
	enum interview_event what;

	assert_int_equal(interview_key(talk->interview, &event, &what, &action),
			 FAULT_NONE);
	return what;
}

static enum interview_event go_on(struct talk *talk)
{
	enum interview_event what;

	assert_int_equal(interview_go_on(talk->interview, &what), FAULT_NONE);
	return what;
}

/* A choice, seen for its moment; what came of going on. */
static enum interview_event answer(struct talk *talk, char digit)
{
	assert_int_equal(press(talk, text_event((uint32_t)digit)),
			 INTERVIEW_SHOWN);
	return go_on(talk);
}

static void
an_answer_is_seen_once_and_then_the_next_question_comes(void **state)
{
	struct talk talk;

	(void)state;
	talk_start(&talk, "<a/><b/>", "", ONE("a") ONE("b"));
	expect_shown(&talk, "a?");
	assert_int_equal(press(&talk, text_event('1')), INTERVIEW_SHOWN);
	/* A second press meanwhile is no new answer. */
	assert_int_equal(press(&talk, text_event('2')), INTERVIEW_IGNORED);
	expect_shown(&talk, "a?");
	assert_string_equal(forms_value(talk.asks.run, "/data/a"), "YES");
	assert_int_equal(go_on(&talk), INTERVIEW_MOVED);
	expect_shown(&talk, "b?");
	assert_int_equal(press(&talk, key_event(UI_KEY_ESCAPE)),
			 INTERVIEW_MOVED);
	expect_shown(&talk, "a?");
	talk_end(&talk);
}

static void without_a_review_the_last_answer_finishes(void **state)
{
	struct talk talk;

	(void)state;
	talk_start(&talk, "<a/>", "", ONE("a"));
	assert_int_equal(answer(&talk, '1'), INTERVIEW_FINISHED);
	talk_end(&talk);
}

static void what_the_form_refuses_is_asked_before_it_finishes(void **state)
{
	struct talk talk;

	(void)state;
	talk_start(&talk, "<a/><b/>", REQUIRED, ONE("a") ONE("b"));
	assert_int_equal(answer(&talk, '1'), INTERVIEW_MOVED);
	forms_set(talk.asks.run, "/data/a", "");
	assert_int_equal(answer(&talk, '1'), INTERVIEW_MOVED);
	expect_shown(&talk, "a?");
	talk_end(&talk);
}

static void after_the_review_only_what_is_new_is_asked(void **state)
{
	struct talk talk;

	(void)state;
	talk_start(&talk, "<a/><b/><c/><r/>", RELEVANT,
		   ONE("a") ONE("b") ONE("c") LOOKS("r", "review"));
	assert_int_equal(answer(&talk, '2'), INTERVIEW_MOVED);
	assert_int_equal(answer(&talk, '2'), INTERVIEW_MOVED);
	expect_shown(&talk, "r?");
	/* Rows: finish, a, b. */
	assert_int_equal(press(&talk, text_event('2')), INTERVIEW_CHANGED);
	expect_shown(&talk, "Change");
	assert_int_equal(press(&talk, text_event('1')), INTERVIEW_MOVED);
	expect_shown(&talk, "a?");
	assert_int_equal(answer(&talk, '1'), INTERVIEW_MOVED);
	expect_shown(&talk, "c?"); /* and not b again */
	assert_int_equal(answer(&talk, '1'), INTERVIEW_MOVED);
	expect_shown(&talk, "r?");
	assert_int_equal(press(&talk, text_event('1')), INTERVIEW_FINISHED);
	talk_end(&talk);
}

/* Leaves it, and another conversation with the same answers takes it up. */
static void expect_again(struct talk *talk, const char *place,
			 const char *shown)
{
	SCOPED(char_freep) char *at = interview_place(talk->interview);

	assert_string_equal(at, place);
	take_up(talk, at);
	expect_shown(talk, shown);
}

static void whoever_goes_on_is_where_they_left(void **state)
{
	struct talk talk;

	(void)state;
	talk_start(&talk, "<a/><b/><c/><r/>", RELEVANT,
		   ONE("a") ONE("b") ONE("c") LOOKS("r", "review"));
	expect_again(&talk, "/data/a", "a?");
	assert_int_equal(answer(&talk, '2'), INTERVIEW_MOVED);
	expect_again(&talk, "/data/b", "b?");
	assert_int_equal(press(&talk, key_event(UI_KEY_ESCAPE)),
			 INTERVIEW_MOVED);
	expect_shown(&talk, "a?");
	assert_int_equal(answer(&talk, '2'), INTERVIEW_MOVED);
	assert_int_equal(answer(&talk, '2'), INTERVIEW_MOVED);
	expect_again(&talk, "", "r?");
	/* What was shown before is not asked again. */
	assert_int_equal(press(&talk, text_event('2')), INTERVIEW_CHANGED);
	assert_int_equal(press(&talk, text_event('1')), INTERVIEW_MOVED);
	assert_int_equal(answer(&talk, '1'), INTERVIEW_MOVED);
	expect_again(&talk, "/data/c", "c?");
	assert_int_equal(answer(&talk, '1'), INTERVIEW_MOVED);
	expect_shown(&talk, "r?");
	/* A place that is no more. */
	forms_set(talk.asks.run, "/data/a", "NO");
	take_up(&talk, "/data/c");
	expect_shown(&talk, "a?");
	talk_end(&talk);
}

static void an_answer_is_erased_unless_it_is_required(void **state)
{
	struct talk talk;

	(void)state;
	talk_start(&talk, "<a/><b/><r/>", REQUIRED,
		   ONE("a") ONE("b") LOOKS("r", "review"));
	(void)answer(&talk, '1');
	assert_int_equal(answer(&talk, '1'), INTERVIEW_MOVED);
	assert_int_equal(press(&talk, text_event('2')), INTERVIEW_CHANGED);
	/* The second key is "back". */
	assert_int_equal(press(&talk, text_event('2')), INTERVIEW_CHANGED);
	expect_shown(&talk, "r?");
	assert_int_equal(press(&talk, text_event('3')), INTERVIEW_CHANGED);
	assert_int_equal(press(&talk, text_event('2')), INTERVIEW_MOVED);
	assert_string_equal(forms_value(talk.asks.run, "/data/a"), "YES");
	assert_string_equal(forms_value(talk.asks.run, "/data/b"), "");
	expect_shown(&talk, "r?");
	talk_end(&talk);
}

static void answers_that_do_not_fit_are_reviewed_again(void **state)
{
	struct talk talk;

	(void)state;
	talk_start(&talk, "<a/><r/>", "", ONE("a") LOOKS("r", "review"));
	(void)answer(&talk, '1');
	assert_int_equal(press(&talk, text_event('1')), INTERVIEW_FINISHED);
	assert_int_equal(interview_too_long(talk.interview), FAULT_NONE);
	expect_shown(&talk, "r?");
	expect_shown(&talk, "The paper is full");
	assert_int_equal(press(&talk, text_event('1')), INTERVIEW_FINISHED);
	talk_end(&talk);
}

static void a_scan_answers_where_one_is_awaited(void **state)
{
	enum interview_event what;
	struct talk talk;

	(void)state;
	talk_start(&talk, "<a/><s/><b/>", "",
		   ONE("a") LOOKS("s", "scan") ONE("b"));
	assert_false(interview_awaits_scan(talk.interview));
	assert_int_equal(interview_scanned(talk.interview, "0001-7", &what),
			 FAULT_NONE);
	assert_int_equal(what, INTERVIEW_IGNORED);
	(void)answer(&talk, '1');
	assert_true(interview_awaits_scan(talk.interview));
	assert_int_equal(interview_scanned(talk.interview, "0001-7", &what),
			 FAULT_NONE);
	assert_int_equal(what, INTERVIEW_SHOWN);
	assert_string_equal(forms_value(talk.asks.run, "/data/s"), "0001-7");
	assert_int_equal(go_on(&talk), INTERVIEW_MOVED);
	expect_shown(&talk, "b?");
	talk_end(&talk);
}

static void the_answer_about_the_language_is_told(void **state)
{
	struct talk talk;

	(void)state;
	talk_start(&talk, "<a/><b/>", "",
		   "<select1 ref='/data/a' appearance='language'>"
		   "<label>a?</label>" ITEM("en", "English")
		       ITEM("fr", "Français") "</select1>" ONE("b"));
	assert_int_equal(press(&talk, text_event('2')), INTERVIEW_SHOWN);
	assert_string_equal(talk.spoken, "fr");
	assert_int_equal(go_on(&talk), INTERVIEW_MOVED);
	talk_end(&talk);
}

static void a_form_that_asks_nothing_begins_with_the_review(void **state)
{
	struct talk talk;

	(void)state;
	talk_start(&talk, "<a/>", "", "");
	assert_int_equal(press(&talk, key_event(UI_KEY_ESCAPE)),
			 INTERVIEW_LEFT);
	assert_int_equal(press(&talk, key_event(UI_KEY_ENTER)),
			 INTERVIEW_FINISHED);
	talk_end(&talk);
}

/* --- nothing to choose from ------------------------------------------------
 */

#define NAMES(filter) "instance('list')/root/item[" filter "]/name"
#define LIST_ROWS 4000 /* each with each is above any budget */

static char *list_where_choosing_is_required(void)
{
	struct bytes out = { 0 };

	bytes_add_text(&out, "<bind nodeset='/data/c' required='true()'/>"
			     "<instance id='list'><root xmlns=''>");
	for (int i = 0; i < LIST_ROWS; i++)
		bytes_add_format(&out, "<item><name>n%d</name></item>", i);
	bytes_add_text(&out, "</root></instance>");
	return bytes_take_text(&out);
}

static char *choosing(const char *appearance, const char *filter)
{
	return xasprintf("<select1 ref='/data/c' appearance='%s'>"
			 "<label>c?</label>"
			 "<itemset nodeset=\"instance('list')/root/item[%s]\">"
			 "<value ref='name'/><label ref='name'/></itemset>"
			 "</select1>",
			 appearance, filter);
}

static void start_list(struct talk *talk, const char *data, const char *filter)
{
	SCOPED(char_freep) char *rest = list_where_choosing_is_required();
	SCOPED(char_freep) char *list = choosing("", filter);
	SCOPED(char_freep)
	char *text = xstrdup("<input ref='/data/a'><label>a?</label></input>");
	SCOPED(char_freep)
	char *body = data[1] == 'a' ? xasprintf("%s%s", text, list)
				    : xasprintf("%s%s", list, text);

	talk_start(talk, data, rest, body);
}

/* Yes, "next" and a touch on it: each leads out, though it must be answered. */
static void who_has_nothing_to_choose_from_is_not_kept(void **state)
{
	static const char none[] = "name = 'none'";
	static const char endless[] =
	    "name = " NAMES("name = " NAMES("name != /data/a"));
	static const struct {
		const char *filter;
		enum ui_key way;
	} cases[] = {
		{ none, UI_KEY_ENTER },     { none, UI_KEY_TAB },
		{ none, UI_KEY_PAGE_DOWN }, { none, UI_KEY_RIGHT },
		{ endless, UI_KEY_ENTER },  { endless, UI_KEY_TAB },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const bool failed = cases[i].filter == endless;
		enum interview_event what;
		struct talk talk;
		const char *said;

		logged_start();
		start_list(&talk, "<a/><c/>", cases[i].filter);
		assert_int_equal(press(&talk, key_event(UI_KEY_TAB)),
				 INTERVIEW_MOVED);
		expect_shown(&talk, "c?");
		expect_shown(&talk, "Not available here");
		expect_shown(&talk, "Skip");
		what = press(&talk, key_event(cases[i].way));
		if (what == INTERVIEW_SHOWN)
			what = go_on(&talk);
		assert_int_equal(what, INTERVIEW_FINISHED);
		/* Staff read it in the log, once, and see it was left blank. */
		said = strstr(logged(), "/data/c, choices: more than");
		assert_int_equal(said != NULL, failed);
		assert_true(!said || !strstr(said + 1, "/data/c, choices"));
		logged_stop();
		assert_int_equal(
		    node_violation(forms_node(talk.asks.run, "/data/c")),
		    VIOLATES_REQUIRED);
		talk_end(&talk);
	}
}

/* It is asked again, and must be answered then. */
static void what_can_be_chosen_by_the_end_is_asked_again(void **state)
{
	struct talk talk;

	(void)state;
	start_list(&talk, "<c/><a/>", "name = /data/a");
	expect_shown(&talk, "Not available here");
	assert_int_equal(press(&talk, key_event(UI_KEY_TAB)), INTERVIEW_MOVED);
	expect_shown(&talk, "a?");
	press(&talk, text_event('n'));
	press(&talk, text_event('7'));
	assert_int_equal(press(&talk, key_event(UI_KEY_TAB)), INTERVIEW_MOVED);
	expect_shown(&talk, "c?");
	expect_shown(&talk, "n7");
	assert_int_equal(press(&talk, key_event(UI_KEY_TAB)),
			 INTERVIEW_IGNORED);
	expect_shown(&talk, "c?");
	assert_int_equal(answer(&talk, '1'), INTERVIEW_MOVED);
	expect_shown(&talk, "a?");
	assert_int_equal(press(&talk, key_event(UI_KEY_TAB)),
			 INTERVIEW_FINISHED);
	assert_string_equal(forms_value(talk.asks.run, "/data/c"), "n7");
	talk_end(&talk);
}

/* What the review asks is no different: the way out is then the paper. */
static void a_review_with_nothing_to_choose_from_leads_on(void **state)
{
	static const struct {
		const char *filter, *a;
	} cases[] = {
		{ "name = /data/a", "" },
		{ "name = /data/a", "z" },
		{ "name = " NAMES("name = " NAMES("name != /data/a")), "" },
	};
	SCOPED(char_freep) char *rest = list_where_choosing_is_required();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(char_freep)
		char *list = choosing("on-review", cases[i].filter);
		SCOPED(char_freep)
		char *body = xasprintf("%s%s%s", LOOKS("a", ""),
				       LOOKS("r", "review"), list);
		struct talk talk;

		logged_start();
		talk_start(&talk, "<a/><r/><c/>", rest, body);
		if (cases[i].a[0])
			press(&talk, text_event((uint32_t)cases[i].a[0]));
		assert_int_equal(press(&talk, key_event(UI_KEY_TAB)),
				 INTERVIEW_MOVED);
		expect_shown(&talk, "r?");
		expect_shown(&talk, "Finish and print my paper");
		assert_string_equal(forms_value(talk.asks.run, "/data/a"),
				    cases[i].a);
		assert_int_equal(press(&talk, text_event('1')),
				 INTERVIEW_FINISHED);
		logged_stop();
		talk_end(&talk);
	}
}

/* One that offers something still has to be answered. */
static void a_review_goes_on_by_what_it_offers(void **state)
{
	SCOPED(char_freep) char *rest = list_where_choosing_is_required();
	SCOPED(char_freep) char *list = choosing("on-review", "name = /data/a");
	SCOPED(char_freep)
	char *body =
	    xasprintf("%s%s%s", LOOKS("a", ""), LOOKS("r", "review"), list);
	struct talk talk;

	(void)state;
	talk_start(&talk, "<a/><r/><c/>", rest, body);
	press(&talk, text_event('n'));
	press(&talk, text_event('7'));
	assert_int_equal(press(&talk, key_event(UI_KEY_TAB)), INTERVIEW_MOVED);
	expect_shown(&talk, "c?");
	assert_int_equal(press(&talk, text_event('1')), INTERVIEW_FINISHED);
	assert_string_equal(forms_value(talk.asks.run, "/data/c"), "n7");
	talk_end(&talk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    an_answer_is_seen_once_and_then_the_next_question_comes),
		cmocka_unit_test(without_a_review_the_last_answer_finishes),
		cmocka_unit_test(
		    what_the_form_refuses_is_asked_before_it_finishes),
		cmocka_unit_test(after_the_review_only_what_is_new_is_asked),
		cmocka_unit_test(whoever_goes_on_is_where_they_left),
		cmocka_unit_test(an_answer_is_erased_unless_it_is_required),
		cmocka_unit_test(answers_that_do_not_fit_are_reviewed_again),
		cmocka_unit_test(a_scan_answers_where_one_is_awaited),
		cmocka_unit_test(the_answer_about_the_language_is_told),
		cmocka_unit_test(
		    a_form_that_asks_nothing_begins_with_the_review),
		cmocka_unit_test(who_has_nothing_to_choose_from_is_not_kept),
		cmocka_unit_test(what_can_be_chosen_by_the_end_is_asked_again),
		cmocka_unit_test(a_review_with_nothing_to_choose_from_leads_on),
		cmocka_unit_test(a_review_goes_on_by_what_it_offers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
