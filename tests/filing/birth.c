#include "filing/birth.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "tests/support/chance.h"
#include "tests/support/forms.h"
#include "tests/support/intake.h"
#include "tests/support/slow.h"
#include "tests/test.h"
#include "text/calendar.h"
#include "ticket/pack.h"
#include "ticket/unpack.h"

static int finish(void **state)
{
	(void)state;
	intake_done();
	return 0;
}

static struct run *asked(const char *way)
{
	static const char *const answers[][2] = {
		{ "A1", "ne" },  { "A3", "SELF" }, { "A4", "NO" },
		{ "B1", "YES" }, { "B2", "YES" },
	};
	struct run *run = intake_run();

	for (size_t i = 0; i < COUNT(answers); i++)
		intake_answer(run, answers[i][0], answers[i][1]);
	intake_answer(run, "D4", way);
	return run;
}

/* What the desk has after the way through a ticket. */
static struct run *carried(struct run *kiosk)
{
	SCOPED(slots_freep) struct slots *slots = NULL;
	struct run *desk = intake_run();
	uint8_t plain[WIRE_PLAIN_MAX];
	enum unpack_answer answer;
	size_t length;

	assert_int_equal(slots_new(intake_form(), &slots), FAULT_NONE);
	assert_int_equal(pack(slots, kiosk, 0, 1, 0, plain, &length),
			 PACK_DONE);
	assert_int_equal(unpack(slots, plain, length, desk, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, UNPACK_DONE);
	return desk;
}

/* As the intake form saves them. */
static struct birth birth_of(const struct run *run)
{
	static const char *const names[][2] = {
		{ "D4_date", "birth_date" },
		{ "D4_year", "birth_year" },
		{ "D4_age", "birth_age_group" },
		{ "D4_calendar", "birth_calendar" },
		{ "birth_earliest", "birth_earliest" },
		{ "birth_latest", "birth_latest" },
	};
	struct birth birth = { 0 };

