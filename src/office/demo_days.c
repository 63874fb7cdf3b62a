#include <stdio.h>
#include <string.h>

#include "office/demo_people.h"
#include "office/demo_pilot.h"
#include "record/appointment.h"
#include "record/assess.h"
#include "record/plan.h"

#define HOUR_MS ((int64_t)60 * 60 * 1000)

/* --- appointments ----------------------------------------------------------
 */

static const struct {
	int home, worker, ago, hour; /* hour: from now, for those of today */
	const char *mode, *state, *reason;
} appointments[] = {
	{ 3, 3, 0, 1, "in-person", NULL, NULL },
	{ 4, 2, 0, 2, "in-person", NULL, NULL },
	{ 8, 0, 0, 3, "video", NULL, NULL },
	{ 6, 0, -3, 0, "in-person", NULL, NULL },
	{ 2, 4, -5, 0, "phone", NULL, NULL },
	{ 3, 3, 30, 0, "in-person", "attended", NULL },
	{ 5, 2, 21, 0, "in-person", "no-show", "transport" },
	{ 6, 0, 40, 0, "in-person", "attended", NULL },
	{ 7, 1, 44, 0, "phone", "attended", NULL },
	{ 8, 0, 60, 0, "video", "no-show", "device" },
	{ 9, 3, 61, 0, "video", "attended", NULL },
	{ 10, 4, 33, 0, "phone", "cancelled", "afraid" },
	{ 11, 4, 75, 0, "in-person", "attended", NULL },
	{ 12, 2, 80, 0, "in-person", "no-show", "childcare" },
	{ 13, 1, 90, 0, "phone", "attended", NULL },
	{ 14, 0, 120, 0, "in-person", "attended", NULL },
};

static void write_appointments(struct pilot *pilot)
{
	struct demo *demo = &pilot->demo;

	for (size_t i = 0; i < COUNT(appointments); i++) {
		const int ago = appointments[i].ago;
		const struct demo_text person =
		    demo_id(pilot->homes[appointments[i].home].adult);
		const struct demo_text worker =
		    demo_id(pilot->workers[appointments[i].worker]);
		const struct demo_text at =
		    demo_id(demo->now - ago * DEMO_DAY_MS +
			    appointments[i].hour * HOUR_MS);
		const int64_t id =
		    demo_make(demo, "appointment", ago + 7, "person",
			      person.text, "worker", worker.text, "at", at.text,
			      "minutes", "45", "mode", appointments[i].mode);
		enum entity_answer answer = ENTITY_DONE;
		enum fault fault;

		if (demo->fault || !appointments[i].state)
			continue;
		fault = appointment_end(demo->record, id, appointments[i].state,
					appointments[i].reason, &demo->who,
					demo_at(demo, ago), &answer);
		demo_expect(demo, "appointment", fault, answer);
	}
}

static void plan_meeting(struct demo *demo, int64_t sponsorship,
			 const char *what, int ahead)
{
	const struct demo_text id = demo_id(sponsorship);
	const struct demo_text day = demo_day(demo, -ahead);

	(void)demo_make(demo, "meeting", 0, "what", what, "sponsorship",
			id.text, "day", day.text, "mode", "in-person");
}

static void write_planned(struct pilot *pilot)
{
	struct demo *demo = &pilot->demo;

	plan_meeting(demo, pilot->homes[0].sponsorship, "POST", 4);
	plan_meeting(demo, pilot->homes[1].sponsorship, "POST", 9);
	plan_meeting(demo, pilot->awaited[1], "PRE", 12);
}

/* --- contacts, events ------------------------------------------------------
 */

static void write_contacts(struct pilot *pilot)
{
	struct demo *demo = &pilot->demo;

	for (int i = 0; i < pilot->home_count; i += 3) {
		const struct demo_text home =
		    demo_id(pilot->homes[i].household);
		const struct demo_text day = demo_day(demo, 4 - i);

		(void)demo_make(demo, "outreach", 10, "household", home.text,
				"day", day.text, "mode", "phone", "note",
				"Call to ask how it goes");
	}
}

