#include "office/demo_pilot.h"

#include <stdio.h>
#include <string.h>

#include "office/demo_people.h"
#include "record/meeting.h"
#include "record/sponsor.h"

/* --- who works here, and with whom -----------------------------------------
 */

static void write_agency(struct pilot *pilot)
{
	struct demo *demo = &pilot->demo;

	for (int i = 0; i < DEMO_SITES; i++)
		(void)demo_make(demo, "site", 700, "name", demo_sites[i]);
	for (int i = 0; i < DEMO_WORKERS; i++) {
		const struct demo_worker *worker = &demo_workers[i];

		pilot->workers[i] =
		    demo_make(demo, "user", 700, "name", worker->name,
			      "languages", worker->languages, "dialects",
			      worker->dialects, "roles", worker->roles);
	}
}

/* Telephone numbers are of the range for fiction. */
static void write_groups(struct pilot *pilot)
{
	struct demo *demo = &pilot->demo;

	for (int i = 0; i < DEMO_GROUPS; i++) {
		const struct demo_group *group = &demo_groups[i];
		const struct demo_text parent = demo_id(
		    group->parent < 0 ? 0 : pilot->groups[group->parent]);
		char phone[32];

		snprintf(phone, sizeof phone, "613-555-01%02d", 20 + i);
		pilot->groups[i] =
		    demo_make(demo, "sponsor_group", 650, "what", group->what,
			      "name", group->name, "parent",
			      group->parent < 0 ? NULL : parent.text,
			      "representative", group->representative, "phone",
			      phone, "language", group->language);
	}
}

/* Some agreements end soon. */
static void write_agreements(struct pilot *pilot)
{
	struct demo *demo = &pilot->demo;
	bool has[DEMO_GROUPS] = { false };

	for (size_t i = 0; i < demo_family_count; i++)
		has[demo_families[i].group] |= demo_families[i].agreed;
	for (int i = 0; i < DEMO_GROUPS; i++) {
		const struct demo_text group = demo_id(pilot->groups[i]);
		const struct demo_text since = demo_day(demo, 500 - i * 3);
		const struct demo_text until =
		    demo_day(demo, i % 6 == 0 ? -25 - i : -400);

		if (has[i] || demo_groups[i].what[0] == 'S')
			(void)demo_make(
			    demo, "agreement", 500 - i * 3, "sponsor_group",
			    group.text, "scope", "contact meetings tasks plan",
			    "since", since.text, "until", until.text,
			    "signed_by", demo_groups[i].representative);
	}
}

/* --- families --------------------------------------------------------------
 */

static int64_t write_person(struct pilot *pilot,
			    const struct demo_family *family, int64_t household,
			    int member)
{
	struct demo *demo = &pilot->demo;
	const struct demo_tongue *tongue = &demo_tongues[family->tongue];
	const struct demo_name *last = &tongue->families[family->family];
	const int seed = family->arrived + family->family * 3 + member;
	const bool adult = member < 2, woman = seed % 2 == 0;
	const struct demo_name *first =
	    &(woman ? tongue->women : tongue->men)[(seed / 2) % DEMO_NAMES];
	const int age = adult ? 26 + seed % 19 : 2 + (seed * 5) % 15;
	const struct demo_text home = demo_id(household);
	char born[24], latin[64], own[96];
	struct demo_text day = demo_day(demo, age * 365 + seed * 7 % 300);
	int64_t person;
	struct demo_text id;

	snprintf(born, sizeof born, "%s", day.text);
	if (adult && seed % 3 == 0) /* as many documents have it */
		memcpy(born + 4, "-01-01", 6);
	snprintf(latin, sizeof latin, "%s%s%s", first->latin,
		 last->latin ? " " : "", last->latin ?: "");
	snprintf(own, sizeof own, "%s%s%s", first->own ?: "",
		 last->own ? " " : "", last->own ?: "");
	person = demo_make(
	    demo, "person", family->arrived, "birth_from", born, "birth_to",
	    born, "birth_precision", "day", "birth_default",
	    strcmp(born + 4, "-01-01") == 0 ? "1" : NULL, "gender",
	    woman ? "W" : "M", "language", tongue->language,
	    "official_language", seed % 5 == 0 ? "fr" : "en", "interpreter",
	    adult ? "1" : NULL, "prefers",
	    adult && seed % 7 == 0 ? "A woman; speaks my language" : NULL);
	id = demo_id(person);
	(void)demo_make(demo, "name", family->arrived, "person", id.text,
			"preferred", first->latin, "latin", latin, "own_script",
			first->own ? own : NULL, "language",
			first->own ? tongue->language : NULL);
	(void)demo_make(demo, "status", family->arrived, "person", id.text,
			"category", "RES_PRV");
	(void)demo_make(demo, "member", family->arrived, "household", home.text,
			"person", id.text, "relation",
			member == 0   ? "self"
			: member == 1 ? "partner"
				      : "child",
			"in_canada", "1");
	return person;
}

