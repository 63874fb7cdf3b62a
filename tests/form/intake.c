#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/support/intake.h"
#include "tests/test.h"
#include "text/calendar.h"
#include "ticket/slots.h"

/* The intake form beside the questionnaire it was written from, and what it
 * promises of safety, consent and birthdays. */
#define QUESTIONNAIRE "tests/data/intake/questionnaire.json"

static int finish(void **state)
{
	(void)state;
	intake_done();
	return 0;
}

/* --- beside the questionnaire --------------------------------------------- */

/* What a question must be answered before it is asked with all its choices. */
static struct run *everything_asked(void)
{
	static const char *const answers[][2] = {
		{ "A1", "ar" },
		{ "A3", "SELF" },
		{ "A4", "NO" },
		{ "B1", "YES" },
		{ "B2", "YES" },
		{ "C1", "URG" },
		{ "C3", "CONT" },
		{ "D4", "DATE" },
		{ "D6_adults", "1" },
		{ "E2", "RES_PRV" },
		{ "F1",
		  "SAF HOU FOO INC HEA MEN LEG LAN EMP EDU CHI COM TRA DIG" },
		{ "G3", "CALL" },
		{ "X1", "MORE" },
	};
	struct run *run = intake_run();

	for (size_t i = 0; i < COUNT(answers); i++)
		intake_answer(run, answers[i][0], answers[i][1]);
	return run;
}

static void same_choices(struct node *node, const json_t *choices)
{
	const struct choice_item *items;
	const char *code;
	const json_t *words;
	size_t count, i = 0;

	assert_int_equal(node_choices(node, &items, &count), FAULT_NONE);
	assert_int_equal(count, json_object_size(choices));
	json_object_foreach((json_t *)choices, code, words)
	{
		assert_string_equal(items[i].value, code);
		assert_string_equal(items[i].label, json_string_value(words));
		i++;
	}
}

static void same_question(struct run *run, const json_t *question)
{
	const char *id = json_string_value(json_object_get(question, "id"));
	const char *kind = json_string_value(json_object_get(question, "kind"));
	const json_t *choices = json_object_get(question, "choices");
	struct node *node = run_named(run, id);

	if (!node)
		fail_msg("the form does not ask %s", id);
	SCOPED(char_freep) char *label = node_label(node);

	assert_string_equal(
	    label, json_string_value(json_object_get(question, "text")));
	assert_true(node_relevant(node));
	assert_int_equal(node_required(node),
			 json_is_true(json_object_get(question, "required")));
	if (json_is_object(choices))
		same_choices(node, choices);
	if (!strcmp(kind, "multi"))
		assert_true(node_multiple(node));
}

static void every_question_is_asked_as_it_is_written(void **state)
{
	json_t *questions = json_load_file(QUESTIONNAIRE, 0, NULL);
	SCOPED(run_freep) struct run *run = everything_asked();
	const json_t *question;
	size_t i;

	(void)state;
	assert_int_equal(json_array_size(questions), 47);
	json_array_foreach(questions, i, question) same_question(run, question);
	json_decref(questions);
}

static void the_only_required_question_is_consent(void **state)
{
	SCOPED(run_freep) struct run *run = everything_asked();

	(void)state;
	for (struct node *node = node_first(run_root(run)); node;
	     node = node_next(node))
		assert_int_equal(node_required(node),
				 !strcmp(node_name(node), "B1"));
}

/* A need is mapped to a segment of life stabilization, or an enabler. */
static void every_need_maps_to_a_segment(void **state)
{
	static const char *const segments[] = { "crisis_and_safety", "health",
						"life_skills",
						"community_supports",
						"enabler" };
	SCOPED(run_freep) struct run *run = everything_asked();
	struct node *needs = run_named(run, "F1");
	const struct choice_item *items;
	size_t count;

	(void)state;
	assert_int_equal(node_choices(needs, &items, &count), FAULT_NONE);
	assert_int_equal(count, 16);
	for (size_t i = 0; i < count; i++) {
		const char *segment =
		    node_choice_column(needs, items[i].value, "segment");
		bool none = !strcmp(items[i].value, "INF") ||
			    !strcmp(items[i].value, "OTH");
		bool known = false;

		for (size_t k = 0; segment && k < COUNT(segments); k++)
			known |= !strcmp(segment, segments[k]);
		if (known == none)
			fail_msg("%s has the segment \"%s\"", items[i].value,
				 segment ? segment : "");
	}
}