static const struct {
	const char *what, *topic, *minutes, *meant_for;
	int ago;
	const char *users, *groups; /* places; a ! behind one: did not come */
} events[] = {
	{ "orientation", "Settling in the first month", "120",
	  "sponsors newcomers", 60, "0", "4 5 6! 7 8 12 13 16" },
	{ "orientation", "Sponsors: who does what", "90", "sponsors", 20, "2",
	  "9 10 11! 14 17 19 20! 22" },
	{ "training", "Trauma-informed practice", "180", "staff", 420,
	  "0 1 2 3 4", "" },
	{ "training", "Privacy and consent", "90", "staff", 200, "0 1 2 4",
	  "" },
	{ "training", "Safety flag and closed rooms", "60", "staff", 90,
	  "0 1 3 4", "" },
	{ "training", "Interpreting for neighbours", "150", "community", 45,
	  "4", "5 15!" },
	{ "workshop", "What forms ask twice", "120", "staff", 70, "0 1 2 3 4",
	  "" },
	{ "retrospective", "Autumn: what to keep, what to mend", "60", "staff",
	  14, "0 1 2 3 4", "" },
	{ "recognition", "Ten families at a year", "30", "staff", 9,
	  "0 1 2 3 4", "" },
	{ "break", "Quiet hour for everybody", "60", "staff", 5, "0 1 2 3 4",
	  "" },
};

static void invite(struct demo *demo, int64_t event, const char *field,
		   const char *places, const int64_t *ids, int ago)
{
	const struct demo_text id = demo_id(event);
	const struct demo_text day = demo_day(demo, ago + 14);

	for (const char *at = places; *at; at += strspn(at, " !")) {
		int place = 0, length = 0;
		struct demo_text whom;

		(void)sscanf(at, "%d%n", &place, &length);
		at += length;
		whom = demo_id(ids[place]);
		(void)demo_make(demo, "event_party", ago + 14, "event", id.text,
				field, whom.text, "invited_on", day.text,
				"came", *at == '!' ? "0" : "1");
	}
}

static void write_events(struct pilot *pilot)
{
	struct demo *demo = &pilot->demo;

	for (size_t i = 0; i < COUNT(events); i++) {
		const struct demo_text day = demo_day(demo, events[i].ago);
		const int64_t event = demo_make(
		    demo, "event", events[i].ago + 20, "what", events[i].what,
		    "topic", events[i].topic, "day", day.text, "minutes",
		    events[i].minutes, "meant_for", events[i].meant_for);

		invite(demo, event, "user", events[i].users, pilot->workers,
		       events[i].ago);
		invite(demo, event, "sponsor_group", events[i].groups,
		       pilot->groups, events[i].ago);
	}
	(void)demo_make(demo, "training_need", 600, "topic",
			"Trauma-informed practice", "months", "12");
	(void)demo_make(demo, "training_need", 600, "topic",
			"Privacy and consent", "months", "12");
	(void)demo_make(demo, "training_need", 600, "topic",
			"Safety flag and closed rooms", "months", "6", "roles",
			"reception worker safety");
}

static const struct {
	const char *about, *giver, *mark, *words;
	int ago;
} said[] = {
	{ "ticket", "newcomer", "5", "Short, in my language.", 3 },
	{ "ticket", "newcomer", "4", NULL, 9 },
	{ "ticket", "newcomer", "2", "The letters are small.", 15 },
	{ "meeting", "newcomer", "5", "Now I know whom to call.", 20 },
	{ "meeting", "sponsor", "4", "Good to see who does what.", 20 },
	{ "meeting", "SAH", "4", NULL, 31 },
	{ "meeting", "worker", "3", "An interpreter came late.", 31 },
	{ "referral", "newcomer", "4", NULL, 40 },
	{ "referral", "agency", "5", "All papers were there.", 41 },
	{ "event", "sponsor", "4", "More time for questions.", 20 },
};

static void write_feedback(struct demo *demo)
{
	for (size_t i = 0; i < COUNT(said); i++) {
		const struct demo_text day = demo_day(demo, said[i].ago);

		(void)demo_make(demo, "feedback", said[i].ago, "about",
				said[i].about, "giver", said[i].giver, "mark",
				said[i].mark, "day", day.text, "words",
				said[i].words);
	}
}