static int64_t write_household(struct pilot *pilot,
			       const struct demo_family *family, int number,
			       int64_t *adult)
{
	struct demo *demo = &pilot->demo;
	const struct demo_text worker = demo_id(pilot->workers[family->worker]);
	const struct demo_text interval = demo_id(family->interval);
	char code[24];
	int64_t household;

	snprintf(code, sizeof code, "DEMO-%02d", number);
	household =
	    demo_make(demo, "household", family->arrived, "family_code", code,
		      "arrival_group", demo_groups[family->group].name,
		      "worker", worker.text, "contact_days",
		      family->interval ? interval.text : NULL);
	for (int i = 0; i < family->size; i++) {
		const int64_t person =
		    write_person(pilot, family, household, i);

		if (i == 0)
			*adult = person;
		if (i < 2 && family->consent) {
			const struct demo_text id = demo_id(person);
			const struct demo_text group =
			    demo_id(pilot->groups[family->group]);
			const struct demo_text since =
			    demo_day(demo, family->arrived);

			(void)demo_make(
			    demo, "sharing", family->arrived, "person", id.text,
			    "sponsor_group", group.text, "scope",
			    "contact meetings tasks", "since", since.text,
			    "language", demo_tongues[family->tongue].language,
			    "asked_alone", "1");
		}
	}
	return household;
}

/* --- the path of one -------------------------------------------------------
 */

static void write_party(struct demo *demo, int64_t meeting, const char *who,
			bool came, int ago)
{
	enum entity_answer answer = ENTITY_DONE;
	enum fault fault;

	if (demo->fault)
		return;
	fault = meeting_attend(demo->record, meeting, who, came, &demo->who,
			       demo_at(demo, ago), &answer);
	demo_expect(demo, who, fault, answer);
}

struct held {
	const char *what, *months, *checklist, *agenda, *resources;
	int ago;
};

static void write_meeting(struct pilot *pilot, int64_t sponsorship,
			  const struct held *held)
{
	struct demo *demo = &pilot->demo;
	const struct demo_text id = demo_id(sponsorship);
	const struct demo_text day = demo_day(demo, held->ago);
	const int64_t meeting =
	    demo_make(demo, "meeting", held->ago + 7, "what", held->what,
		      "sponsorship", id.text, "day", day.text, "mode",
		      held->ago % 3 == 0 ? "video" : "in-person", "months",
		      held->months, "checklist", held->checklist, "agenda",
		      held->agenda, "resources", held->resources);

	write_party(demo, meeting, "sponsor", true, held->ago);
	write_party(demo, meeting, "worker", true, held->ago);
	if (strcmp(held->what, "PRE") != 0)
		write_party(demo, meeting, "newcomer", true, held->ago);
	demo_move(demo, "meeting", meeting, "held", held->ago);
}

/* Who does what. Every third case has a task with two owners, every fourth one
 * that nobody owns. */
static void write_tasks(struct pilot *pilot, int64_t sponsorship,
			const struct demo_family *family, int number)
{
	static const struct {
		const char *task, *owners;
		int due; /* days after arrival */
	} usual[] = {
		{ "welcome", "sponsor", 0 },  { "housing", "sponsor", 1 },
		{ "bank", "sponsor", 10 },    { "documents", "worker", 14 },
		{ "health", "sponsor", 21 },  { "school", "worker", 30 },
		{ "language", "worker", 30 }, { "work", "newcomer", 90 },
		{ "community", "SAH", 60 },
	};
	struct demo *demo = &pilot->demo;
	const struct demo_text id = demo_id(sponsorship);
	const struct demo_text agreed =
	    demo_day(demo, family->arrived - family->pre);

	for (size_t i = 0; i < COUNT(usual); i++) {
		const int due = family->arrived - usual[i].due;
		const struct demo_text day = demo_day(demo, due);
		const char *owners =
		    i == 4 && number % 3 == 0   ? "sponsor worker"
		    : i == 5 && number % 4 == 0 ? NULL
						: usual[i].owners;
		const int64_t task = demo_make(
		    demo, "responsibility", family->arrived - family->pre,
		    "sponsorship", id.text, "task", usual[i].task, "owners",
		    owners, "agreed_on", agreed.text, "due", day.text);

		if (due > 12 || (due > 0 && i % 2 == 0))
			demo_move(demo, "responsibility", task, "done", due);
	}
}