	for (size_t i = 0; i < COUNT(names); i++) {
		struct node *node = run_named(run, names[i][0]);

		if (node_relevant(node) && node_value(node)[0])
			birth_take(&birth, names[i][1], node);
	}
	return birth;
}

/* Tells the birthday in English once it went through a ticket. */
static void told(struct run *kiosk, const char *plain, struct filing_birth *out)
{
	SCOPED(run_freep) struct run *desk = carried(kiosk);
	struct birth birth = birth_of(desk);

	birth_tell(&birth, plain, "en", out);
}

static void a_birthday_is_told_both_ways(void **state)
{
	/* It is 3 February 2026. */
	static const struct {
		const char *way, *node, *value, *calendar, *plain;
		enum filing_precision precision;
		const char *kept, *earliest, *latest, *words;
	} births[] = {
		{ "DATE", "D4_date", "2017-03-28", "bikram-sambat",
		  "2017-03-28", FILING_DAY, "bikram-sambat", "2017-03-28",
		  "2017-03-28",
		  "15 Chaitra 2073, Bikram Sambat (Nepal) · 2017-03-28" },
		{ "DATE", "D4_date", "1994-09-11", "", "1994-09-11", FILING_DAY,
		  "gregorian", "1994-09-11", "1994-09-11", "1994-09-11" },
		{ "YEAR", "D4_year", "1410", "islamic-umalqura", "1410",
		  FILING_YEAR, "islamic-umalqura", "1989-08-02", "1990-07-24",
		  "1410, Islamic Calendar (Umm al-Qura) · "
		  "1989-08-02 – 1990-07-24" },
		{ "YEAR", "D4_year", "1990", "gregorian", "1990", FILING_YEAR,
		  "gregorian", "1990-01-01", "1990-12-31",
		  "1990, Gregorian Calendar · 1990-01-01 – 1990-12-31" },
		{ "RANGE", "D4_age", "A18", "", "18 to 24", FILING_AGE_GROUP,
		  "", "2001-02-03", "2008-02-03",
		  "18 to 24 · 2001-02-03 – 2008-02-03" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(births); i++) {
		SCOPED(run_freep) struct run *run = asked(births[i].way);
		struct filing_birth birth;

		if (births[i].calendar[0])
			intake_answer(run, "D4_calendar", births[i].calendar);
		intake_answer(run, births[i].node, births[i].value);
		told(run, births[i].plain, &birth);
		assert_int_equal(birth.precision, births[i].precision);
		assert_string_equal(birth.value, births[i].value);
		assert_string_equal(birth.calendar, births[i].kept);
		assert_string_equal(birth.earliest, births[i].earliest);
		assert_string_equal(birth.latest, births[i].latest);
		assert_string_equal(birth.words, births[i].words);
		birth_done(&birth);
	}
}

static void a_calendar_that_the_form_names_is_told(void **state)
{
	static const struct {
		const char *type, *value, *calendar, *words;
	} births[] = {
		{ "int", "1987", "ethiopic", "1987, Ethiopic Calendar" },
		{ "date", "1994-09-11", "ethiopic",
		  "1 Meskerem 1987, Ethiopic Calendar" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(births); i++) {
		SCOPED(char_freep)
		char *bind = xasprintf("<bind nodeset='/data/a' type='%s'/>",
				       births[i].type);
		SCOPED(char_freep)
		char *data = xasprintf("<a>%s</a>", births[i].value);
		SCOPED(form_freep)
		struct form *form =
		    forms_data(data, bind,
			       "<input ref='/data/a' appearance='year "
			       "ethiopian'><label>a</label></input>");
		SCOPED(run_freep) struct run *run = forms_run(form);
		struct filing_birth told;
		struct birth birth = { 0 };

		birth_take(&birth, i ? "birth_date" : "birth_year",
			   forms_node(run, "/data/a"));
		birth_tell(&birth, births[i].value, "en", &told);
		assert_string_equal(told.calendar, births[i].calendar);
		assert_string_equal(told.words, births[i].words);
		birth_done(&told);
	}
}

static void nothing_is_told_where_nothing_was_answered(void **state)
{
	SCOPED(run_freep) struct run *run = asked("DATE");
	struct filing_birth birth;

	(void)state;
	intake_answer(run, "D4_calendar", "persian");
	told(run, "", &birth);
	assert_int_equal(birth.precision, FILING_NO_BIRTH);
	assert_null(birth.words);
	birth_done(&birth);
}

/* The day's first number, the month's name and the year, in its calendar. */
static void check_words(const struct filing_birth *birth,
			enum calendar calendar, struct calendar_date iso)
{
	struct calendar_date date;

	assert_true(calendar_from_iso(calendar, iso, &date));
	SCOPED(char_freep)
	char *words = xasprintf(
	    "%d %s %d, %s · %s", date.day,
	    calendar_month_name(calendar, "en", date.month, CALENDAR_FULL),
	    date.year, calendar_title(calendar, "en"), birth->value);

	assert_string_equal(birth->words, words);
}

static void any_day_in_any_calendar_survives_the_ticket(void **state)
{
	static const enum calendar calendars[] = {
		CALENDAR_ETHIOPIC, CALENDAR_PERSIAN,  CALENDAR_ISLAMIC_UMALQURA,
		CALENDAR_COPTIC,   CALENDAR_BUDDHIST, CALENDAR_BIKRAM_SAMBAT,
	};
	struct chance chance = { 5 };

	(void)state;
	for (long i = 0; i < loops(600); i++) {
		enum calendar calendar =
		    calendars[(size_t)i % COUNT(calendars)];
		struct calendar_date iso = {
			1914 + (int)chance_below(&chance, 112),
			1 + (int)chance_below(&chance, 12),
			1 + (int)chance_below(&chance, 28),
		};
		SCOPED(char_freep)
		char *text =
		    xasprintf("%04d-%02d-%02d", iso.year, iso.month, iso.day);
		SCOPED(run_freep) struct run *run = asked("DATE");
		struct filing_birth birth;

		intake_answer(run, "D4_calendar", calendar_name(calendar));
		intake_answer(run, "D4_date", text);
		told(run, text, &birth);
		assert_int_equal(birth.precision, FILING_DAY);
		assert_string_equal(birth.calendar, calendar_name(calendar));
		assert_string_equal(birth.value, text);
		assert_string_equal(birth.earliest, text);
		assert_string_equal(birth.latest, text);
		check_words(&birth, calendar, iso);
		birth_done(&birth);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_birthday_is_told_both_ways),
		cmocka_unit_test(a_calendar_that_the_form_names_is_told),
		cmocka_unit_test(nothing_is_told_where_nothing_was_answered),
		cmocka_unit_test(any_day_in_any_calendar_survives_the_ticket),
	};

	return cmocka_run_group_tests(tests, NULL, finish);
}