static void the_review_leaves_out_what_could_betray(void **state)
{
	static const char *const hidden[] = { "SAF", "MEN" };
	SCOPED(run_freep) struct run *run = everything_asked();
	const struct choice_item *items;
	size_t count, found = 0;

	(void)state;
	assert_true(node_appears(run_named(run, "C1"), "private"));
	assert_true(node_appears(run_named(run, "C3"), "unlisted"));
	assert_true(node_appears(run_named(run, "MEN1"), "unlisted"));
	assert_int_equal(node_choices(run_named(run, "F1"), &items, &count),
			 FAULT_NONE);
	for (size_t i = 0; i < count; i++)
		if (items[i].hides)
			assert_string_equal(items[i].value, hidden[found++]);
	assert_int_equal(found, COUNT(hidden));
	assert_int_equal(node_choices(run_named(run, "F2"), &items, &count),
			 FAULT_NONE);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(items[i].hides,
				 !strcmp(items[i].value, "SAF") ||
				     !strcmp(items[i].value, "MEN"));
}

/* --- words ---------------------------------------------------------------- */

/* No sentence of more than 15 words, for whoever reads while tired. */
static void check_sentences(const char *text, const char *name)
{
	size_t words = 0;

	for (const char *c = text; c && *c;) {
		size_t length = strcspn(c, " ");

		words++;
		if (words > 15)
			fail_msg("%s: more than 15 words before: %s", name, c);
		if (length && strchr(".?!:", c[length - 1]))
			words = 0;
		c += length;
		c += strspn(c, " ");
	}
}

static void no_sentence_is_longer_than_fifteen_words(void **state)
{
	SCOPED(run_freep) struct run *run = everything_asked();
	enum run_answer answer;

	(void)state;
	assert_int_equal(run_set(run, run_named(run, "B1"), "MORE", &answer),
			 FAULT_NONE);
	for (struct node *node = node_first(run_root(run)); node;
	     node = node_next(node)) {
		SCOPED(char_freep) char *label = node_label(node);
		SCOPED(char_freep) char *hint = node_hint(node);
		SCOPED(char_freep) char *message = node_violation_message(node);

		check_sentences(label, node_name(node));
		check_sentences(hint, node_name(node));
		check_sentences(message, node_name(node));
	}
}

static void more_tells_the_notice_and_asks_again(void **state)
{
	static const char law[] =
	    "If a child may be in danger, the law says we must tell.";
	SCOPED(run_freep) struct run *run = intake_run();
	struct node *consent = run_named(run, "B1");

	(void)state;
	intake_answer(run, "B1", "MORE");
	assert_int_equal(node_violation(consent), VIOLATES_CONSTRAINT);
	SCOPED(char_freep) char *message = node_violation_message(consent);
	SCOPED(char_freep) char *hint = node_hint(consent);

	assert_non_null(strstr(message, law));
	assert_non_null(strstr(hint, law));
	assert_string_equal(intake_value(run, "keep"), "no");
	intake_answer(run, "B1", "NO");
	assert_int_equal(node_violation(consent), VALID);
}

/* --- ways through --------------------------------------------------------- */