static void write_checks(struct pilot *pilot, int64_t sponsorship,
			 const struct demo_family *family)
{
	static const struct {
		const char *months;
		int days;
	} checks[] = { { "3", 94 }, { "6", 185 }, { "12", 364 } };

	for (int i = 0; i < family->checks; i++)
		write_meeting(
		    pilot, sponsorship,
		    &(struct held){ .what = "FOLLOW",
				    .months = checks[i].months,
				    .agenda = "How it goes; tasks anew",
				    .ago = family->arrived - checks[i].days });
}

static void write_path(struct pilot *pilot, int64_t sponsorship,
		       const struct demo_family *family, int number)
{
	struct demo *demo = &pilot->demo;

	if (family->post)
		write_meeting(pilot, sponsorship,
			      &(struct held){
				  .what = "POST",
				  .checklist = family->complete
						   ? MEETING_CHECKS
						   : "one-contact knows-worker",
				  .agenda = "Who does what; whom to call",
				  .resources = "Phone card; city map",
				  .ago = family->arrived - family->post });
	write_tasks(pilot, sponsorship, family, number);
	write_checks(pilot, sponsorship, family);
	if (family->state)
		demo_move(demo, "sponsorship", sponsorship, family->state,
			  family->arrived > 365 ? 20 : 40);
}

static int64_t write_case(struct pilot *pilot, const struct demo_family *family)
{
	struct demo *demo = &pilot->demo;
	const int awaited = family->size ? family->arrived : -family->arrived;
	const struct demo_text group = demo_id(pilot->groups[family->group]);
	const struct demo_text worker = demo_id(pilot->workers[family->worker]);
	const struct demo_text expected = demo_day(demo, awaited);
	const struct demo_text people = demo_id(family->awaited);
	const int known = family->size ? family->arrived + 60 : 60;
	const int64_t sponsorship = demo_make(
	    demo, "sponsorship", known, "sponsor_group", group.text, "worker",
	    worker.text, "category", "RES_PRV", "expected_on", expected.text,
	    "expected_people", people.text, "language",
	    demo_tongues[family->tongue].language);

	if (family->pre)
		write_meeting(pilot, sponsorship,
			      &(struct held){
				  .what = "PRE",
				  .agenda = "What to expect; who does what",
				  .resources = "Sponsor handbook",
				  .ago = (family->size ? family->arrived : 0) -
					 family->pre });
	return sponsorship;
}

static void write_family(struct pilot *pilot, size_t place)
{
	const struct demo_family *family = &demo_families[place];
	struct demo *demo = &pilot->demo;
	const int64_t sponsorship = write_case(pilot, family);
	const struct demo_text day = demo_day(demo, family->arrived);
	enum entity_answer answer = ENTITY_DONE;
	struct pilot_home *home;
	enum fault fault;

	if (!family->size)
		pilot->awaited[pilot->awaited_count++] = sponsorship;
	if (demo->fault || !family->size)
		return;
	home = &pilot->homes[pilot->home_count++];
	*home = (struct pilot_home){ .sponsorship = sponsorship,
				     .arrived = family->arrived };
	home->household =
	    write_household(pilot, family, (int)place + 1, &home->adult);
	if (demo->fault)
		return;
	fault = sponsor_arrive(demo->record, sponsorship, home->household, 0,
			       day.text, &demo->who,
			       demo_at(demo, family->arrived), &answer);
	demo_expect(demo, "arrival", fault, answer);
	write_path(pilot, sponsorship, family, (int)place);
}

/* --- all of it -------------------------------------------------------------
 */

/* A family is an act, so that it is quick and can be taken back alone. */
static void in_act(struct pilot *pilot,
		   void (*write)(struct pilot *pilot, size_t place),
		   size_t place)
{
	struct demo *demo = &pilot->demo;
	SCOPED(record_act_endp) struct record_act *act = NULL;

	if (demo->fault || (demo->fault = record_act_begin(demo->record, &act)))
		return;
	write(pilot, place);
	if (!demo->fault)
		demo->fault = record_act_done(&act);
}

static void write_first(struct pilot *pilot, size_t place)
{
	(void)place;
	write_agency(pilot);
	write_groups(pilot);
	write_agreements(pilot);
}

static void write_days(struct pilot *pilot, size_t place)
{
	(void)place;
	pilot_write_days(pilot);
	pilot_write_services(pilot);
	pilot_write_referrals(pilot);
}

enum fault pilot_write(struct record *record, const struct record_who *who,
		       int64_t now, const char *today)
{
	struct pilot pilot = {
		.demo = { .record = record, .who = *who, .now = now }
	};

	snprintf(pilot.demo.today, sizeof pilot.demo.today, "%s", today);
	in_act(&pilot, write_first, 0);
	for (size_t i = 0; i < demo_family_count; i++)
		in_act(&pilot, write_family, i);
	in_act(&pilot, write_days, 0);
	return pilot.demo.fault;
}