/* --- assessments and plans -------------------------------------------------
 */

static const struct {
	enum domain domain;
	enum need_level first, later;
	const char *words, *action;
} needs[] = {
	{ DOMAIN_HOU, LEVEL_VULNERABLE, LEVEL_STABLE, "A flat near the school",
	  "Call the housing help centre" },
	{ DOMAIN_LAN, LEVEL_CRISIS, LEVEL_VULNERABLE,
	  "Speak with my child's teacher", "Book the language assessment" },
	{ DOMAIN_HEA, LEVEL_VULNERABLE, LEVEL_STABLE, "A doctor for us all",
	  "Ask the clinic for a first visit" },
	{ DOMAIN_EMP, LEVEL_VULNERABLE, LEVEL_VULNERABLE, "Work as a baker",
	  "Visit the employment office" },
	{ DOMAIN_COM, LEVEL_CRISIS, LEVEL_STABLE, "Meet people on Sundays",
	  "Go to the women's cooking group" },
};

static void write_assessment(struct demo *demo, int64_t person,
			     const char *what, int ago, int home)
{
	const struct demo_text day = demo_day(demo, ago);
	enum entity_answer answer = ENTITY_DONE;
	enum fault fault = FAULT_NONE;
	int64_t id = 0;

	if (demo->fault)
		return;
	fault = assess_begin(demo->record, person, what, day.text, 0,
			     &demo->who, demo_at(demo, ago), &answer, &id);
	for (size_t i = 0; !fault && answer == ENTITY_DONE && i < 3; i++) {
		const size_t need = (i + (size_t)home) % COUNT(needs);
		const struct assess_said level = {
			.domain = needs[need].domain,
			.level = strcmp(what, "first") == 0 ? needs[need].first
							    : needs[need].later,
			.source = SOURCE_TOLD,
		};

		fault = assess_say(demo->record, id, &level, &demo->who,
				   demo_at(demo, ago), &answer);
	}
	if (!fault && answer == ENTITY_DONE)
		fault = assess_sign(demo->record, id, ASSESS_DAYS, &demo->who,
				    demo_at(demo, ago), &answer, NULL);
	demo_expect(demo, "assessment", fault, answer);
}

static void write_goal(struct demo *demo, int64_t person, int home, int ago)
{
	const size_t need = (size_t)home % COUNT(needs);
	const struct demo_text due = demo_day(demo, ago - 90);
	const struct demo_text step = demo_day(demo, ago - 21);
	const struct plan_new goal = {
		.person = person,
		.domain = needs[need].domain,
		.words = needs[need].words,
		.horizon = home % 2 ? "long" : "short",
		.owner = "newcomer",
		.due = due.text,
		.action = needs[need].action,
		.step_due = step.text,
	};
	enum entity_answer answer = ENTITY_DONE;
	enum fault fault;
	int64_t id;

	if (demo->fault)
		return;
	fault = plan_open(demo->record, &goal, &demo->who, demo_at(demo, ago),
			  &answer, NULL, &id);
	demo_expect(demo, "goal", fault, answer);
	if (!demo->fault && ago > 150)
		demo_move(demo, "goal", id, "done", 30);
}

/* Those who are here for a month were asked; a second time after a season. */
static void write_plans(struct pilot *pilot)
{
	struct demo *demo = &pilot->demo;

	for (int i = 0; i < pilot->home_count; i++) {
		const struct pilot_home *home = &pilot->homes[i];
		const int first = home->arrived - 30;

		if (first < 0)
			continue;
		write_assessment(demo, home->adult, "first", first, i);
		if (home->arrived > 180)
			write_assessment(demo, home->adult, "reassessment",
					 home->arrived - 130, i);
		write_goal(demo, home->adult, i, first);
	}
}

void pilot_write_days(struct pilot *pilot)
{
	write_appointments(pilot);
	write_planned(pilot);
	write_contacts(pilot);
	write_events(pilot);
	write_feedback(&pilot->demo);
	write_plans(pilot);
}