static void the_short_ways_ask_no_more_than_they_must(void **state)
{
	static const struct {
		const char *answers[8][2];
		const char *screens;
	} ways[] = {
		{ { { "A4", "APT" } }, "A1 A3 A4 A5 C1" },
		{ { { "A4", "DROP" }, { "C1", "URG" } }, "A1 A3 A4 A5 C1 C2" },
		{ { { "A3", "SPO" },
		    { "B1", "YES" },
		    { "B2", "YES" },
		    { "G3", "CALL" } },
		  "A1 A3 A4 A5 B1 B2 C1 C3 D1 G3 G3_detail H1" },
		{ { { "A3", "SPO" }, { "B1", "NO" } }, "A1 A3 A4 A5 B1 C1" },
		{ { { "A3", "SELF" }, { "A4", "YES" }, { "B1", "YES" } },
		  "A1 A3 A4 A5 B1 B2 C1 C3 D1 D4 F1 H1" },
		{ { { "A4", "YES_TICKET" }, { "B1", "YES" } },
		  "A1 A3 A4 A5 B1 B2 C1 C3 F1 H1" },
		{ { { "B1", "YES" }, { "B2", "YES" }, { "X1", "MORE" } },
		  "A1 A3 A4 A5 B1 B2 C1 C3 D1 D4 D6 E1 E2 F1 G3 B3 D3 D5 G1 "
		  "G2 G5 G6 H1" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(ways); i++) {
		SCOPED(run_freep) struct run *run = intake_run();

		for (size_t k = 0; ways[i].answers[k][0]; k++)
			intake_answer(run, ways[i].answers[k][0],
				      ways[i].answers[k][1]);
		SCOPED(char_freep) char *screens = intake_screens(run);

		assert_string_equal(screens, ways[i].screens);
	}
}

static void the_household_is_asked_person_by_person(void **state)
{
	static const struct {
		const char *adults, *children;
		int people;
	} households[] = {
		{ "", "", 0 },   { "0", "0", 0 },    { "2", "", 2 },
		{ "1", "3", 4 }, { "12", "12", 12 }, { "0", "1", 1 },
	};
	SCOPED(run_freep) struct run *run = everything_asked();

	(void)state;
	for (size_t i = 0; i < COUNT(households); i++) {
		const struct node *people = run_named(run, "D7");
		int count = 0;

		intake_answer(run, "D6_adults", households[i].adults);
		intake_answer(run, "D6_children", households[i].children);
		for (struct node *node = node_first(people); node;
		     node = node_next(node))
			count += node_kind(node) == NODE_REPEAT_INSTANCE &&
				 node_relevant(node);
		assert_int_equal(count, households[i].people);
	}
}

static void a_name_in_its_own_script_is_asked_where_it_is_another(void **state)
{
	static const struct {
		const char *language;
		bool asked;
	} languages[] = {
		{ "en", false },  { "ti", true },      { "ar", true },
		{ "so", false },  { "zh-Hans", true }, { "kmr", false },
		{ "OTH", false }, { "", false },
	};
	SCOPED(run_freep) struct run *run = everything_asked();

	(void)state;
	for (size_t i = 0; i < COUNT(languages); i++) {
		intake_answer(run, "A1", languages[i].language);
		assert_int_equal(node_relevant(run_named(run, "D2")),
				 languages[i].asked);
	}
}

/* --- safety and consent --------------------------------------------------- */

static bool offers_unsafe(struct run *run)
{
	const struct choice_item *items;
	size_t count;
	bool found = false;

	assert_int_equal(node_choices(run_named(run, "C1"), &items, &count),
			 FAULT_NONE);
	for (size_t i = 0; i < count; i++)
		found |= !strcmp(items[i].value, "UNSAFE");
	return found;
}

static void not_safe_is_offered_only_alone_and_where_staff_can_act(void **state)
{
	static const struct {
		const char *staffed, *who;
		bool offered;
	} places[] = {
		{ "yes", "SELF", true }, { "yes", "FAM", false },
		{ "yes", "", false },    { "no", "SELF", false },
		{ "", "SELF", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(places); i++) {
		SCOPED(run_freep)
		struct run *run = intake_run_where(places[i].staffed);

		intake_answer(run, "A3", places[i].who);
		assert_int_equal(offers_unsafe(run), places[i].offered);
	}
}

/* Somebody comes to stand beside them, and the answers are changed. */
static void what_was_said_of_safety_stays_said(void **state)
{
	SCOPED(run_freep) struct run *run = intake_run();

	(void)state;
	intake_answer(run, "A3", "SELF");
	intake_answer(run, "C1", "UNSAFE");
	intake_answer(run, "A3", "FAM");
	assert_string_equal(intake_value(run, "c1_said"), "UNSAFE");
	assert_string_equal(intake_value(run, "triage_level"), "U1");
	assert_string_equal(intake_value(run, "quiet_flag"), "yes");
	intake_answer(run, "C1", "");
	assert_string_equal(intake_value(run, "c1_said"), "UNSAFE");
	intake_answer(run, "C1", "OK");
	assert_string_equal(intake_value(run, "c1_said"), "OK");
	assert_string_equal(intake_value(run, "quiet_flag"), "");
}

static void answers_are_kept_only_by_a_yes_alone(void **state)
{
	static const struct {
		const char *who, *use, *keep, *kept;
	} consents[] = {
		{ "SELF", "YES", "YES", "kept" },
		{ "SELF", "YES", "TODAY", "today" },
		{ "SELF", "YES", "", "today" },
		{ "FAM", "YES", "YES", "today" },
		{ "", "YES", "YES", "today" },
		{ "SELF", "NO", NULL, "no" },
		{ "SELF", "", NULL, "no" },
		{ "SELF", "MORE", NULL, "no" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(consents); i++) {
		SCOPED(run_freep) struct run *run = intake_run();

		intake_answer(run, "A3", consents[i].who);
		intake_answer(run, "B1", consents[i].use);
		if (consents[i].keep)
			intake_answer(run, "B2", consents[i].keep);
		assert_string_equal(intake_value(run, "keep"),
				    consents[i].kept);
	}
}

static void without_consent_only_the_language_is_a_tag(void **state)
{
	SCOPED(run_freep) struct run *run = intake_run();

	(void)state;
	intake_answer(run, "A1", "ar");
	intake_answer(run, "A2", "BIG AUD");
	intake_answer(run, "A3", "SPO");
	intake_answer(run, "A5", "SAME");
	assert_string_equal(intake_value(run, "tags"),
			    "LANG:ar INTERPRETER SPONSOR-VISIT ACCESS:BIG+AUD");
	intake_answer(run, "B1", "NO");
	assert_string_equal(intake_value(run, "tags"), "LANG:ar");
	intake_answer(run, "B1", "YES");
	assert_string_equal(intake_value(run, "tags"),
			    "LANG:ar INTERPRETER SPONSOR-VISIT ACCESS:BIG+AUD "
			    "CONFIRM-ALONE");
}

static void a_sponsor_is_spoken_to_only_by_a_yes_alone(void **state)
{
	static const struct {
		const char *who, *answer, *counts;
	} answers[] = {
		{ "SELF", "YES", "YES" }, { "SELF", "ASK", "ASK" },
		{ "SELF", "", "ASK" },    { "FAM", "YES", "ASK" },
		{ "FAM", "NO", "NO" },    { "SELF", "NO", "NO" },
	};
	SCOPED(run_freep) struct run *run = everything_asked();

	(void)state;
	for (size_t i = 0; i < COUNT(answers); i++) {
		intake_answer(run, "A3", answers[i].who);
		intake_answer(run, "E6", answers[i].answer);
		assert_string_equal(intake_value(run, "sponsor_contact"),
				    answers[i].counts);
	}
}

/* --- paper ---------------------------------------------------------------- */

/* Every code, names and contact of their full length, twelve people. */
static void the_largest_intake_fits_on_a_ticket(void **state)
{
	SCOPED(slots_freep) struct slots *slots = NULL;

	(void)state;
	assert_int_equal(slots_new(intake_form(), &slots), FAULT_NONE);
	assert_true(slots_largest(slots) <= 480);
	assert_int_equal(slots_floor(slots), 2);
}

/* --- birthdays ------------------------------------------------------------ */

static void a_birthday_is_an_interval_of_gregorian_days(void **state)
{
	/* It is 3 February 2026. */
	static const struct {
		const char *way, *node, *value, *calendar;
		const char *earliest, *latest, *minor;
	} births[] = {
		{ "DATE", "D4_date", "2008-02-03", "", "2008-02-03",
		  "2008-02-03", "no" },
		{ "DATE", "D4_date", "2008-02-04", "", "2008-02-04",
		  "2008-02-04", "yes" },
		{ "YEAR", "D4_year", "2007", "", "2007-01-01", "2007-12-31",
		  "no" },
		{ "YEAR", "D4_year", "2008", "gregorian", "2008-01-01",
		  "2008-12-31", "yes" },
		{ "YEAR", "D4_year", "1375", "persian", "1996-03-20",
		  "1997-03-21", "no" },
		{ "YEAR", "D4_year", "2000", "ethiopic", "2007-09-11",
		  "2008-09-11", "yes" },
		{ "YEAR", "D4_year", "2513", "buddhist", "1970-01-01",
		  "1970-12-31", "no" },
		{ "YEAR", "D4_year", "2050", "bikram-sambat", "1993-04-13",
		  "1994-04-13", "no" },
		{ "RANGE", "D4_age", "U18", "", "2008-02-03", "2026-02-03",
		  "yes" },
		{ "RANGE", "D4_age", "A18", "", "2001-02-03", "2008-02-03",
		  "no" },
		{ "RANGE", "D4_age", "A65", "", "1896-02-03", "1961-02-03",
		  "no" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(births); i++) {
		SCOPED(run_freep) struct run *run = everything_asked();

		intake_answer(run, "D4", births[i].way);
		if (*births[i].calendar)
			intake_answer(run, "D4_calendar", births[i].calendar);
		intake_answer(run, births[i].node, births[i].value);
		assert_string_equal(intake_value(run, "birth_earliest"),
				    births[i].earliest);
		assert_string_equal(intake_value(run, "birth_latest"),
				    births[i].latest);
		assert_string_equal(intake_value(run, "is_minor"),
				    births[i].minor);
		assert_int_equal(node_violation(run_named(run, births[i].node)),
				 VALID);
	}
}

/* Days of slack that an interval may have at either end. */
#define SLACK 3

static int days_between(const char *iso, struct calendar_date day)
{
	struct tm a = { 0 }, b = { .tm_year = day.year - 1900,
				   .tm_mon = day.month - 1,
				   .tm_mday = day.day };

	assert_int_equal(
	    sscanf(iso, "%d-%d-%d", &a.tm_year, &a.tm_mon, &a.tm_mday), 3);
	a.tm_year -= 1900;
	a.tm_mon--;
	return (int)((timegm(&b) - timegm(&a)) / 86400);
}

/* The interval holds the whole year as ICU knows it, and little more. */
static void check_year(struct run *run, enum calendar calendar, int year)
{
	struct calendar_date first = { year, 1, 1 }, last = { .year = year };
	SCOPED(char_freep) char *text = xasprintf("%d", year);

	last.month = calendar_months(calendar);
	while (!(last.day = calendar_days(calendar, year, last.month)))
		last.month--;
	assert_true(calendar_to_iso(calendar, first, &first));
	assert_true(calendar_to_iso(calendar, last, &last));
	intake_answer(run, "D4_year", text);
	int before = days_between(intake_value(run, "birth_earliest"), first);
	int after = -days_between(intake_value(run, "birth_latest"), last);

	if (before < 0 || before > SLACK || after < 0 || after > SLACK)
		fail_msg("%s %d: %s to %s", calendar_name(calendar), year,
			 intake_value(run, "birth_earliest"),
			 intake_value(run, "birth_latest"));
}

static void a_year_lasts_as_long_as_its_calendar_says(void **state)
{
	static const struct {
		enum calendar calendar;
		int from, to;
	} calendars[] = {
		{ CALENDAR_GREGORIAN, 1900, 2025 },
		{ CALENDAR_ETHIOPIC, 1895, 2017 },
		{ CALENDAR_COPTIC, 1620, 1740 },
		{ CALENDAR_PERSIAN, 1280, 1403 },
		{ CALENDAR_ISLAMIC_UMALQURA, 1320, 1446 },
		{ CALENDAR_BUDDHIST, 2443, 2568 },
		{ CALENDAR_BIKRAM_SAMBAT, 1970, 2082 },
	};
	SCOPED(run_freep) struct run *run = everything_asked();
	const struct choice_item *items;
	size_t count;

	(void)state;
	intake_answer(run, "D4", "YEAR");
	assert_int_equal(
	    node_choices(run_named(run, "D4_calendar"), &items, &count),
	    FAULT_NONE);
	assert_int_equal(count, COUNT(calendars));
	for (size_t i = 0; i < COUNT(calendars); i++) {
		intake_answer(run, "D4_calendar",
			      calendar_name(calendars[i].calendar));
		for (int year = calendars[i].from; year <= calendars[i].to;
		     year++)
			check_year(run, calendars[i].calendar, year);
	}
}

static void a_year_of_another_calendar_is_asked_again(void **state)
{
	SCOPED(run_freep) struct run *run = everything_asked();
	const struct node *year = run_named(run, "D4_year");

	(void)state;
	intake_answer(run, "D4", "YEAR");
	intake_answer(run, "D4_year", "1375");
	assert_int_equal(node_violation(year), VIOLATES_CONSTRAINT);
	intake_answer(run, "D4_calendar", "persian");
	assert_int_equal(node_violation(year), VALID);
	intake_answer(run, "D4_year", "1996");
	assert_int_equal(node_violation(year), VIOLATES_CONSTRAINT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_question_is_asked_as_it_is_written),
		cmocka_unit_test(the_only_required_question_is_consent),
		cmocka_unit_test(every_need_maps_to_a_segment),
		cmocka_unit_test(the_review_leaves_out_what_could_betray),
		cmocka_unit_test(no_sentence_is_longer_than_fifteen_words),
		cmocka_unit_test(more_tells_the_notice_and_asks_again),
		cmocka_unit_test(the_short_ways_ask_no_more_than_they_must),
		cmocka_unit_test(the_household_is_asked_person_by_person),
		cmocka_unit_test(
		    a_name_in_its_own_script_is_asked_where_it_is_another),
		cmocka_unit_test(
		    not_safe_is_offered_only_alone_and_where_staff_can_act),
		cmocka_unit_test(what_was_said_of_safety_stays_said),
		cmocka_unit_test(answers_are_kept_only_by_a_yes_alone),
		cmocka_unit_test(without_consent_only_the_language_is_a_tag),
		cmocka_unit_test(a_sponsor_is_spoken_to_only_by_a_yes_alone),
		cmocka_unit_test(the_largest_intake_fits_on_a_ticket),
		cmocka_unit_test(a_birthday_is_an_interval_of_gregorian_days),
		cmocka_unit_test(a_year_lasts_as_long_as_its_calendar_says),
		cmocka_unit_test(a_year_of_another_calendar_is_asked_again),
	};

	return cmocka_run_group_tests(tests, NULL, finish);
}
