#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "ask/title.h"
#include "base/bytes.h"
#include "tests/support/asks.h"
#include "tests/support/forms.h"

#define INPUT(name) \
	"<input ref='/data/" name "'><label>" name "</label></input>"
#define LOOKS(name, looks)                                                \
	"<input ref='/data/" name "' appearance='" looks "'><label>" name \
	"</label></input>"

static void expect_steps(struct asks *asks, const char *expected)
{
	SCOPED(char_freep) char *steps = asks_steps(asks);

	assert_string_equal(steps, expected);
}

static void steps_stand_in_the_forms_order(void **state)
{
	static const struct {
		const char *what, *data, *binds, *body, *steps;
	} cases[] = {
		{ "one question a screen", "<a/><b/><c/>", "",
		  INPUT("a") INPUT("b") INPUT("c"), "a | b | c" },
		{ "the model's order, not the body's", "<a/><b/>", "",
		  INPUT("b") INPUT("a"), "a | b" },
		{ "values without a control are not asked", "<a/><b/><c/>",
		  "<bind nodeset='/data/b' calculate='1'/>",
		  INPUT("a") INPUT("c"), "a | c" },
		{ "what is not relevant is not asked", "<a/><b/><c/>",
		  "<bind nodeset='/data/b' relevant=\"/data/a = 'x'\"/>",
		  INPUT("a") INPUT("b") INPUT("c"), "a | c" },
		{ "a group is not a screen of its own", "<g><a/><b/></g><c/>",
		  "",
		  "<group ref='/data/g'><label>G</label>" INPUT("g/a")
		      INPUT("g/b") "</group>" INPUT("c"),
		  "a | b | c" },
		{ "a group without a node is not either", "<a/><b/><c/>", "",
		  "<group><label>G</label>" INPUT("a")
		      INPUT("b") "</group>" INPUT("c"),
		  "a | b | c" },
		{ "but it may be a field-list", "<a/><b/><c/><d/>", "",
		  INPUT("d") "<group "
			     "appearance='field-list'><label>G</"
			     "label>" INPUT("a")
				 INPUT("b") "</group>" INPUT("c"),
		  "a+b | c | d" },
		{ "none joins what no screen shows", "<n/><a/><b/>",
		  "<bind nodeset='/data/n' readonly='true()'/>",
		  LOOKS("n", "staff") LOOKS("a", "same-screen")
		      LOOKS("b", "same-screen"),
		  "a+b" },
		{ "nor what lies in another group", "<a/><g><b/></g><c/>", "",
		  "<group appearance='field-list'>" INPUT(
		      "a") "<group ref='/data/g'>" INPUT("g/b") "</"
								"group"
								">" INPUT(
								    "c") "</"
									 "group"
									 ">",
		  "a | b | c" },
		{ "nor what the model puts behind another question",
		  "<a/><x/><b/>", "",
		  INPUT("x") "<group appearance='field-list'>" INPUT("a")
		      INPUT("b") "</group>",
		  "a | x | b" },
		{ "a field-list is one screen", "<g><a/><b/></g><c/>", "",
		  "<group ref='/data/g' appearance='field-list'>"
		  "<label>G</label>" INPUT("g/a")
		      INPUT("g/b") "</group>" INPUT("c"),
		  "a+b | c" },
		{ "with what may yet be asked on it", "<g><a/><b/></g><c/>",
		  "<bind nodeset='/data/g/b' relevant=\"/data/g/a = "
		  "'x'\"/>",
		  "<group ref='/data/g' appearance='field-list'>" INPUT("g/a")
		      INPUT("g/b") "</group>" INPUT("c"),
		  "a+(b) | c" },
		{ "and is gone with all that is on it", "<g><a/><b/></g><c/>",
		  "<bind nodeset='/data/g' relevant=\"/data/c = 'x'\"/>",
		  "<group ref='/data/g' appearance='field-list'>" INPUT("g/a")
		      INPUT("g/b") "</group>" INPUT("c"),
		  "c" },
		{ "neighbours join the screen before them", "<a/><b/><c/><d/>",
		  "",
		  INPUT("a") LOOKS("b", "same-screen") LOOKS("c", "same-screen")
		      INPUT("d"),
		  "a+b+c | d" },
		{ "though a value stands between", "<a/><x/><b/><d/>",
		  "<bind nodeset='/data/x' calculate='1'/>",
		  INPUT("a") LOOKS("b", "same-screen") INPUT("d"), "a+b | d" },
		{ "the screen stays when its first question goes",
		  "<a/><b/><c/>",
		  "<bind nodeset='/data/a' relevant=\"/data/c = 'x'\"/>",
		  INPUT("a") LOOKS("b", "same-screen") INPUT("c"),
		  "(a)+b | c" },
		{ "keys, the review and staff's notes have no screen",
		  "<a/><k/><r/><o/><n/><b/>",
		  "<bind nodeset='/data/n' readonly='true()'/>"
		  "<bind nodeset='/data/r' readonly='true()'/>",
		  INPUT("a") LOOKS("k", "bar") LOOKS("r", "review")
		      LOOKS("o", "on-review") LOOKS("n", "staff") INPUT("b"),
		  "a | b" },
		{ "a calendar beside a date is not asked by itself",
		  "<g><d/><k/></g>", "<bind nodeset='/data/g/d' type='date'/>",
		  "<group ref='/data/g' appearance='field-list'>" INPUT("g/d")
		      LOOKS("g/k", "calendar") "</group>",
		  "d+(k)" },
		{ "a form without a question has no step", "<a>1</a>",
		  "<bind nodeset='/data/a' calculate='1'/>", "", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct asks asks;

		print_message("  %s\n", cases[i].what);
		asks_start(&asks, "en", cases[i].data, cases[i].binds,
			   cases[i].body);
		expect_steps(&asks, cases[i].steps);
		asks_done(&asks);
	}
}

/* The steps of a field-list without a node with so many questions, and with a
 * note in front or not; each question is asked in one of them. */
static size_t steps_of_frame(size_t questions, bool note)
{
	struct bytes data = { 0 }, body = { 0 };
	struct asks asks;
	size_t steps, asked = 0;

	bytes_add_text(&body, "<group appearance='field-list'>");
	if (note) {
		bytes_add_text(&data, "<n/>");
		bytes_add_text(&body, INPUT("n"));
	}
	for (size_t i = 0; i < questions; i++) {
		bytes_add_format(&data, "<q%zu/>", i);
		bytes_add_format(&body, "<input ref='/data/q%zu'/>", i);
	}
	bytes_add_text(&body, "</group>");
	SCOPED(char_freep) char *nodes = bytes_take_text(&data);
	SCOPED(char_freep) char *controls = bytes_take_text(&body);

	asks_start(&asks, "en", nodes,
		   note ? "<bind nodeset='/data/n' readonly='true()'/>" : "",
		   controls);
	SCOPED(char_freep) char *names = asks_steps(&asks);
	for (const char *at = names; (at = strchr(at, 'q')); at++)
		asked++;
	assert_int_equal(asked, questions);
	assert_true(step_first(asks.run, &asks.step));
	steps = step_progress(asks.run, &asks.step).total;
	asks_done(&asks);
	return steps;
}

static void a_frame_of_too_many_questions_asks_each_by_itself(void **state)
{
	(void)state;
	assert_int_equal(steps_of_frame(STEP_FIELDS, false), 1);
	assert_int_equal(steps_of_frame(STEP_FIELDS + 1, false),
			 STEP_FIELDS + 1);
	/* The note is the heading of the screen, or a step of its own. */
	assert_int_equal(steps_of_frame(STEP_FIELDS, true), 1);
	assert_int_equal(steps_of_frame(STEP_FIELDS + 1, true),
			 STEP_FIELDS + 2);
}

static void a_note_in_front_is_the_heading_of_those_that_join_it(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(
	    &asks, "en", "<n/><a/><b/>",
	    "<bind nodeset='/data/n' readonly='true()'/>",
	    "<input ref='/data/n'><label>Count them</label></input>" LOOKS(
		"a", "same-screen") LOOKS("b", "same-screen"));
	expect_steps(&asks, "a+b");
	asks_at(&asks, "/data/b");
	{
		SCOPED(char_freep)
		char *heading = title_words(&asks.step);

		assert_string_equal(heading, "Count them");
	}
	asks_done(&asks);
}

#define PEOPLE                                                        \
	"<bind nodeset='/data/n' type='int'/>",                       \
	    INPUT("n") "<group ref='/data/r'><label>People</label>"   \
		       "<repeat nodeset='/data/r' jr:count='/data/n'" \
		       " appearance='field-list'>" INPUT("r/a")       \
			   INPUT("r/b") "</repeat></group>" INPUT("z")

static void a_repeat_is_a_screen_for_each_of_them(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(&asks, "en", "<n/><r><a/><b/></r><z/>", PEOPLE);
	expect_steps(&asks, "n | z");
	forms_set(asks.run, "/data/n", "2");
	expect_steps(&asks, "n | a+b | a+b | z");
	asks_at(&asks, "/data/r[2]/a");
	assert_int_equal(step_progress(asks.run, &asks.step).before, 2);
	assert_int_equal(step_progress(asks.run, &asks.step).total, 4);
	asks_done(&asks);
}

static void the_way_back_is_the_way_on_in_reverse(void **state)
{
	struct asks asks;
	struct step forward[8], step;
	size_t count = 0;

	(void)state;
	asks_start(&asks, "en", "<n/><r><a/><b/></r><z/>", PEOPLE);
	forms_set(asks.run, "/data/n", "3");
	for (bool more = step_first(asks.run, &step); more;
	     more = step_next(&step, &step))
		forward[count++] = step;
	assert_int_equal(count, 5);
	assert_true(step_last(asks.run, &step));
	for (size_t i = count; i-- > 0;) {
		assert_ptr_equal(step.field[0], forward[i].field[0]);
		assert_int_equal(step_progress(asks.run, &step).before, i);
		assert_int_equal(step_previous(asks.run, &step, &step), i > 0);
	}
	assert_ptr_equal(step.field[0], forward[0].field[0]);
	asks_done(&asks);
}

static void a_step_that_went_still_has_neighbours(void **state)
{
	struct asks asks;
	struct step step;

	(void)state;
	asks_start(&asks, "en", "<a/><b/><c/>",
		   "<bind nodeset='/data/b' relevant=\"/data/a != 'x'\"/>",
		   INPUT("a") INPUT("b") INPUT("c"));
	asks_at(&asks, "/data/b");
	forms_set(asks.run, "/data/a", "x");
	expect_steps(&asks, "a | c");
	assert_true(step_next(&asks.step, &step));
	assert_string_equal(node_name(step.field[0]), "c");
	assert_true(step_previous(asks.run, &asks.step, &step));
	assert_string_equal(node_name(step.field[0]), "a");
	assert_int_equal(step_progress(asks.run, &asks.step).total, 2);
	asks_done(&asks);
}

static void a_refused_or_missing_answer_holds_a_step_up(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(&asks, "en", "<a/><b/>",
		   "<bind nodeset='/data/a' required='true()'/>"
		   "<bind nodeset='/data/b' constraint=\". != 'x'\""
		   " relevant=\"/data/a = 'on'\"/>",
		   INPUT("a") LOOKS("b", "same-screen"));
	asks_at(&asks, "/data/a");
	assert_true(step_holds_up(&asks.step));
	forms_set(asks.run, "/data/a", "on");
	assert_false(step_holds_up(&asks.step));
	forms_set(asks.run, "/data/b", "x");
	assert_true(step_holds_up(&asks.step));
	/* What is not asked holds nobody up. */
	forms_set(asks.run, "/data/a", "off");
	assert_false(step_holds_up(&asks.step));
	asks_done(&asks);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(steps_stand_in_the_forms_order),
		cmocka_unit_test(
		    a_frame_of_too_many_questions_asks_each_by_itself),
		cmocka_unit_test(
		    a_note_in_front_is_the_heading_of_those_that_join_it),
		cmocka_unit_test(a_repeat_is_a_screen_for_each_of_them),
		cmocka_unit_test(the_way_back_is_the_way_on_in_reverse),
		cmocka_unit_test(a_step_that_went_still_has_neighbours),
		cmocka_unit_test(a_refused_or_missing_answer_holds_a_step_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
