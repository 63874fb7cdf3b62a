#include "desk/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "desk/assess.h"
#include "desk/open.h"
#include "tests/support/seat.h"
#include "tests/test.h"

/* A person with a first assessment from June that a worker signed. */
static int64_t make_person(struct seat *seat)
{
	static const struct {
		enum domain domain;
		enum need_level level;
	} levels[] = {
		{ DOMAIN_HOU, LEVEL_CRISIS },
		{ DOMAIN_INC, LEVEL_CRISIS },
		{ DOMAIN_LAN, LEVEL_THRIVING },
	};
	const int64_t person = seat_make(seat, "person", "number", "P-7",
					 "arrived", "2026-05-20", NULL);
	const struct record_who *who = &seat->desk.staff.who;
	SCOPED(char_freep) char *id = xasprintf("%lld", (long long)person);
	enum entity_answer answer;
	int64_t first = 0;

	seat_make(seat, "name", "person", id, "latin", "Selam Haile", NULL);
	assert_int_equal(assess_begin(seat->record, person, "first",
				      "2026-06-01", 0, who,
				      seat->desk.clock.now, &answer, &first),
			 FAULT_NONE);
	for (size_t i = 0; i < COUNT(levels); i++) {
		const struct assess_said said = { .domain = levels[i].domain,
						  .level = levels[i].level,
						  .source = SOURCE_TOLD };

		assert_int_equal(assess_say(seat->record, first, &said, who,
					    seat->desk.clock.now, &answer),
				 FAULT_NONE);
	}
	assert_int_equal(assess_sign(seat->record, first, 90, who,
				     seat->desk.clock.now, &answer, NULL),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	return person;
}

static void levels_are_one_key_each_beside_those_before(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	assess_open(&sam->desk, make_person(sam));
	seat_sees(sam, "Assessment 1 · first · Selam Haile");
	seat_sees(sam, "signed by Sam · next due Sun 30 Aug 2026");
	seat_type(sam, "2"); /* it is signed */
	seat_sees(sam, "A place to live · · crisis");
	seat_type(sam, "b");
	seat_sees(sam, "Assessment 2 · full");
	seat_down(sam, 1);
	seat_type(sam, "23"); /* a place to live, then food */
	seat_golden(sam, "desk-assess-80x24");
	seat_type(sam, "s");
	seat_sees(sam, "It never changes afterwards.");
	seat_type(sam, "1");
	seat_sees(sam, "signed by Sam · next due Sat 20 Feb 2027");
	seat_type(sam, "=");
	seat_golden(sam, "desk-compare-80x24");
	seat_type(sam, "<");
	seat_sees(sam, "There is no older version.");
}

static void looking_at_nothing_writes_nothing_down(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;
	const int64_t person = seat_make(sam, "person", "number", "P-1", NULL);
	int64_t total;

	assess_open(&sam->desk, person);
	seat_type(sam, "2"); /* not now */
	seat_misses(sam, "Assessment 1");
	assert_int_equal(
	    entity_total(sam->record, kind_find("assessment"), NULL, &total),
	    FAULT_NONE);
	assert_int_equal(total, 0);
	assess_open(&sam->desk, person);
	seat_type(sam, "1");
	seat_sees(sam, "Assessment 1 · first");
	assert_int_equal(
	    entity_total(sam->record, kind_find("assessment"), NULL, &total),
	    FAULT_NONE);
	assert_int_equal(total, 1);
}

static void an_assessment_uses_a_wide_window_in_french(void **state)
{
	struct office *office = *state;
	struct seat *ana = &office->ana;

	ana->rows = 45;
	ana->columns = 160;
	assess_open(&ana->desk, make_person(ana));
	seat_type(ana, "b");
	seat_down(ana, 1);
	seat_type(ana, "ibail vu");
	seat_press(ana, UI_KEY_TAB);
	seat_golden(ana, "desk-assess-fr-160x45");
	seat_press(ana, UI_KEY_ENTER);
	seat_sees(ana, "Crise : un tort ou une perte est probable");
}

static void strengths_stand_beside_needs(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	assess_open(&sam->desk, make_person(sam));
	seat_type(sam, "t"); /* it is signed */
	seat_misses(sam, "The person as a whole");
	seat_type(sam, "b");
	seat_down(sam, 1);
	seat_type(sam, "t1Knows a landlord");
	seat_press(sam, UI_KEY_TAB);
	seat_type(sam, "t2Speaks three languages");
	seat_press(sam, UI_KEY_TAB);
	seat_golden(sam, "desk-strengths-80x24");
	seat_down(sam, 1);
	seat_misses(sam, "Knows a landlord");
	sam->columns = 160;
	sam->rows = 45;
	seat_sees(sam, "Knows a landlord");
	seat_sees(sam, "Strengths of the person: Speaks three languages");
}

static void strengths_stand_beside_the_plan_and_in_the_comparison(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	open_entity(&sam->desk, kind_find("person"), make_person(sam));
	seat_type(sam, "vb");
	seat_down(sam, 1);
	seat_type(sam, "t1Knows a landlord");
	seat_press(sam, UI_KEY_TAB);
	seat_type(sam, "t2Speaks three languages");
	seat_press(sam, UI_KEY_TAB);
	seat_type(sam, "+A warm home");
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "Call the co-op");
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "y");
	seat_sees(sam, "Strengths of the person: Speaks three languages");
	seat_sees(sam, "✦ Strengths here: Knows a landlord");
	seat_down(sam, 1); /* its step */
	seat_sees(sam, "✦ Strengths here: Knows a landlord");
	seat_press(sam, UI_KEY_ESCAPE);
	seat_type(sam, "=");
	seat_sees(sam, "What changed");
	seat_sees(sam, "Strengths of the person: Speaks three languages");
	seat_misses(sam, "Knows a landlord");
	seat_down(sam, 1);
	seat_sees(sam, "✦ Strengths here: Knows a landlord");
}

static void another_desks_level_is_seen_at_once(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam, *ana = &office->ana;
	const int64_t person = make_person(sam);

	assess_open(&sam->desk, person);
	seat_type(sam, "b");
	assess_open(&ana->desk, person);
	seat_sees(ana, "Évaluation 2");
	seat_type(sam, "1");
	seat_look(ana);
	seat_sees(ana, "Sécurité · · crise");
}

static void a_need_becomes_a_goal_with_one_key(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	open_entity(&sam->desk, kind_find("person"), make_person(sam));
	seat_type(sam, "v");
	seat_down(sam, 1);
	seat_type(sam, "+");
	seat_sees(sam, "A goal: A place to live");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "Write at least a word.");
	seat_type(sam, "A warm home");
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "Call the co-op");
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "y");
	seat_sees(sam, "Plan · Selam Haile");
	seat_sees(sam, "A place to live: A warm home");
	seat_sees(sam, "→ Call the co-op open");
	seat_sees(sam, "1 open goal, each with a next step");
}

static void the_next_step_is_always_one(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;
	const struct entity_name name = { kind_find("person"),
					  make_person(sam) };

	desk_open(&sam->desk, &desk_plan_screen, &name);
	seat_sees(sam, "No goal yet");
	seat_type(sam, "+5"); /* health */
	seat_type(sam, "See a doctor");
	seat_press(sam, UI_KEY_ENTER);
	seat_press(sam, UI_KEY_ESCAPE); /* no step for now */
	seat_sees(sam, "1 open goal · 1 without a next step");
	seat_type(sam, "jCall the clinic");
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "jFind the papers");
	seat_press(sam, UI_KEY_ENTER);
	seat_down(sam, 2);
	seat_type(sam, ">");
	seat_sees(sam, "→ Find the papers");
	seat_golden(sam, "desk-plan-80x24");
	seat_type(sam, "m1"); /* done */
	seat_sees(sam, "Next step now: Call the clinic");
	seat_press(sam, UI_KEY_HOME);
	seat_type(sam, "m1"); /* blocked */
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "Write at least a word.");
	seat_type(sam, "no doctor");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "Health: See a doctor — no");
	seat_type(sam, "u");
	seat_misses(sam, "blocked");
}

static void the_first_30_days_are_one_key(void **state)
{
	struct office *office = *state;
	struct seat *ana = &office->ana;
	const struct entity_name name = { kind_find("person"),
					  make_person(ana) };

	ana->rows = 45;
	ana->columns = 160;
	desk_open(&ana->desk, &desk_plan_screen, &name);
	seat_type(ana, "T");
	seat_sees(ana, "7 objectifs ouverts");
	seat_golden(ana, "desk-plan-fr-160x45");
	seat_type(ana, "T");
	seat_sees(ana, "Ils y sont déjà tous");
	ana->rows = 14;
	ana->columns = 60;
	seat_sees(ana, "7 objectifs ouverts");
	/* A step from a list opens the plan it belongs to. */
	(void)desk_to_waiting(&ana->desk);
	open_entity(&ana->desk, kind_find("step"), 3);
	seat_sees(ana, "Plan · Selam Haile");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_OFFICE(levels_are_one_key_each_beside_those_before),
		WITH_OFFICE(looking_at_nothing_writes_nothing_down),
		WITH_OFFICE(an_assessment_uses_a_wide_window_in_french),
		WITH_OFFICE(strengths_stand_beside_needs),
		WITH_OFFICE(
		    strengths_stand_beside_the_plan_and_in_the_comparison),
		WITH_OFFICE(another_desks_level_is_seen_at_once),
		WITH_OFFICE(a_need_becomes_a_goal_with_one_key),
		WITH_OFFICE(the_next_step_is_always_one),
		WITH_OFFICE(the_first_30_days_are_one_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
